# What a host has of what jobs need.   $1 jobs folder
jobs=$(absolute "$1")
for each in setsid flock stat sha256sum df awk grep head tail tar find mktemp sync; do
  command -v "$each" >/dev/null || echo "missing $each"
done
[ -r /proc/self/environ ] || echo "missing /proc"
if mkdir -p -- "$jobs" && : >"$jobs/.check" && rm -f -- "$jobs/.check"; then
  echo "free $(df -Pk "$jobs" | awk 'NR == 2 { printf "%.0f", $4 * 1024 }')"
fi
echo "folder $jobs"
echo "now $(date +%s)"
