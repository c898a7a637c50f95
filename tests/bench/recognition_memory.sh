#!/bin/bash
# tests/bench/recognition_memory.sh [PAGES]: memory of a page worker's recognition over PAGES
# (default 1000) A4 pages of 300 dpi, and over five A3 pages of 600 dpi: resident and peak.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cmake --preset dev -S "$top" >/dev/null
cmake --build "$top/build/dev" --target recognition_memory >/dev/null
program=$top/build/dev/tests/bench/recognition_memory
work=$(mktemp -d "${TMPDIR:-/tmp}/sohoa-memory-XXXXXX")
trap 'rm -rf "$work"' EXIT
export OMP_THREAD_LIMIT=1
"$program" draw a4 300 "$work/a4.jpg"
"$program" read "$work/a4.jpg" "${1:-1000}"
"$program" draw a3 600 "$work/a3.jpg"
"$program" read "$work/a3.jpg" 5
