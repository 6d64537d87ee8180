#!/usr/bin/env bash
# csv: numbers of CSV files into float32 columns, one thread and two, against DuckDB's sums over read_csv
#
#   scripts/bench csv [--rounds N] [--cache DIR]
#
# Three tables, made once into ~/.cache/batch-scoring/bench (170 MB): the credit card table tiled to 600,000 × 24, 50,000 × 100 numbers with
# three decimals, 20,000 × 200 doubles of 16 to 18 digits. Both sides add up every column in one process that has read the table before,
# round after round in turn; medians count, and the sums must agree. Figures are processor seconds. DuckDB is told names and types, which
# counts, and guesses them, which is shown beside it. `share` is ours over DuckDB's; two_threads_clock is what a second thread saves by the
# clock in the best rounds, which a busy machine does not show, and two_threads_cpu what it costs. The last figure is DuckDB's processor
# seconds over ours on the first table, one thread; wanted are shares of 0.4, 0.4 and 0.3.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib/common.sh"
rounds=5 cache=$HOME/.cache/batch-scoring/bench
while [ $# -gt 0 ]; do case $1 in
  --rounds) rounds=$2; shift 2 ;;
  --cache) cache=$2; shift 2 ;;
  *) fail 64 "unknown option $1; see scripts/bench csv --help" ;;
esac; done
need_dotnet
say "building"
mkdir -p "$repository/out/bench"
dotnet build "$repository/bench/Csv/Csv.csproj" -c Release -v q -nologo >"$repository/out/bench/build.log" 2>&1 ||
  { cat "$repository/out/bench/build.log" >&2; fail 1 "bench/Csv does not build"; }
"$repository/bench/Csv/bin/Release/net10.0/bench-csv" "$repository" "$cache" "$rounds"
