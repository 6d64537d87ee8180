# Begins the scripts that run on a host: what they share. They set `jobs` (the jobs folder) and `fence` (the leader's number).
umask 077

fail() { code=$1; shift; printf '%s\n' "$*"; exit "$code"; }

# Content and name survive a power cut; coreutils before 8.24 know only all of it.
keep() { sync -- "$@" 2>/dev/null || sync; }

# put FILE TEXT: there whole, or not at all.
put() { printf '%s\n' "$2" >"$1.$$" && keep "$1.$$" && mv -f -- "$1.$$" "$1" && keep "${1%/*}"; }

absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s' "$HOME/$1" ;; esac; }

# One at a time, and nobody after a newer leader. The lock goes with the descriptor, however the script ends.
guard() {
  [ -d "$jobs" ] || mkdir -p -- "$jobs" || fail 90 "$jobs cannot be made"
  exec 9>>"$jobs/.lock" || fail 90 "$jobs/.lock cannot be written"
  flock 9 || fail 90 "$jobs/.lock cannot be locked"
  seen=0
  [ ! -e "$jobs/.fence" ] || read -r seen <"$jobs/.fence"
  [ "$seen" -le "$fence" ] || fail 91 "$seen"
  [ "$seen" -eq "$fence" ] || put "$jobs/.fence" "$fence" || fail 90 "$jobs/.fence cannot be written"
}
