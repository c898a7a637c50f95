#!/bin/bash
# tests/bench/foreign_pdfs.sh [COUNT [FIRST]]: signs COUNT (default 1000) different PDFs, from number
# FIRST (default 1) on, as other programs write them (tests/signing/foreign_pdf.h) and has every
# result judged: qpdf finds no damage, pdfsig accepts every signature, earlier ones included, and so
# does sohoa's verifier. The suite does 40.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cmake --preset dev -S "$top" >/dev/null
cmake --build "$top/build/dev" --target signing_test >/dev/null
SOHOA_FOREIGN_PDFS=${1:-1000} SOHOA_FOREIGN_FIRST=${2:-1} \
  "$top/build/dev/tests/signing/signing_test" --gtest_filter='ForeignPdfs.*'
