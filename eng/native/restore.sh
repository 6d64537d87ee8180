#!/bin/sh
# Puts libduckdb.so, pinned by package-lock.json, under eng/native/node_modules. Called by the build (libs/DuckDb); several builds may
# call it at once. Usage: eng/native/restore.sh
set -eu
cd "$(dirname "$0")"
library=node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so

command -v npm >/dev/null 2>&1 || {
  echo "eng/native/restore.sh: error NATIVE001: npm was not found; it fetches DuckDB's shared library. Install Node.js 18 or newer with npm, then build again."
  exit 1
}

exec 9>.restore.lock
flock 9
if [ -f "$library" ] && [ "$library" -nt package-lock.json ]; then exit 0; fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2 || {
  echo "eng/native/restore.sh: error NATIVE002: 'npm ci' failed in eng/native (its own text is above). Check the network or npm's registry setting, then build again."
  exit 1
}
# npm keeps the package's date of 1985; what copies "newer" files must see that this one is new.
touch "$library"
