#!/usr/bin/env bash
# spark: files to scores on Spark, local[1], against Spark with CatBoost's own evaluator behind Java; then local[2] against local[1]
#
#   scripts/bench spark [--rows N] [--rounds N] [--cache DIR]
#
# Both clocks run from "session is up" to "result is complete" (_SUCCESS); ours includes the publish, and what is left of planning: a driver
# looks at its input while the session starts. The process figures are whole commands, start to end, for both.
# Tables as in `scripts/bench file`, with a key: tiled and realistic with all rows, tiled with a fifth of them (the slope between the two
# is what a row costs once everything is warm). Scaling is read from Spark's event log, first task start to last task end.
# Needs java, javac, ../shared/peers and ../shared/test-cluster; made for 1,000,000 rows it takes about half an hour.
source "$(dirname "${BASH_SOURCE[0]}")/lib/kernels.sh"
source "$(dirname "${BASH_SOURCE[0]}")/lib/programs.sh"
need_dotnet
compile_spark_peer
publish_programs
say "building"
dotnet build "$repository/bench/Spark/Spark.csproj" -c Release -v q -nologo >"$repository/out/bench/build.log" 2>&1 ||
  { cat "$repository/out/bench/build.log" >&2; fail 1 "bench/Spark does not build"; }
exec "$repository/bench/Spark/bin/Release/net10.0/bench-spark" "$spark_home" "$peer_jars" \
  --repository "$repository" --program "$program" "$@"
