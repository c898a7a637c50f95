#!/bin/bash
# register_import.sh BUILD [ROWS [POSTGRES-ADDRESS]]: imports a register of a million rows into a new
# site, then the same again, then one with a thousandth changed; prints seconds and the greatest
# resident memory of each. With a PostgreSQL address ("postgresql://host/name", an empty database)
# the catalogue is there.
set -euo pipefail
build=$(realpath "$1"); rows=${2:-1000000}; address=${3:-}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
"$build/tests/bench/register_rows" "$rows" > "$work/first.csv"
"$build/tests/bench/register_rows" "$rows" 2 1000 > "$work/second.csv"
ls -l "$work"/*.csv | awk '{print $5 " bytes " $9}'
sohoa="$build/pipeline/sohoa"
"$sohoa" init "$work/site" > /dev/null
sed -i 's/^agency = .*/agency = "Bench"/' "$work/site/sohoa.toml"
[[ -z $address ]] || sed -i "1i catalogue = \"$address\"" "$work/site/sohoa.toml"
for file in first first second; do
  python3 - "$sohoa" "$work/site" "$work/$file.csv" <<'PYTHON'
import resource, subprocess, sys, time
start = time.time()
done = subprocess.run([sys.argv[1], "--site", sys.argv[2], "--lang", "en", "register", "import", sys.argv[3]],
                      capture_output=True, text=True)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{time.time() - start:.1f} s ({usage.ru_utime + usage.ru_stime:.1f} s of processor), "
      f"{usage.ru_maxrss / 1024:.0f} MB: {(done.stdout + done.stderr).strip().splitlines()[-2:]}")
PYTHON
done
