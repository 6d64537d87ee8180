# Sourced by the scripts beside it: where the checkout is, how they talk, and what they need from the machine.
# No script calls another one's functions; what two of them need stands here.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

say() { printf '== %s\n' "$*"; }
warn() { printf '!! %s\n' "$*" >&2; }
# usage error 64, missing program 69: the exit codes of batch-score itself
fail() { local code=$1; shift; warn "$*"; exit "$code"; }

# Prints the comment block at the top of the script, without the shebang.
print_help() { sed -n '2,/^[^#]/{/^#/!q;s/^# \{0,1\}//;p}' "$1"; }

need_dotnet() {
  local version
  if ! command -v dotnet >/dev/null; then
    fail 69 ".NET SDK not found. Needed: SDK 10 (global.json). Get it: https://dotnet.microsoft.com/download/dotnet/10.0, or on Debian and Ubuntu: apt-get install dotnet-sdk-10.0"
  fi
  version=$(cd "$repository" && dotnet --version 2>/dev/null) ||
    fail 69 "the installed .NET SDK does not fit global.json, which asks for SDK 10. Found: $(dotnet --list-sdks 2>/dev/null | tr '\n' ' '). Get it: https://dotnet.microsoft.com/download/dotnet/10.0"
  say ".NET SDK $version"
}

# can_install: true when Debian packages may be installed without asking anyone.
can_install() {
  command -v apt-get >/dev/null || return 1
  [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

# ensure_package COMMAND WHY PACKAGE…: installs the packages unless COMMAND is there; says so when it may not. Never fails the caller.
ensure_package() {
  local program=$1 why=$2; shift 2
  command -v "$program" >/dev/null && return 0
  if ! can_install; then warn "$program not found ($why), and packages cannot be installed here. Install: $*"; return 0; fi
  say "installing $* ($why)"
  local as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  # The index of a fresh container is empty: one update, and only if something is missing.
  if [ -z "${package_index_updated:-}" ]; then
    "${as_root[@]}" apt-get update -qq >/dev/null 2>&1 || warn "apt-get update failed; trying with the index that is there"
    package_index_updated=1
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 ||
    warn "apt-get install $* failed ($why)"
}

# elapsed SECONDS: 65 → 1m05s
elapsed() { if [ "$1" -ge 60 ]; then printf '%dm%02ds' $(($1 / 60)) $(($1 % 60)); else printf '%ds' "$1"; fi; }
