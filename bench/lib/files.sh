# Sourced by file.sh, threads.sh, memory.sh and read.sh: builds both sides and compares them.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib/common.sh"
source "$(dirname "${BASH_SOURCE[0]}")/programs.sh"

# run_files NAME OPTION…: what starts our program has called publish_programs before.
run_files() {
  need_dotnet
  say "building"
  mkdir -p "$repository/out/bench"
  dotnet build "$repository/bench/Files/Files.csproj" -c Release -v q -nologo >"$repository/out/bench/build.log" 2>&1 ||
    { cat "$repository/out/bench/build.log" >&2; fail 1 "bench/Files does not build"; }
  "$repository/bench/Files/bin/Release/net10.0/bench-files" "$1" --repository "$repository" \
    ${program:+--program "$program"} "${@:2}"
}
