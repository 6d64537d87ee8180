# Sourced by kernel.sh, one-row.sh and spark.sh: builds both sides and compares them.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib/common.sh"

# find_peers: sets peers and spark_home. The peers' sources and jars lie beside the checkout; Spark's jars hold the logger they need.
find_peers() {
  local cluster=$repository/../shared/test-cluster/cluster home=${TEST_CLUSTER_HOME:-}
  peers=$repository/../shared/peers
  [ -f "$peers/KernelPeer.java" ] || fail 69 "the peer is missing: $peers/KernelPeer.java and CatBoost's jars beside it"
  command -v javac >/dev/null || fail 69 "javac not found: the peer is compiled here. On Debian and Ubuntu: apt-get install default-jdk-headless"
  if [ -z "$home" ]; then
    [ -x "$cluster" ] || fail 69 "the test cluster is missing: $cluster (or set TEST_CLUSTER_HOME to its unpacked folder)"
    home=$("$cluster" unpack)
  fi
  spark_home=$home/spark-3.5.8
}

# compile_peer: sets peer_class_path.
compile_peer() {
  local classes=$repository/out/bench/peer
  find_peers
  command -v taskset >/dev/null || fail 69 "taskset not found: both sides run on one core. On Debian and Ubuntu: apt-get install util-linux"
  peer_class_path="$classes:$peers/*:$spark_home/jars/*"
  mkdir -p "$classes"
  javac -cp "$peer_class_path" -d "$classes" "$peers/KernelPeer.java"
}

# compile_spark_peer: sets peer_jars, comma-separated, the peer's own first.
compile_spark_peer() {
  local classes=$repository/out/bench/spark-peer
  find_peers
  mkdir -p "$classes"
  javac -cp "$peers/*:$spark_home/jars/*" -d "$classes" "$peers/SparkPeer.java"
  jar cf "$classes/peers.jar" -C "$classes" .
  peer_jars="$classes/peers.jar,$(ls "$peers"/*.jar | paste -sd,)"
}

# run_kernels NAME OPTION…
run_kernels() {
  local name=$1; shift
  need_dotnet
  compile_peer
  say "building"
  dotnet build "$repository/bench/Kernels/Kernels.csproj" -c Release -v q -nologo >"$repository/out/bench/build.log" 2>&1 ||
    { cat "$repository/out/bench/build.log" >&2; fail 1 "bench/Kernels does not build"; }
  "$repository/bench/Kernels/bin/Release/net10.0/bench-kernels" "$name" \
    --repository "$repository" --peer-class-path "$peer_class_path" "$@"
}
