#!/bin/bash
# docs/screens.sh [BUILD]: makes the pictures of docs/scanning.md anew (docs/screens/*.svg) from what the commands really
# print, in Vietnamese and English: on a demonstration site in /tmp, with the pages of samples/ in the virtual scanner of
# tests/scanner. Needs BUILD (build/dev) with `sohoa` and `scanning_test`, pdftoppm and `script` (bsdutils).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8 SOHOA_CLOCK=2021-09-10T17:30:00+07:00
top=$PWD build=$(realpath "${1:-build/dev}")
work=$(mktemp -d /tmp/sohoa-screens.XXXXXX)
trap 'rm -rf "$work"' EXIT
samples=$top/samples/intake/2021-09-10-tang2
first=000.00.12.H46-210811-0011 second=000.00.12.H46-210813-0009 third=000.00.12.H46-210823-0004
mkdir "$work/bin"
ln -s "$build/pipeline/sohoa" "$work/bin/sohoa"
PATH=$work/bin:$PATH

# picture NAME: text on standard input becomes docs/screens/NAME.svg, a terminal as it looks.
picture() {
  awk '
    function escape(s) { gsub(/&/, "\\&amp;", s); gsub(/</, "\\&lt;", s); gsub(/>/, "\\&gt;", s); return s }
    { line[++n] = $0; if (length($0) > w) w = length($0) }
    END {
      printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\">\n", w * 7.85 + 32, n * 18 + 22
      print "<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"#1d2329\"/>"
      print "<g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"13\" fill=\"#e6e6e6\">"
      for (i = 1; i <= n; ++i) {
        printf "<text x=\"16\" y=\"%d\" xml:space=\"preserve\"%s>%s</text>\n", 6 + i * 18,
          line[i] ~ /^\$ / ? " fill=\"#8fd18f\"" : "", escape(line[i])
      }
      print "</g>\n</svg>"
    }' >"$top/docs/screens/$1.svg"
}

# What a terminal shows in the end: of a line that was drawn anew in place, the last form.
settle() {
  grep -v '^Script ' | sed -e 's/\r*$//' -e 's/.*\r\x1b\[K//' -e "s#$work/$lang/##g" | fold -s -w 116 |
    sed -e '/./,$!d' | cat -s
}

# screen NAME COMMAND…: commands that ask nothing, one a word.
screen() {
  local name=$1 command
  shift
  for command in "$@"; do
    echo "\$ $command"
    eval "$command" 2>&1 || true
  done | settle | picture "$name-$lang"
}

# dialog NAME COMMAND ANSWERS: a command at a terminal, and what a person does there.
dialog() {
  : >"$work/screen"
  eval "$3" | script -qefc "stty cols 116; $2" "$work/screen" >/dev/null || true
  { echo "\$ $2"; cat "$work/screen"; } | settle | picture "$1-$lang"
}
sees() { # VIETNAMESE ENGLISH
  local text=$1
  [[ $lang == vi ]] || text=$2
  for ((i = 0; i < 600; ++i)); do
    grep -qF -- "$text" "$work/screen" && return
    sleep 0.1
  done
  echo "never seen: $text" >&2
  exit 1
}

# feed NUMBERS…: sheets into the feeder, the first on top.
feed() { printf '%s 0\n' "$@" >"$SOHOA_PAPER/feeder"; }

# paper NUMBER FILE PAGE: what the scanner sees on a sheet.
paper() {
  pdftoppm -r 200 -f "$3" -l "$3" -singlefile -scale-to-x 1653 -scale-to-y 2338 "$2" "$SOHOA_PAPER/pages/$1"
}

for lang in vi en; do
  export SOHOA_SITE=$work/$lang/so-hoa SOHOA_PAPER=$work/$lang/paper SANE_CONFIG_DIR=$work/$lang/paper
  export LD_LIBRARY_PATH=$build/tests/scanner/drivers
  mkdir -p "$SOHOA_PAPER/pages" "$SANE_CONFIG_DIR/dll.d"
  echo paper >"$SANE_CONFIG_DIR/dll.conf"
  cd "$work/$lang"
  en=
  [[ $lang == vi ]] || en=" --lang en"
  sohoa init so-hoa --demo >/dev/null
  sed -i 's/^resolution = 300/resolution = 200/' so-hoa/sohoa.toml # the pictures of the samples
  cp "$top/samples/register.csv" so-mot-cua.csv

  screen 1-register "sohoa register import so-mot-cua.csv$en"
  screen 2-separators "sohoa separators print $first $second -o phieu.pdf$en"
  paper 1 phieu.pdf 1
  paper 2 "$samples/$first/scan.pdf" 1
  paper 3 "$samples/$first/scan.pdf" 2
  paper 4 phieu.pdf 2
  paper 5 "$samples/$second/scan.pdf" 1
  paper 6 "$samples/$second/scan.pdf" 2

  screen 3-list "sohoa scan --list$en"
  feed 1 2 3 4 5 6
  dialog 4-scan "sohoa scan --batch 2021-09-10-sang --sheets 6$en" 'sees "tập tiếp theo" "next stack"; echo'
  feed 1 2 3 4 5 6
  echo "4 jam" >"$SOHOA_PAPER/faults"
  dialog 5-jam "sohoa scan --batch thu-ket-giay --sheets 6$en" \
    'sees "trên cùng:" "that does:"; feed 4 5 6; echo; sees "tập tiếp theo" "next stack"; echo q'
  feed 2 3
  dialog 6-dossier "sohoa scan --batch 2021-09-10-chieu --dossier $first$en" \
    "sees 'tập tiếp theo' 'next stack'; feed 5 6; echo $second; sees '$second: 2' '$second: 2'; echo q"
  screen 7-close "sohoa scan --batch 2021-09-10-chieu --close$en"
  rm -rf so-hoa/intake/thu-ket-giay so-hoa/intake/2021-09-10-chieu # the same dossiers, to show how
  mkdir -p so-hoa/intake/2021-09-10-tang2
  cp -r "$samples/$third" so-hoa/intake/2021-09-10-tang2/
  touch so-hoa/intake/2021-09-10-tang2/.done
  screen 8-run "sohoa run$en"
  screen 9-status "sohoa status$en"
  screen 10-review "sohoa review list$en" "sohoa review show $third$en"
done
