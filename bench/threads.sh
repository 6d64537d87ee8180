#!/usr/bin/env bash
# threads: two threads of one process against two processes with one thread each
#
#   scripts/bench threads [--rows N] [--rounds N] [--cache DIR]
#
# Tables of 1,000,000 rows in ten zstd files, row groups of 20,480, columns and model of tests/data/golden/catboost-770: its rows tiled,
# and a realistic one (half the columns discrete with 10 to 200 values, half continuous, 5 % nulls). They are made once, into
# ~/.cache/batch-scoring/bench (3 GB). Rounds are interleaved, medians count; cpu_ratio compares processor time instead of the clock.
# The two processes score one half of the files each, at the same time. Wanted is 0.92 or more.
source "$(dirname "${BASH_SOURCE[0]}")/lib/files.sh"
publish_programs
run_files threads "$@"
