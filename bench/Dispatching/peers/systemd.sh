#!/bin/bash
# systemd's timers as a peer of scripts/bench dispatcher, without PID 1; what it knows stands in npm.mjs.
set -euo pipefail
case $1 in
version) systemd-analyze --version | sed -n '1s/^systemd \([0-9]*\).*/\1/p' ;;
year)
  read -r minute hour _ <<<"$2"
  last=$4
  # How many iterations a year has is not known before: it is asked for in pieces.
  while [ "$last" -lt "$5" ]; do
    firings=$(TZ=UTC systemd-analyze calendar --base-time="@$last" --iterations=400 "*-*-* $hour:${minute/\*\//00/}:00 $3" |
      sed -n 's/^ *\(Next elapse\|Iter\. #[0-9]*\): //p' | date -f - +%s)
    echo "$firings"
    last=${firings##*$'\n'}
  done
  ;;
esac
