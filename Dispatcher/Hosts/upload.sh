# A file of this host as an upload needs it; docs/protocols/remote-jobs.md tells the order.
#   look FOLDER NAME PART      what is there of NAME and of its unfinished upload PART, and how much room
#   finish FOLDER NAME PART SIZE SHA256 MODE    checks PART and makes it NAME, whole or not at all
# Exit: 0 done, 90 the folder cannot be used, 93 PART is not what was sent (and is gone).
operation=$1 folder=$2 name=$3 part=$4
sum() { sha256sum <"$1" | cut -d ' ' -f 1; }
mkdir -p -- "$folder" && cd -- "$folder" || exit 90
case $operation in
look)
  [ -w . ] || { echo "$folder may not be written"; exit 90; }
  if [ -f "./$name" ]; then echo "size $(stat -c %s "./$name")"; [ "$(stat -c %s "./$name")" != "$5" ] || echo "sha256 $(sum "./$name")"; fi
  [ ! -f "./$part" ] || echo "part $(stat -c %s "./$part")"
  echo "free $(df -Pk . | awk 'NR == 2 { printf "%.0f", $4 * 1024 }')"
  echo "folder $(pwd)"
  ;;
finish)
  size=$(stat -c %s "./$part") sha256=$(sum "./$part")
  if [ "$size" != "$5" ] || [ "$sha256" != "$6" ]; then
    rm -f "./$part"
    echo "$size bytes with SHA-256 $sha256 arrived"
    exit 93
  fi
  chmod "$7" "./$part" && { sync -- "./$part" 2>/dev/null || sync; } && mv -f "./$part" "./$name" && { sync -- . 2>/dev/null || sync; } || exit 90
  ;;
esac
