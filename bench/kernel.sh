#!/usr/bin/env bash
# kernel: rows in memory to raw scores, batches of 1,000, one core, against CatBoost's own C++ evaluator
#
#   scripts/bench kernel [--rounds N] [--seconds S] [--core C] [--cache DIR]
#
# Model and rows: tests/data/golden/catboost-770 (1,000 trees of depth 6), its rows tiled to 20,000 (61 MB, so cold in the caches).
# The peer gets rows (float[][]), as its interface wants; ours gets columns, as its does. Where there is AVX-512, ours runs a second
# time with it switched off. Sums of the scores must agree. Needs java, javac, ../shared/peers and ../shared/test-cluster.
source "$(dirname "${BASH_SOURCE[0]}")/lib/kernels.sh"
run_kernels kernel "$@"
