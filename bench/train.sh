#!/usr/bin/env bash
# train: tables in memory to models, one core, against LightGBM's library, which stands for CatBoost
#
#   scripts/bench train [--shapes NAME,…] [--trees N] [--rounds N] [--core C] [--scaling | --threads]
#
# Shapes, with CatBoost's defaults: credit (24,000 × 23 numbers, 254 borders, 1,000 trees), wide-64 and wide-254 (20,000 × 770, 1,000 trees),
# million (1,000,000 × 100, 64 borders, 200 trees), categories (credit, nine columns of categories, 400 trees). All but credit's are made,
# seeded. Both sides in turn, a process each; the least processor seconds of the rounds count, from columns in memory to the model.
# CatBoost's seconds are LightGBM's over its measured share (0.59, 2.0, 1.9, 1.6 of CatBoost's). With categories LightGBM was not measured:
# there it trains on the credit table's numbers and tells how fast the machine is, beside one whose seconds are on record.
# The last line is `ratio N`: CatBoost's processor seconds over ours, the smallest of the shapes. Each shape's record is replaced, except by
# a quick look with --trees N. As the last word, --scaling shows instead how a tree's time and the memory grow with rows and columns,
# --threads what a second core saves and what too many threads cost. All shapes take about an hour. Needs taskset and libgomp.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib/common.sh"
need_dotnet
command -v taskset >/dev/null || fail 69 "taskset not found: both sides run on one core. On Debian and Ubuntu: apt-get install util-linux"
ldconfig -p | grep libgomp.so.1 >/dev/null || fail 69 "libgomp not found: LightGBM needs it. On Debian and Ubuntu: apt-get install libgomp1"
say "building"
mkdir -p "$repository/out/bench"
program=$repository/out/bench/training
dotnet publish "$repository/bench/Training/Training.csproj" -c Release -p:PublishFor=linux-x64 -o "$program" -v q -nologo \
  >"$repository/out/bench/build.log" 2>&1 ||
  { cat "$repository/out/bench/build.log" >&2; fail 1 "bench/Training does not build"; }
"$program/bench-training" --repository "$repository" "$@"
