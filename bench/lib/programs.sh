# Sourced by bench scripts that measure the programs that users run: published ones, compiled ahead.

# publish_programs: sets program=
publish_programs() {
  need_dotnet
  say "publishing"
  mkdir -p "$repository/out/bench"
  "$repository/scripts/publish" >"$repository/out/bench/publish.log" 2>&1 || { cat "$repository/out/bench/publish.log" >&2; fail 1 "scripts/publish failed"; }
  program=$repository/out/linux-x64/batch-score
}
