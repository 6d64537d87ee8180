# Sourced by file.sh, threads.sh and memory.sh: builds both sides and compares them.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib/common.sh"

# run_files NAME OPTION…
run_files() {
  local name=$1 project; shift
  need_dotnet
  say "building"
  mkdir -p "$repository/out/bench"
  for project in SparkJobs/SparkJobs.csproj bench/Files/Files.csproj; do
    dotnet build "$repository/$project" -c Release -v q -nologo >"$repository/out/bench/build.log" 2>&1 ||
      { cat "$repository/out/bench/build.log" >&2; fail 1 "$project does not build"; }
  done
  "$repository/bench/Files/bin/Release/net10.0/bench-files" "$name" --repository "$repository" \
    --program "$repository/SparkJobs/bin/Release/net10.0/batch-score" "$@"
}
