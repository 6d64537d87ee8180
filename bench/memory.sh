#!/usr/bin/env bash
# memory: the peak of a process that scores ten files over the peak for one of them
#
#   scripts/bench memory [--rows N] [--rounds N] [--cache DIR]
#
# Tables of 1,000,000 rows in ten zstd files, row groups of 20,480, columns and model of tests/data/golden/catboost-770: its rows tiled,
# and a realistic one (half the columns discrete with 10 to 200 values, half continuous, 5 % nulls). They are made once, into
# ~/.cache/batch-scoring/bench (3 GB). Rounds are interleaved, medians count; cpu_ratio compares processor time instead of the clock.
# Resident memory's high-water mark, asked for every 10 ms. Wanted is 1.1 or less.
source "$(dirname "${BASH_SOURCE[0]}")/lib/files.sh"
publish_programs
run_files memory "$@"
