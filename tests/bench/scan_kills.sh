#!/bin/bash
# tests/bench/scan_kills.sh [KILLS] [SEED]: kill -9 at random moments of 50-sheet scans (one side, duplex,
# fronts and backs in turns), with paper that stays where it is; after each scan every page must be there
# once and in order. KILLS of each kind of scan, 300 unless given. Needs build/dev.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export SOHOA_SCAN_KILLS=${1:-300} SOHOA_SCAN_SEED=${2:-1}
exec build/dev/tests/scanning/scanning_test --gtest_filter='*ScanKill*'
