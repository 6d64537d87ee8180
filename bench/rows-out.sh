#!/usr/bin/env bash
# rows-out: what the design avoids: wide rows that leave Spark for another process, value by value, in nanoseconds
#
#   scripts/bench rows-out [--table FOLDER] [--rounds N]
#
# Reads a table of 770 FLOAT columns by Spark 3.5.8 on one core, touching every value; then with each value written to another process
# as four bytes, and as text. By default the first two files of the tiled table that `scripts/bench spark` makes. The ratio is that of
# the cheaper way out to reading alone. Needs java, javac and ../shared/test-cluster.
source "$(dirname "${BASH_SOURCE[0]}")/lib/kernels.sh"
table=$HOME/.cache/batch-scoring/bench/tiled-1000000-keyed-few rounds=3
while [ $# -gt 0 ]; do case $1 in
  --table) table=$2; shift 2 ;;
  --rounds) rounds=$2; shift 2 ;;
  *) fail 64 "unknown option $1; see scripts/bench rows-out --help" ;;
esac; done
[ -d "$table" ] || fail 69 "$table is not there; scripts/bench spark makes it, or say --table FOLDER"
find_peers
classes=$repository/out/bench/rows-out; mkdir -p "$classes"
javac -cp "$spark_home/jars/*" -d "$classes" "$repository/bench/Spark/RowsOut.java"
jar cf "$classes/rows-out.jar" -C "$classes" .
line=$(SPARK_LOCAL_IP=127.0.0.1 "$spark_home/bin/spark-submit" --master 'local[1]' --driver-memory 4g --conf spark.ui.enabled=false \
  --class RowsOut "$classes/rows-out.jar" "$table" "$rounds" 2>"$repository/out/bench/rows-out.log" | grep '^{') || fail 1 "RowsOut failed: $repository/out/bench/rows-out.log"
printf '%s\n' "$line" >"$repository/bench/results/rows-out.json"
printf '%s ratio %s\n' "$line" "$(sed 's/.*"read_ns":\([0-9.]*\),"binary_ns":\([0-9.]*\).*/\2 \1/' <<<"$line" | awk '{printf "%.3f", $1 / $2}')"
