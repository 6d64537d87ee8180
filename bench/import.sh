#!/usr/bin/env bash
# import: a table into train/ and test/, against DuckDB's COPY of the same table with equal settings
#
#   scripts/bench import [--rows N] [--rounds N] [--cache DIR]
#
# A table of datagen's, 300,000 × 772, once as Parquet and once as CSV, made once into ~/.cache/batch-scoring/bench (1.5 GB). Both sides are
# whole processes with all cores; the copy writes zstd of level 1 and row groups as import does (at most 8 million values). Rounds are interleaved, medians
# count. The ratio is import's seconds over the copy's, Parquet's last; wanted are 1.5 and a peak of 600 MiB.
source "$(dirname "${BASH_SOURCE[0]}")/lib/files.sh"
publish_programs
run_files import --rows 300000 --rounds 3 "$@"
