#!/bin/bash
# packages/install.sh build run test: installs the Debian packages of these lists. Does nothing, and
# needs neither root nor a network, when all of them are installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

wanted=()
for list in "$@"; do
  while read -r name; do
    [[ -z $name || $name == \#* ]] || wanted+=("$name")
  done <"$list.txt"
done

if ! command -v dpkg-query apt-get >/dev/null; then
  echo "This needs Debian 12 or 13. Elsewhere, install by hand what packages/*.txt list." >&2
  exit 1
fi
missing=()
for name in "${wanted[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null || true)
  # A name that several architectures have gives one word each.
  [[ $status == installed* ]] || missing+=("$name")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "These packages are missing; run this as root, or install them: ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q update
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get -q -y install --no-install-recommends "${missing[@]}"
