#!/bin/bash
# tests/bench/night_vs_tesseract.sh [DOSSIERS [ROUNDS]]: what does a page of the night cost?
# Generates stamped, skewed, noisy 300-dpi JPEG pages (DOSSIERS, default 20, of 2 or 3 pages), and
# times on the same files, in turn, ROUNDS times (default 3):
#   sohoa      `sohoa run`: intake, recognition, PDF/A, signature, verification, filing
#   tesseract  the plain `tesseract` program, as many single-threaded processes as there are cores
# Prints seconds a page of every round, and the ratio sohoa / tesseract of the best and of the
# median rounds. Exit code 1 when sohoa did not file every dossier: then it did less work, and the
# figures would say nothing. Run it on a machine that does nothing else.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
dossiers=${1:-20}
rounds=${2:-3}
cores=$(nproc)
export LC_ALL=C.UTF-8

bash "$top/packages/install.sh" build run test
cmake -S "$top" -B "$top/build/bench" -G Ninja -DCMAKE_BUILD_TYPE=Release -DSOHOA_TESTS=OFF \
  -DSOHOA_SAMPLES=ON >/dev/null
cmake --build "$top/build/bench" --target sohoa sohoa_generate >/dev/null
sohoa=$top/build/bench/pipeline/sohoa

work=$(mktemp -d "${TMPDIR:-/tmp}/sohoa-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
"$top/build/bench/samples/sohoa_generate" --out "$work/set" --set bench --dossiers "$dossiers"
find "$work/set/intake" -name '*.jpg' -print0 | sort -z >"$work/pages"
pages=$(tr -cd '\0' <"$work/pages" | wc -c)

seconds() {  # seconds COMMAND…: how long it took; its exit code in $code
  local start=$EPOCHREALTIME
  code=0
  "$@" || code=$?
  elapsed=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f", b - a }')
}

run_sohoa() {
  local site=$work/site
  rm -rf "$site"
  "$sohoa" init "$site" --demo >/dev/null
  "$sohoa" --site "$site" register import "$work/set/register.csv" >/dev/null
  cp -R "$work/set/intake/." "$site/intake/"
  sync
  seconds "$sohoa" --site "$site" --json run >"$work/sohoa.out"
  local filed
  filed=$(grep '"event":"summary"' "$work/sohoa.out" | grep -o '"filed":[0-9]*' | cut -d: -f2 || true)
  if [[ $code -ne 0 || $filed != "$dossiers" ]]; then
    echo "sohoa run ended with $code and filed ${filed:-none} of $dossiers dossiers:" >&2
    tail -n 5 "$work/sohoa.out" >&2
    exit 1
  fi
  sohoa_times+=("$elapsed")
}

plain() {
  # shellcheck disable=SC2016  # the inner shell expands it
  xargs -0 -P "$cores" -n 1 bash -c 'tesseract "$1" "$0/$(basename "$(dirname "$1")")-$(basename "$1" .jpg)" -l vie --psm 3 2>/dev/null' \
    "$work/text" <"$work/pages"
}
run_tesseract() {
  rm -rf "$work/text"
  mkdir "$work/text"
  sync
  OMP_THREAD_LIMIT=1 seconds plain
  local read
  read=$(find "$work/text" -name '*.txt' -size +0c | wc -l)
  if [[ $code -ne 0 || $read -ne $pages ]]; then
    echo "tesseract ended with $code and read $read of $pages pages" >&2
    exit 1
  fi
  tesseract_times+=("$elapsed")
}

sohoa_times=() tesseract_times=()
for ((round = 0; round < rounds; ++round)); do
  if ((round % 2 == 0)); then
    run_sohoa
    run_tesseract
  else
    run_tesseract
    run_sohoa
  fi
done

echo "$pages pages, $dossiers dossiers, $cores cores, $(tesseract --version 2>&1 | head -n 1)"
{
  printf 'sohoa %s\n' "${sohoa_times[@]}"
  printf 'tesseract %s\n' "${tesseract_times[@]}"
} | awk -v pages="$pages" '
  function sorted(list, n,   i, j, t) {
    for (i = 2; i <= n; ++i)
      for (j = i; j > 1 && list[j] < list[j - 1]; --j) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t }
  }
  $1 == "sohoa" { s[++n] = $2 + 0 }
  $1 == "tesseract" { t[++m] = $2 + 0 }
  END {
    for (i = 1; i <= n; ++i)
      printf "round %d: sohoa %.3f s a page, tesseract %.3f s a page\n", i, s[i] / pages, t[i] / pages
    sorted(s, n); sorted(t, m)
    h = int((n + 1) / 2)
    printf "best:    sohoa %.3f s a page, tesseract %.3f s a page, ratio %.3f\n", s[1] / pages, t[1] / pages, s[1] / t[1]
    printf "median:  sohoa %.3f s a page, tesseract %.3f s a page, ratio %.3f\n", s[h] / pages, t[h] / pages, s[h] / t[h]
  }'
