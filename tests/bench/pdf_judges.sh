#!/bin/bash
# Every document that pdf_shapes writes, judged by preflight (PDF/A-1b) and qpdf, before and after it is
# signed B-B by `sohoa sign` and B-LTA with services on loopback; access copies, too. Ends with 1 when a
# judge refuses one.
#   cmake --build --preset dev --target sohoa pdf_shapes sign_levels
#   tests/bench/pdf_judges.sh build/dev [FOLDER-OF-MORE-PDFS…]
set -euo pipefail
shopt -s extglob
build=$(realpath "${1:?build folder}")
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
shift
work=$(mktemp -d "${TMPDIR:-/tmp}/sohoa-judges-XXXXXX")
trap 'rm -rf "$work"' EXIT
"$build/tests/bench/pdf_shapes" "$work/made" | tee "$work/list" | grep -v ' -> ' || true
for more in "$@"; do cp "$more"/*.pdf "$work/made"; done
mkdir "$work/signed" "$work/archived"
"$build/pipeline/sohoa" init "$work/site" --demo >/dev/null
unsigned=0
for pdf in "$work"/made/*.pdf; do
  [[ $pdf == *.access.pdf ]] && continue
  "$build/pipeline/sohoa" --site "$work/site" sign "$pdf" -o "$work/signed/${pdf##*/}" >"$work/out" || {
    unsigned=$((unsigned + 1)); echo "not signed: ${pdf##*/}: $(head -1 "$work/out")"; }
done
"$build/tests/signing/sign_levels" B-LTA "$work/archived" "$work"/made/!(*.access).pdf || unsigned=$((unsigned + 1))
judge() { # name, files
  local name=$1
  shift
  "$top/tests/support/preflight.sh" "$@" >"$work/verdicts" || true
  local damaged=0
  for pdf in "$@"; do qpdf --check "$pdf" >/dev/null 2>&1 || { damaged=$((damaged + 1)); echo "qpdf: ${pdf##*/}"; }; done
  echo "$name: $# files, $(grep -c ^valid "$work/verdicts") valid PDF/A-1b, $damaged damaged"
  grep -v ^valid "$work/verdicts" | head -20 || true
  ! grep -q ^invalid "$work/verdicts" && [[ $damaged -eq 0 ]]
}
bad=$unsigned
judge "as made" "$work"/made/!(*.access).pdf || bad=1
judge "access copies" "$work"/made/*.access.pdf || bad=1
judge "signed B-B" "$work"/signed/*.pdf || bad=1
judge "signed B-LTA" "$work"/archived/*.pdf || bad=1
[[ $bad -eq 0 ]]
