# A running copy of the product: database, web server and worker on one data folder. Sourced after common.sh and postgres.sh.
#   open_data        makes the data folder and reads its secret and clock
#   start_instance   database, `saas prepare`, web and worker; returns when /health answers
#   stop_instance    stops in order what start_instance started

web_process=
worker_process=

open_data() {
  export SAAS_DATA=${SAAS_DATA:-$root/.data}
  mkdir -p "$SAAS_DATA/logs"
  SAAS_DATA=$(cd "$SAAS_DATA" && pwd)
  exec 9>"$SAAS_DATA/lock"
  export SAAS_HOME=$root SAAS_PORT=${SAAS_PORT:-8080} SAAS_DEMO=${SAAS_DEMO:-1}
  export SAAS_URL=http://127.0.0.1:$SAAS_PORT
  read_secret
  read_clock
}

# Whoever holds the lock may start a database on the folder; it is let go when the command ends, however it ends.
lock_data() { flock --nonblock 9; }

read_secret() {
  if [[ -n ${SAAS_SECRET:-} ]]; then
    return
  fi
  if [[ ! -s $SAAS_DATA/secret ]]; then
    (umask 077 && random_hex > "$SAAS_DATA/secret")
  fi
  SAAS_SECRET=$(<"$SAAS_DATA/secret")
  export SAAS_SECRET
}

# The demo's clock starts at 2025-03-04 09:00 in Seoul, when the calls of 2025 are open. What it reads now is kept beside the data
# (instant@real milliseconds), so that a restart goes on where the last one stopped counting from.
read_clock() {
  if [[ -z ${SAAS_NOW:-} && -s $SAAS_DATA/clock ]]; then
    SAAS_NOW=$(<"$SAAS_DATA/clock")
  elif [[ -z ${SAAS_NOW:-} && $SAAS_DEMO == 1 ]]; then
    SAAS_NOW=2025-03-04T00:00:00Z
  fi
  if [[ -z ${SAAS_NOW:-} ]]; then
    return
  fi
  if [[ $SAAS_NOW != *@* ]]; then
    SAAS_NOW=$SAAS_NOW@$(date +%s%3N)
  fi
  printf '%s\n' "$SAAS_NOW" > "$SAAS_DATA/clock"
  export SAAS_NOW
}

prepare_database() {
  local log=$SAAS_DATA/logs/prepare.log
  saas prepare > "$log" 2>&1 || fail "The database could not be prepared:"$'\n'"$(tail -n 40 "$log")"
  load_tenants >> "$log" 2>&1 || fail "The tenants' folders could not be loaded:"$'\n'"$(tail -n 40 "$log")"
}

# Only when a file in tenants/ changed since: what was published in a running copy is not undone by a restart.
load_tenants() {
  local stamp=$SAAS_DATA/tenants-loaded
  if [[ -z $database_process ]]; then
    stamp+=-$(cksum <<< "$SAAS_DB" | cut -d ' ' -f 1)
  fi
  if [[ -f $stamp && -z $(find "$root/tenants" -newer "$stamp" -print -quit) ]]; then
    return
  fi
  touch "$stamp.new"
  saas tenant apply "$root/tenants" || return 1
  mv "$stamp.new" "$stamp"
}

saas() { dotnet "$(binary SaaS.Cli saas.dll)" "$@"; }

start_instance() {
  start_database
  prepare_database
  if port_taken "$SAAS_PORT"; then
    fail "Port $SAAS_PORT is taken by another program: set SAAS_PORT to a free one."
  fi
  start_web
  start_worker
  wait_for_health
  printf 'SAAS_DB=%q\nSAAS_URL=%q\n' "$SAAS_DB" "$SAAS_URL" | (umask 077 && cat > "$SAAS_DATA/instance")
}

start_web() {
  local folder
  folder=$(dirname "$(binary SaaS.Web SaaS.Web.dll)")
  (cd "$folder" && exec "${in_own_session[@]}" dotnet SaaS.Web.dll --urls "$SAAS_URL") >> "$SAAS_DATA/logs/web.log" 2>&1 9>&- < /dev/null &
  web_process=$!
}

start_worker() {
  local folder
  folder=$(dirname "$(binary SaaS.Worker SaaS.Worker.dll)")
  (cd "$folder" && exec "${in_own_session[@]}" dotnet SaaS.Worker.dll) >> "$SAAS_DATA/logs/worker.log" 2>&1 9>&- < /dev/null &
  worker_process=$!
  printf '%s\n' "$worker_process" > "$SAAS_DATA/worker.pid"
}

wait_for_health() {
  local waited=0
  until healthy; do
    if ! kill -0 "$web_process" 2>/dev/null || (( ++waited > 600 )); then
      tail -n 40 "$SAAS_DATA/logs/web.log" >&2
      fail "The web server did not start; its whole log is $SAAS_DATA/logs/web.log."
    fi
    sleep 0.1
  done
}

healthy() {
  local answer=
  { exec 4<>"/dev/tcp/127.0.0.1/$SAAS_PORT"; } 2>/dev/null || return 1
  printf 'GET /health HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$SAAS_PORT" >&4
  IFS= read -r -t 10 answer <&4 || true
  exec 4<&- 4>&-
  [[ $answer == *" 200 "* ]]
}

stop_instance() {
  rm -f "$SAAS_DATA/instance" "$SAAS_DATA/worker.pid"
  stop_process "$web_process"
  stop_process "$worker_process"
  web_process= worker_process=
  stop_database
}

# Asks for an orderly end and insists after 20 seconds.
stop_process() {
  local process=$1 waited=0
  if [[ -z $process ]]; then
    return
  fi
  kill -TERM "$process" 2>/dev/null || true
  while kill -0 "$process" 2>/dev/null; do
    if (( ++waited > 200 )); then
      kill -KILL "$process" 2>/dev/null || true
    fi
    sleep 0.1
  done
  wait "$process" 2>/dev/null || true
}
