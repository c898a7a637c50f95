#!/bin/bash
# preflight.sh FILE.pdf…: is each file valid PDF/A-1b? Judged by Apache PDFBox preflight, all files
# in one start of Java. Prints, in the order given, "valid FILE" or "invalid FILE" followed by its
# findings, each on a line of its own after a tab.
# Exit code: 0 all valid, 1 some are not, 2 the validator itself failed.
set -euo pipefail
jars=/usr/share/java
class_path=
for jar in pdfbox2 fontbox2 xmpbox preflight commons-logging commons-io javax.activation jaxb-api; do
  if [[ ! -e $jars/$jar.jar ]]; then
    echo "preflight.sh: $jars/$jar.jar is not installed" >&2
    exit 2
  fi
  class_path+=$jars/$jar.jar:
done
[[ $# -gt 0 ]] || { echo "usage: preflight.sh FILE.pdf…" >&2; exit 2; }
for file in "$@"; do
  [[ -r $file ]] || { echo "preflight.sh: cannot read $file" >&2; exit 2; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '%s\n' "$@" >"$work/list"
# The validator ends with 255 when a file is not valid: its words count, not its exit code.
java -XX:-UsePerfData -Djava.awt.headless=true -Dpdfbox.fontcache="$work" -Duser.home="$work" -cp "$class_path" \
  org.apache.pdfbox.preflight.Validator_A1b batch "$work/list" >"$work/out" 2>"$work/err" || true

files=("$@")
seen=0
invalid=0
while IFS= read -r line; do
  case $line in
    "The file "*" is a valid PDF/A-1b file"*)
      printf 'valid %s\n' "${files[seen]}"
      seen=$((seen + 1)) ;;
    "The file "*" is not a valid PDF/A-1b file"*)
      printf 'invalid %s\n' "${files[seen]}"
      seen=$((seen + 1))
      invalid=1 ;;
    "") ;;
    *) printf '\t%s\n' "$line" ;;
  esac
done <"$work/out"
if [[ $seen -ne $# ]]; then
  echo "preflight.sh: the validator judged $seen of $# files" >&2
  cat "$work/err" >&2
  exit 2
fi
exit $invalid
