#!/usr/bin/env bash
# read: numeric Parquet columns into blocks, one thread, against DuckDB streaming the same columns
#
#   scripts/bench read [--rows N] [--rounds N] [--cache DIR]
#
# The tables of `file`, and the realistic one with snappy. Both sides run in one process that has read one file before the clock starts,
# round after round in turn; medians count. Both hand out blocks of up to 2,048 rows of the 750 columns that catboost-770 reads; their
# bits are compared once per table. The last figure is the ratio of the table that did worse; wanted is 5 (tiled), 2.5 (realistic),
# 4 (realistic with snappy).
source "$(dirname "${BASH_SOURCE[0]}")/lib/files.sh"
run_files read "$@"
