#!/usr/bin/env bash
# one-row: one row at a time to a raw score, one core, against CatBoost's own C++ evaluator called with one row
#
#   scripts/bench one-row [--rounds N] [--seconds S] [--core C] [--cache DIR]
#
# Model and rows as in `kernel`. The peer gets the 770 features of a row; ours gets the 750 that the model reads. Where there is
# AVX-512, ours runs a second time with it switched off. Needs java, javac, ../shared/peers and ../shared/test-cluster.
source "$(dirname "${BASH_SOURCE[0]}")/lib/kernels.sh"
run_kernels one-row "$@"
