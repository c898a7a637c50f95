#!/bin/bash
# Peak memory of audit, rebuild, replicate and restore at several sizes of a repository: it must not
# grow with the number of objects. Needs GNU time (/usr/bin/time), and room in memory: about 60 KB an object.
#
#   cmake --build --preset dev --target sohoa many_dossiers
#   tests/bench/memory.sh build/dev 10000 100000
set -euo pipefail
build=$(realpath "${1:?build folder}")
shift
work=$(mktemp -d /dev/shm/sohoa-memory.XXXXXX)
trap 'rm -rf "$work"' EXIT
measure() { # name, then the command: peak in MB and seconds
  local name=$1
  shift
  /usr/bin/time -f '%M %e' -o "$work/time" "$@" >"$work/out" || { tail -3 "$work/out"; echo "$name failed" >&2; exit 1; }
  awk -v n="$name" -v c="$count" '{printf "%-18s %8d objects  %6.1f MB  %7.1f s\n", n, c, $1 / 1024, $2}' "$work/time"
}
for count in "${@:-100000}"; do
  site=$work/$count
  "$build/tests/pipeline/many_dossiers" "$site" "$count"
  sohoa=("$build/pipeline/sohoa" --site "$site")
  measure 'catalogue rebuild' "${sohoa[@]}" catalogue rebuild
  measure 'audit' "${sohoa[@]}" audit
  measure 'audit --full' "${sohoa[@]}" audit --full
  measure 'audit --ocfl' "${sohoa[@]}" audit --ocfl "$site/repository"
  measure 'replicate' "${sohoa[@]}" replicate --to "$work/copy-$count"
  measure 'replicate again' "${sohoa[@]}" replicate --to "$work/copy-$count"
  rm -rf "$site/repository" "$site/state/ledger.jsonl"
  measure 'restore' "${sohoa[@]}" restore --from "$work/copy-$count"
  rm -rf "$site" "$work/copy-$count"
done
