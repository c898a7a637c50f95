#!/bin/bash
# samples/demo.sh [SITE]: one night of sohoa on the sample dossiers, from nothing.
# Installs what sohoa needs (Debian 12, root or sudo), builds it, makes a demonstration site in SITE
# (default build/demo-site) with a PKI of its own, digitises samples/intake, and shows the report, a
# verification, what waits for a person, and where to look.
# Exit code: 3 is the expected one (as of `sohoa run`: finished, but something is held or
# quarantined), because some sample dossiers are faulty on purpose. 0: nothing was held. Another
# code: the demo failed, and the last lines say why.
# Run again on the same SITE, also after it was killed, it goes on and takes in nothing twice.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [[ ${1:-} == -* || $# -gt 1 ]]; then
  sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
  exit 2
fi
site=$(realpath -m -- "${1:-$top/build/demo-site}")
marker=$site/.made-by-demo  # also the list of batches taken in

if [[ -e $site && ! -f $marker ]] && { [[ ! -d $site ]] || [[ -n $(ls -A "$site") ]]; }; then
  echo "demo.sh: $site exists and was not made by this script; it is left alone." >&2
  echo "         Name another folder, or remove that one." >&2
  exit 2
fi

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
export LC_ALL=C.UTF-8

say "Cài đặt và biên dịch · Packages and build"
bash "$top/packages/install.sh" build run
cmake -S "$top" --preset release
cmake --build "$top/build/release" --target sohoa
sohoa() { "$top/build/release/pipeline/sohoa" --site "$site" "$@"; }

if [[ ! -f $marker ]]; then
  say "Kho thử nghiệm · A demonstration site: $site"
  # Made beside SITE and renamed once the marker is in it: a demo that is killed here leaves SITE as it
  # was, and init goes on with what it left.
  making=$site.making-by-demo
  [[ -f $making/sohoa.toml ]] || sohoa init "$making" --demo
  : >"$making/$(basename "$marker")"
  mv -T -- "$making" "$site"
fi

say "Sổ một cửa và bản quét đêm qua · The one-stop register, and last night's scans"
sohoa register import "$top/samples/register.csv"
for batch in "$top"/samples/intake/*/; do
  name=$(basename "$batch")
  if grep -qxF -- "$name" "$marker"; then
    echo "$name: taken in by an earlier demo"
    continue
  fi
  # As a scanner's computer does it: the marker that closes the batch comes last.
  rm -rf "${site:?}/intake/$name"
  mkdir "$site/intake/$name"
  cp -R "$batch"/* "$site/intake/$name/"
  [[ ! -e $batch/.done ]] || cp "$batch/.done" "$site/intake/$name/"
  echo "$name" >>"$marker"
  echo "$name: $(find "$batch" -mindepth 1 -maxdepth 1 -type d | wc -l) dossiers"
done

say "Chạy lô đêm · The nightly batch"
code=0
sohoa run || code=$?
if [[ $code -ne 0 && $code -ne 3 ]]; then
  echo "demo.sh: sohoa run ended with exit code $code" >&2
  exit "$code"
fi

say "Báo cáo · The report"
sohoa report --period 2021 || [[ $? -eq 3 ]]

say "Hồ sơ chờ duyệt và lý do · What waits for a person, and why"
sohoa review list || [[ $? -eq 3 ]]

filed=
for folder in "$top"/samples/intake/*/*/; do
  if sohoa show "$(basename "$folder")" >/dev/null 2>&1; then
    filed=$(basename "$folder")
    break
  fi
done
if [[ -z $filed ]]; then
  echo "demo.sh: no dossier was filed" >&2
  exit 1
fi
say "Kiểm tra chữ ký · Verification: $filed"
sohoa verify "$filed"

say "Xem ở đâu · Where to look"
pdfs=$(find "$site/repository" -path '*/documents/*.pdf' | sort)
cat <<END
  PDF đã ký · $(wc -l <<<"$pdfs") signed PDFs:
$(head -n 4 <<<"$pdfs" | sed 's/^/    /')
    …
  chờ duyệt · held for a person:  $site/review
  cách ly · quarantined:          $site/quarantine
  cấu hình · settings:            $site/sohoa.toml
  lệnh · the command:             $top/build/release/pipeline/sohoa --site $site --help
END
if [[ $code -eq 3 ]]; then
  cat <<'END'

Mã kết thúc 3, như dự kiến: một số hồ sơ mẫu được cố ý làm sai để thấy lý do chờ duyệt và cách ly;
các hồ sơ còn lại đã được lưu kho.
Exit code 3, as expected: some of the sample dossiers are faulty on purpose, so that the reasons for
holding and quarantining them can be seen. The others are filed.
END
fi
exit "$code"
