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
exec ctest --preset "$preset" -j "$(nproc)"
