# A file of this host as an upload needs it; docs/protocols/remote-jobs.md tells the order.
#   $1 look | finish   $2 jobs folder   $3 fence   $4 folder   $5 name   $6 unfinished upload   $7 size   $8 SHA-256   $9 rights
# look tells what is there of the file and of its unfinished upload, and how much room; finish checks the upload and gives it the file's
# name. Exit: 0 done, 90 the folder cannot be used, 91 fenced, 93 the upload is not what was sent (and is gone).
operation=$1 jobs=$(absolute "$2") fence=$3 folder=$4 name=$5 part=$6
sum() { sha256sum <"$1" | cut -d ' ' -f 1; }
guard
exec 9>&- # hashing takes its time
umask 022
mkdir -p -- "$folder" && cd -- "$folder" || exit 90
case $operation in
look)
  [ -w . ] || { echo "$folder may not be written"; exit 90; }
  if [ -f "./$name" ]; then echo "size $(stat -c %s "./$name")"; [ "$(stat -c %s "./$name")" != "$7" ] || echo "sha256 $(sum "./$name")"; fi
  [ ! -f "./$part" ] || echo "part $(stat -c %s "./$part")"
  echo "free $(df -Pk . | awk 'NR == 2 { printf "%.0f", $4 * 1024 }')"
  echo "folder $(pwd)"
  ;;
finish)
  size=$(stat -c %s "./$part") sha256=$(sum "./$part")
  if [ "$size" != "$7" ] || [ "$sha256" != "$8" ]; then
    rm -f "./$part"
    echo "$size bytes with SHA-256 $sha256 arrived"
    exit 93
  fi
  guard
  chmod "$9" "./$part" && keep "./$part" && mv -f "./$part" "./$name" && keep . || exit 90
  ;;
esac
