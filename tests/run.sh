#!/bin/bash
# tests/run.sh [dev|asan]: installs what the tests need, builds everything, runs every test.
# For a fresh Debian 12 with root or sudo; its exit code is that of ctest.
#   dev   (default) warnings are errors
#   asan  with AddressSanitizer and UndefinedBehaviorSanitizer
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
preset=${1:-dev}
case $preset in
  dev | asan) ;;
  *) echo "usage: tests/run.sh [dev|asan]" >&2; exit 2 ;;
esac

export LC_ALL=C.UTF-8  # file names and tool output are Vietnamese
bash packages/install.sh build run test
cmake --preset "$preset"
cmake --build --preset "$preset"
log=build/$preset/tests.log
code=0
ctest --preset "$preset" -j "$(nproc)" | tee "$log" || code=$?  # that of ctest: pipefail
# ctest does not say why a test was skipped; its log does.
if grep -q '(Skipped)$' "$log"; then
  echo
  echo "Skipped, and why:"
  awk '/^[0-9]+\/[0-9]+ Testing: / { name = $3 }
       reason { print "  " name ": " $0; reason = 0 }
       /: Skipped$/ { reason = 1 }' "build/$preset/Testing/Temporary/LastTest.log"
  echo
  grep 'tests passed' "$log"
fi
exit "$code"
