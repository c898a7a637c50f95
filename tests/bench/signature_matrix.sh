#!/bin/bash
# tests/bench/signature_matrix.sh: all four levels with RSA-2048, 3072 and 4096 (PKCS#1 v1.5 and PSS),
# ECDSA P-256 and P-384, SHA-256, 384 and 512: 96 files, each before qpdf, pdfsig, openssl cms, openssl
# ts, PDFBox preflight and sohoa's own verifier. The suite does 12 of them.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cmake --preset dev -S "$top" >/dev/null
cmake --build "$top/build/dev" --target signing_test >/dev/null
SOHOA_MATRIX=all "$top/build/dev/tests/signing/signing_test" --gtest_filter='SignatureMatrix.*'
