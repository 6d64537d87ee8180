# One attempt of a job on this host. It has a folder of its own, JOBS/RUN/ATTEMPT, whose mkdir is the test-and-set: whoever makes it
# starts the job, everybody else only looks. docs/protocols/remote-jobs.md tells the files and the states.
#   $1 start | look | cancel | remove | run   $2 jobs folder   $3 run   $4 attempt   $5 fence   $6 … of the operation
# Answers lines `name value`. Exit: 0 answered, 90 cannot make or write the folder, 91 fenced, 92 another attempt runs.
operation=$1 jobs=$(absolute "$2") run=$3 attempt=$4 fence=$5
shift 5
folder=$jobs/$run/$attempt

# When a process began, in ticks since the machine's start; nothing for one that is gone.
born() {
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- ${stat##*) }
  case $1 in Z | X) return 1 ;; esac
  shift 19
  printf '%s' "$1"
}

# Processes of the job, also those that made a session of their own: each has the mark in its environment.
marked() { grep -lsxzF -e "BATCHSCORING_JOB=$folder" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3; }

alive() {
  { read -r boot id start <"$folder/process"; } 2>/dev/null || return 1
  read -r now </proc/sys/kernel/random/boot_id
  [ "$boot" = "$now" ] || return 1
  [ "$(born "$id")" = "$start" ] || [ -n "$(marked)" ]
}

# Only the maker of `begun` decides what becomes of a job: the job itself, or who says that it shall never begin.
state() {
  if [ ! -d "$folder" ]; then echo nothing
  elif [ -e "$folder/exit" ]; then echo ended
  elif [ -d "$folder/begun" ]; then
    if alive; then echo alive
    elif [ -e "$folder/exit" ]; then echo ended # between the two looks
    else echo died; fi
  elif [ $(($(date +%s) - $(stat -c %Y "$folder"))) -gt 60 ] && mkdir "$folder/begun" 2>/dev/null; then echo died
  else echo starting; fi
}

answer() {
  state=$(state)
  echo "state $state"
  cd -- "$folder" 2>/dev/null || return 0
  [ "$state" != ended ] || { read -r code <exit; echo "code $code"; }
  # Whose output is apart may be a submission.
  if [ -e output ] && [ ! -e application ]; then
    application=$(head -c 262144 log | grep -Eo 'application_[0-9]+_[0-9]+' | head -n 1)
    [ -z "$application" ] || printf '%s\n' "$application" >application
  fi
  [ ! -e application ] || { read -r application <application; echo "application $application"; }
  stat -c '%n %s' log output 2>/dev/null
  echo "folder $folder"
}

# start SCRIPT COMMAND SEPARATE: this script's own text, what the job runs, and whether standard output gets a file of its own.
start() {
  [ -d "$jobs/$run" ] || mkdir -p -- "$jobs/$run" || fail 90 "$jobs/$run cannot be made"
  for other in "$jobs/$run/${attempt%.*}".[0-9]*; do
    [ "$other" != "$folder" ] && [ -d "$other" ] || continue
    case $(folder=$other; state) in starting | alive) fail 92 "${other##*/}" ;; esac
  done
  if error=$(mkdir -- "$folder" 2>&1); then
    # The folder must survive a power cut: what the job begins elsewhere may outlive this machine.
    { printf '%s\n' "$fence" >"$folder/fence" && printf '%s\n' "$1" >"$folder/script" && printf '%s\n' "$2" >"$folder/command" &&
      : >"$folder/log" && keep "$folder/command" "$folder" "$jobs/$run" "$jobs"; } ||
      { rm -rf -- "$folder"; fail 90 "$folder cannot be written"; }
    if [ "$3" = yes ]; then output=$folder/output; else output=$folder/log; fi
    # Until the job lets go of the pipe, which it does when it has begun, or has died: so starts are answered with "alive".
    : "$(BATCHSCORING_JOB=$folder setsid /bin/sh "$folder/script" run "$jobs" "$run" "$attempt" "$fence" "$output" \
      8>&1 </dev/null >>"$folder/log" 2>&1 9>&- &)"
    # Runs that nobody has begun anything in for three months.
    find "$jobs" -mindepth 1 -maxdepth 1 -type d -mtime +90 -exec rm -rf -- {} + </dev/null >/dev/null 2>&1 9>&- &
  elif [ ! -d "$folder" ]; then fail 90 "$error"; fi
}

# In the session of the job. A signal is for the command; this shell waits for its end and writes down how it ended.
run() {
  read -r boot </proc/sys/kernel/random/boot_id
  # Nobody reads it before `begun` is there.
  printf '%s\n' "$boot $$ $(born $$)" >"$folder/process" && mkdir -- "$folder/begun" || exit
  exec 8>&-
  trap : TERM INT HUP
  /bin/sh "$folder/command" </dev/null >>"$1"
  put "$folder/exit" $?
}

# cancel SIGNAL: what has not begun never will.
cancel() {
  mkdir -p -- "$jobs/$run" && mkdir -- "$folder" 2>/dev/null
  if mkdir -- "$folder/begun" 2>/dev/null; then put "$folder/exit" 130
  elif [ ! -e "$folder/exit" ] && alive; then
    kill -s "$1" -- "-$id"
    for each in $(marked); do [ "$each" = "$id" ] || kill -s "$1" "$each"; done
  fi 2>/dev/null
}

remove() {
  case $(state) in starting | alive) fail 92 "$attempt" ;; esac
  rm -rf -- "$folder" || fail 90 "$folder cannot be removed"
  rmdir -- "$jobs/$run" 2>/dev/null || :
}

if [ "$operation" = run ]; then run "$@"; exit; fi
# A look by the leader that was seen last changes nothing, so it needs no lock.
seen=
[ "$operation" != look ] || [ ! -e "$jobs/.fence" ] || read -r seen <"$jobs/.fence"
[ "$seen" = "$fence" ] || guard
case $operation in start) start "$@" ;; cancel) cancel "$@" ;; remove) remove ;; look) ;; esac
answer
