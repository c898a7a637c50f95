#!/bin/bash
# tests/bench/around_recognition.sh [DOSSIERS]: what does everything around recognition cost?
# Generates stamped, skewed, noisy 300-dpi JPEG pages (DOSSIERS, default 12, of 2 or 3 pages), and
# takes processor seconds on the same files in one run:
#   alone   layout and the engine's reading of lines, second looks included
#   night   `sohoa run`: intake, decoding, cleaning, recognition, PDF/A, signature, verification,
#           filing, with its workers
# Prints the steps of recognition, both sums a page and how much the night adds.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
dossiers=${1:-12}
export LC_ALL=C.UTF-8 OMP_THREAD_LIMIT=1
cmake --preset dev -S "$top" >/dev/null
cmake --build "$top/build/dev" --target sohoa sohoa_generate recognition_shares >/dev/null
sohoa=$top/build/dev/pipeline/sohoa
work=$(mktemp -d "${TMPDIR:-/tmp}/sohoa-around-XXXXXX")
trap 'rm -rf "$work"' EXIT
"$top/build/dev/samples/sohoa_generate" --out "$work/set" --set bench --dossiers "$dossiers"
mapfile -d '' -t pages < <(find "$work/set/intake" -name '*.jpg' -print0 | sort -z)
"$sohoa" init "$work/site" --demo >/dev/null
"$sohoa" --site "$work/site" register import "$work/set/register.csv" >/dev/null
cp -R "$work/set/intake/." "$work/site/intake/"
shares=$("$top/build/dev/tests/bench/recognition_shares" "${pages[@]}")
TIMEFORMAT='%U %S'
{ time "$sohoa" --site "$work/site" --json run >"$work/out"; } 2>"$work/time"
filed=$(grep '"event":"summary"' "$work/out" | grep -o '"filed":[0-9]*' | cut -d: -f2 || true)
if [[ $filed != "$dossiers" ]]; then
  echo "sohoa run filed ${filed:-none} of $dossiers dossiers" >&2
  exit 1
fi
echo "${#pages[@]} pages; processor seconds a page: $shares"
echo "$shares $(tail -n 1 "$work/time")" | awk -v n="${#pages[@]}" '{
  alone = $6 + $8; night = ($11 + $12) / n
  printf "layout + recognition alone %.3f, sohoa run %.3f: %.1f %% on top\n", alone, night, 100 * (night / alone - 1)
}'
