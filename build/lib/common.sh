# Shared by the commands in build/: settings, prerequisites, building. Sourced, never run.
# Settings (all optional): SAAS_DATA folder for data, SAAS_PORT of the web server, SAAS_DB connection string of a PostgreSQL
# that is there already, SAAS_SECRET, SAAS_NOW (the clock starts at this instant), SAAS_DEMO=0 (no demo sign-ins, real clock).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
caller=$PWD
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
export MSBUILDTERMINALLOGGER=off

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# Prints the comment at the head of the command as its help.
show_help() { sed -n '2,/^[^#]/ { s/^# \{0,1\}//; t print; b; :print; p }' "$0"; }

check_prerequisites() {
  local node_version
  command -v dotnet >/dev/null || fail "The .NET SDK 10 is missing: install it and put 'dotnet' on the PATH."
  (cd "$root" && dotnet --version >/dev/null 2>&1) || fail ".NET SDK 10 is needed; found only: $(dotnet --list-sdks 2>/dev/null | tr '\n' ' ')."
  command -v node >/dev/null && command -v npm >/dev/null || fail "Node.js 20 or newer with npm is missing: install it and put 'node' and 'npm' on the PATH."
  node_version=$(node --version)
  node_version=${node_version#v}
  (( ${node_version%%.*} >= 20 )) || fail "Node.js 20 or newer is needed; found $node_version."
}

# build_dotnet <name> <project, solution or filter> <source folder>...: builds Release unless nothing changed since the last time.
build_dotnet() {
  local name=$1 target=$2 stamp=$root/artifacts/stamps/$1
  shift 2
  mkdir -p "$root/artifacts/stamps"
  (
    flock 8
    if [[ -f $stamp && -z $(cd "$root" && newer_than "$stamp" "$@") ]]; then
      exit 0
    fi
    say "Building $name …"
    touch "$stamp.new"
    # The compiler's server outlives the build: it must not keep the lock.
    (cd "$root" && dotnet msbuild "$target" -restore -nologo -verbosity:quiet -p:Configuration=Release -p:RestoreLockedMode=true >&2 8>&-) || fail "The build failed."
    mv "$stamp.new" "$stamp"
  ) 8>"$root/artifacts/stamps/lock"
}

# The first file or folder that changed after the stamp (a folder changes when a file in it is added or removed).
newer_than() {
  local stamp=$1
  shift
  find "$@" Directory.*.props Directory.*.targets global.json .editorconfig \
    \( -path src/SaaS.Web/wwwroot/lib -o -path tests/browser -o -name '*.md' \) -prune -o -newer "$stamp" -print -quit 2>/dev/null || true
}

build_product() {
  "$root/build/assets" >&2
  build_dotnet product build/lib/product.slnf src
}

# With the tests; what `build_product` builds is part of it.
build_everything() {
  "$root/build/assets" >&2
  build_dotnet everything SaaS.sln src tests
  if [[ $root/artifacts/stamps/everything -nt $root/artifacts/stamps/product ]]; then
    touch -r "$root/artifacts/stamps/everything" "$root/artifacts/stamps/product"
  fi
}

binary() { echo "$root/artifacts/bin/$1/release/$2"; }

# A port that nobody listens on, below those that the system hands out by itself.
free_port() {
  local port
  while :; do
    port=$(( 15000 + RANDOM % 17000 ))
    if ! port_taken "$port"; then
      echo "$port"
      return
    fi
  done
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# What we start does not hear the terminal's Ctrl-C (we stop it in order) and ends when we are killed.
in_own_session=(setsid)
if setpriv --pdeathsig TERM true 2>/dev/null; then
  in_own_session=(setsid setpriv --pdeathsig TERM --)
fi
