#!/bin/bash
# tests/bench/scan_kills.sh [ROUNDS] [SEED]: kill -9 at random moments of three 50-sheet scans (one side,
# duplex, fronts and backs in turns), with paper that stays where it is; after each set every page must
# be there once and in order. ROUNDS (15 unless given) of 20 kills of each scan, with SEED and the seeds
# after it: more kills would not all meet one scan of fifty sheets. Needs build/dev.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seed=${2:-1}
for ((round = 0; round < ${1:-15}; ++round)); do
  SOHOA_SCAN_KILLS=20 SOHOA_SCAN_SEED=$((seed + round)) build/dev/tests/scanning/scanning_test --gtest_filter='*ScanKill*'
done
