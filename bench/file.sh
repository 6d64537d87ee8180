#!/usr/bin/env bash
# file: files to Parquet through the model, one thread, against DuckDB merely scanning and summing the same columns
#
#   scripts/bench file [--rows N] [--rounds N] [--cache DIR]
#
# Tables of 1,000,000 rows in ten zstd files, row groups of 20,480, columns and model of tests/data/golden/catboost-770: its rows tiled,
# and a realistic one (half the columns discrete with 10 to 200 values, half continuous, 5 % nulls). They are made once, into
# ~/.cache/batch-scoring/bench (3 GB). Rounds are interleaved, medians count; cpu_ratio compares processor time instead of the clock.
# Both sides are whole processes with one thread. The last figure is the ratio of the table that did worse; wanted
# is 4 (tiled), 2.5 (realistic).
source "$(dirname "${BASH_SOURCE[0]}")/lib/files.sh"
publish_programs
run_files file "$@"
