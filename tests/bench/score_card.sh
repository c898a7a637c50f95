#!/bin/bash
# tests/bench/score_card.sh [--seed N] [--pages N] [--write-baseline]: how well is a page read?
# Generates N pages (default 10) of every condition from a seed (default: one that nobody has tuned
# on, the clock's) and prints for this project, for the `tesseract` program on the pages as scanned
# and, where it is installed, for `ocrmypdf --deskew --rotate-pages`, all in one run:
#   CER% WER%   character and word errors        marks%   words wrong in nothing but marks
#   codes%      dates, numbers and codes exact   caught%  wrong words that carry a suspect mark
#   false%      right words that carry one       boxes%   boxes within 0.5 mm of the ink
# and processor seconds a page; then the fields of the documents of a mixed set (2 x N dossiers), and
# of office pages that another hand draws (N a look); and every bar with its figure, met or missed.
# --write-baseline writes the baselines of tests/ocr from the small sets that the default tests read.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
seed=$(date +%s) pages=10 baseline=
while (($#)); do
  case $1 in
    --seed) seed=$2; shift ;;
    --pages) pages=$2; shift ;;
    --write-baseline) baseline=1 ;;
    *) sed -n 2,13p "$0" >&2; exit 2 ;;
  esac
  shift
done
export LC_ALL=C.UTF-8
cmake --preset dev -S "$top" >/dev/null
cmake --build "$top/build/dev" --target ocr_score ocr_test field_card office_card sohoa_generate >/dev/null
score=$top/build/dev/tests/ocr/ocr_score
work=$(mktemp -d "${TMPDIR:-/tmp}/sohoa-score-XXXXXX")
trap 'rm -rf "$work"' EXIT
generate() { "$top/build/dev/samples/sohoa_generate" --out "$work/set" --set golden "$@"; }
if [[ $baseline ]]; then
  generate --seed 31337 --pages-per-condition 1
  "$score" "$work/set" --baseline "$top/tests/ocr/golden_baseline.txt"
  SOHOA_WRITE_BASELINE=1 "$top/build/dev/tests/ocr/ocr_test" --gtest_filter='ScoreCard.*'
  exit
fi
others=(--tesseract)
if command -v ocrmypdf >/dev/null; then others+=(--ocrmypdf); else echo "ocrmypdf is not installed: not compared"; fi
generate --seed "$seed" --pages-per-condition "$pages"
echo "seed $seed, $pages pages a condition"
"$score" "$work/set" "${others[@]}"
export OMP_THREAD_LIMIT=1
"$top/build/dev/samples/sohoa_generate" --out "$work/mixed" --set mixed --seed "$((seed + 1))" --dossiers "$((2 * pages))"
echo "fields of a mixed set, seed $((seed + 1))"
"$top/build/dev/tests/bench/field_card" "$work/mixed"
echo "fields of other office pages, seed $seed"
"$top/build/dev/tests/bench/office_card" "$((seed % 1000000))" "$pages"
