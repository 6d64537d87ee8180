#!/usr/bin/env bash
# dispatcher: how late a local step begins, beside APScheduler with the same job; start after kill -9; memory and processor when idle
#
#   scripts/bench dispatcher [--seconds N] [--idle N]
#
# A pipeline comes due every two seconds for N seconds (60 if not said); its one step writes down when it runs. Lateness is that minus
# the second in which it was due, so it holds the ledger's commits and the start of the process. APScheduler (Debian's
# python3-apscheduler, BackgroundScheduler, cron trigger, one process a job) does the same at the same time. Then the dispatcher is killed
# and started again three times: seconds until its next step runs, of which up to two are the wait for the next second that is due.
# Then it idles for --idle seconds (60) with one pipeline and its page. The last figure is APScheduler's p50 over ours.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib/common.sh"
seconds=60 idle=60
while [ $# -gt 0 ]; do case $1 in
  --seconds) seconds=$2; shift 2 ;;
  --idle) idle=$2; shift 2 ;;
  *) fail 64 "unknown option $1; see scripts/bench dispatcher --help" ;;
esac; done
need_dotnet
program=$repository/out/linux-x64/dispatcher
[ -x "$program" ] || { say "publishing"; "$repository/scripts/publish" >/dev/null; }
folder=$(mktemp -d); cd "$folder"
trap 'kill $(jobs -p) 2>/dev/null || :; rm -rf "$folder"' EXIT
mkdir pipelines
echo 'name: bench' >dispatcher.yaml
cat >pipelines/tick.yaml <<YAML
schedule: {cron: "*/2 * * * * *", seconds: true, zone: UTC}
steps:
- {name: note, exec: {host: local, command: [sh, -c, "date +%s.%N >>$folder/ours"]}}
YAML

# Milliseconds after the even second before, in order: p50, p99 and the largest.
late() { awk '{ late = ($1 % 2) * 1000; print late }' "$1" | sort -n |
  awk '{ v[NR] = $1 } END { printf "%d firings, p50 %.0f ms, p99 %.0f ms, max %.0f ms\n", NR, v[int((NR + 1) / 2)], v[int(NR * 0.99 + 0.5)], v[NR] }'; }

"$program" serve >serve.log 2>&1 & ours=$!
if python3 -c 'import apscheduler' 2>/dev/null; then
  timeout "$seconds" python3 - "$folder/theirs" <<'PEER' &
import subprocess, sys, time
from apscheduler.schedulers.background import BackgroundScheduler
s = BackgroundScheduler(timezone="UTC")
s.add_job(lambda: subprocess.run(["sh", "-c", "date +%s.%N >>" + sys.argv[1]]), "cron", second="*/2")
s.start()
time.sleep(3600)
PEER
else
  warn "APScheduler is not here: apt-get install python3-apscheduler"
fi
sleep "$seconds"
echo "ours: $(late ours)"
[ ! -s theirs ] || echo "apscheduler: $(late theirs)"

for _ in 1 2 3; do
  kill -9 $ours; wait $ours 2>/dev/null || :
  lines=$(wc -l <ours) started=$(date +%s.%N)
  "$program" serve >>serve.log 2>&1 & ours=$!
  until [ "$(wc -l <ours)" -gt "$lines" ]; do sleep 0.02; done
  echo "kill -9, start to next step: $(awk -v a="$started" -v b="$(tail -1 ours)" 'BEGIN { printf "%.2f s", b - a }')"
done

rm pipelines/tick.yaml; cat >pipelines/nightly.yaml <<YAML
schedule: {cron: "0 0 3 * * *", seconds: true, zone: UTC}
steps:
- {name: note, exec: {host: local, command: [true]}}
YAML
sleep 5
ticks() { awk '{ print $14 + $15 }' "/proc/$ours/stat"; }
before=$(ticks); sleep "$idle"; after=$(ticks)
echo "idle: $(awk -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" -v s="$idle" 'BEGIN { printf "%.1f CPU s an hour", t / hz * 3600 / s }'), \
$(awk '/^VmRSS/ { printf "%.0f MB", $2 / 1024 }' "/proc/$ours/status") of memory"
p50() { late "$1" | sed 's/.*p50 \([0-9]*\).*/\1/'; }
[ ! -s theirs ] || echo "ours p50 $(p50 ours) ms, apscheduler p50 $(p50 theirs) ms; ratio $(awk -v a="$(p50 theirs)" -v b="$(p50 ours)" 'BEGIN { printf "%.2f", a / b }')"
