#!/usr/bin/env bash
# dispatcher: due → started, a simulated year, cut links, kill −9, long histories, beside cron, systemd, APScheduler, npm, Quartz
#
#   scripts/bench dispatcher [--only lateness|year|links|kills|size] [--seconds N] [--kills N] [--cuts N] [--idle N] [--seed N]
#
# lateness   everybody runs `date +%s.%N >>file` in a second of its own, every ten seconds (cron every minute, its least unit), for
#            --seconds (600). Late is the file's time minus the due second, so ours holds the ledger's commits and the start of the
#            process. Also ours on a host by SSH (sshd on loopback, both transports, a login without a profile), from step to next step,
#            from a run's end to the mail in a folder and at a mail server. The last line has the best peer's p50 over ours.
# year       2027 on virtual clocks, six zones × five lines, beside the minute-by-minute reference of the tests: missed, extra. Ours is the
#            scheduler with its ledger; systemd answers by systemd-analyze, Quartz and APScheduler by their next-time functions, npm's by
#            fake timers. Debian's cron has no virtual clock.
# links      --cuts (20) cuts of the link to a host while a job runs there, the same for ours, for cron with plain ssh, and for a wrapper
#            with the properties of Airflow's SSH operator: ends not known, jobs that died, started twice, time until heard of again.
# kills      --kills (200) times kill −9 at any moment while a run is due every second: lost, started twice, time until a step runs.
# size       pages and memory with 50 pipelines × 400 days and 1,000 × 365, processor when idle for --idle seconds (60).
#
# All parts take about 45 minutes on two cores. Peers are installed where that may be done: Debian packages, and npm's with the versions of
# bench/Dispatching/peers/package.json into ~/.cache/batch-scoring/bench; one that is not there is said. cron needs root: it runs in
# a mount namespace with tables of its own. What was printed goes to bench/results/dispatcher.json when all parts were run.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib/common.sh"
parts=(lateness year links kills size) all=yes options=()
while [ $# -gt 0 ]; do case $1 in
  --only) [[ " ${parts[*]} " = *" ${2:-} "* ]] || fail 64 "--only must be one of ${parts[*]}"; parts=("$2") all=; shift 2 ;;
  --seconds | --kills | --cuts | --idle | --seed) options+=("$1" "${2:-}"); shift 2 ;;
  *) fail 64 "unknown option $1; see scripts/bench dispatcher --help" ;;
esac; done

prepare_peers() {
  ensure_package cron "is a peer" cron
  ensure_package systemd-analyze "is a peer" systemd
  ensure_package npm "installs two peers" nodejs npm
  /usr/bin/python3 -c 'import apscheduler' 2>/dev/null || ensure_package apscheduler "is a peer" python3-apscheduler
  [ -x /usr/sbin/sshd ] || ensure_package sshd "is the remote side" openssh-server openssh-client
  export PACKAGES=${XDG_CACHE_HOME:-$HOME/.cache}/batch-scoring/bench/dispatcher
  mkdir -p "$PACKAGES"
  cp "$repository/bench/Dispatching/peers/package.json" "$PACKAGES/"
  (cd "$PACKAGES" && npm install --no-audit --no-fund --silent) || warn "npm install failed: two peers are missing"
}

prepare_ours() {
  need_dotnet
  program=$repository/out/linux-x64/dispatcher
  mkdir -p "$repository/out/bench"
  if [ ! -x "$program" ]; then
    say "publishing"
    "$repository/scripts/publish" >"$repository/out/bench/publish.log" 2>&1 || fail 1 "scripts/publish failed: out/bench/publish.log"
  fi
  say "building"
  dotnet build "$repository/bench/Dispatching/Dispatching.csproj" -c Release -v q -nologo >"$repository/out/bench/build.log" 2>&1 ||
    { cat "$repository/out/bench/build.log" >&2; fail 1 "bench/Dispatching does not build"; }
}

prepare_peers
prepare_ours
bench=$repository/bench/Dispatching/bin/Release/net10.0/bench-dispatching
lines=$repository/out/bench/dispatcher.txt
: >"$lines"
for part in "${parts[@]}"; do
  say "$part (load $(cut -d' ' -f1-3 /proc/loadavg))"
  "$bench" "$part" --peers "$repository/bench/Dispatching/peers" --program "$program" "${options[@]}" | tee -a "$lines"
done
[ -z "$all" ] || "$bench" results "$lines" "$repository/bench/results/dispatcher.json"
# The harness of all benches looks for the last line.
grep -h 'ratio' "$lines" | tail -1 || :
