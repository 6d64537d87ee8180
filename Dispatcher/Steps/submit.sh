# Runs the batch-score of a package that was brought to this host: unpacked once for each version of it, beside it.
#   $1 batch-scoring.tar.gz   $2 … arguments of batch-score
archive=$1
shift
[ -f "$archive" ] || { echo "$archive is not there: upload it first" >&2; exit 66; }
folder=${archive%.tar.gz}.$(sha256sum <"$archive" | cut -c 1-16) || exit 74
if [ ! -x "$folder/batch-score" ]; then
  echo "unpacking $archive" >&2
  new=$(mktemp -d "$folder.XXXXXX") && chmod 755 "$new" && tar -xzf "$archive" -C "$new" && cp -- "$archive" "$new/batch-scoring.tar.gz" ||
    { rm -rf -- "$new"; exit 74; }
  # Another one may have been quicker: then its folder is there, with the same content.
  mv -T -- "$new" "$folder" 2>/dev/null || rm -rf -- "$new"
  # Versions that nobody has used for a month.
  find "${archive%/*}" -maxdepth 1 -name "$(basename "${archive%.tar.gz}").????????????????" -mtime +30 -exec rm -rf -- {} +
fi
touch -- "$folder"
exec "$folder/batch-score" "$@"
