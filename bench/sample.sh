#!/usr/bin/env bash
# sample: the rows of a date out of test/, against DuckDB's COPY of the same share with a WHERE
#
#   scripts/bench sample [--rows N] [--rounds N] [--cache DIR]
#
# Half of a table of datagen's, 300,000 × 772, is imported into test/; every round draws the next date, a tenth of it. The copy reads the same
# files and keeps a tenth by a hash of the key, with equal settings. Rounds are interleaved, medians count, at most ten. The ratio is sample's
# seconds over the copy's; wanted is 1.5.
source "$(dirname "${BASH_SOURCE[0]}")/lib/files.sh"
publish_programs
run_files sample --rows 300000 --rounds 3 "$@"
