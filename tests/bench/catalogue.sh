#!/bin/bash
# The catalogue with a million filed dossiers, on SQLite and on PostgreSQL: counts of a period, searches, and
# the queue. Needs about 8 GB in FOLDER for SQLite and 10 for PostgreSQL, and some minutes to fill each.
#
#   cmake --build --preset dev --target catalogue_fill catalogue_speed queue_rate
#   tests/bench/catalogue.sh build/dev FOLDER sqlite fill [COUNT [SECONDS]]   (again and again until full)
#   tests/bench/catalogue.sh build/dev FOLDER sqlite speed [QUESTIONS]
#   tests/bench/catalogue.sh build/dev FOLDER postgres fill|speed|queue …
#
# PostgreSQL runs with the settings it comes with, only while this runs, and syncs to the disk, but not while it
# is filled.
set -euo pipefail
build=$(realpath "${1:?build folder}")/tests/storage folder=${2:?folder} engine=${3:?engine} what=${4:?what}
shift 4
mkdir -p "$folder"
if [ "$engine" = sqlite ]; then
  where=$folder/catalogue.sqlite
else
  programs=$(ls -d /usr/lib/postgresql/*/bin | tail -1) data=$folder/postgres port=${PORT:-54399}
  as() { (cd / && if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi); }
  if [ ! -d "$data" ]; then
    mkdir "$data"
    [ "$(id -u)" != 0 ] || chown postgres "$data"
    as "$programs/initdb" -D "$data" -A trust -U sohoa -E UTF8 --locale=C.UTF-8 >/dev/null
  fi
  fsync=on
  [ "$what" != fill ] || fsync=off
  as "$programs/pg_ctl" -D "$data" -w -s -l "$data/log" -t 300 \
    -o "-p $port -k $data -c listen_addresses=127.0.0.1 -c fsync=$fsync ${SETTINGS:-}" start
  trap 'as "$programs/pg_ctl" -D "$data" -w -s -m fast -t 300 stop' EXIT
  where=postgresql://sohoa@127.0.0.1:$port/postgres
fi
case $what in
  fill) "$build/catalogue_fill" "$where" "${1:-1000000}" "${2:-1000000}" ;;
  speed) "$build/catalogue_speed" "$where" "$@" ;;
  queue) "$build/queue_rate" "$where" "$@" ;;
  *) exit 2 ;;
esac
