#!/bin/sh
# Runs Cockpit Coder on Payara Micro in the foreground. See usage below, and the README.
set -u

usage() {
  cat <<'TEXT'
Usage: [VARIABLE=value ...] server-config/run.sh [--help | --build]

Builds Cockpit Coder when that is needed, starts it, and prints its address and a one-time pairing link.
Ctrl-C stops it, with every shell it started.

  --help    show this
  --build   build and prepare the fast start, then exit

  REPO_ALLOWLIST        repositories that may be worked in, comma-separated; a directory means all below it (default: none)
  CMD_ALLOWLIST         commands that may be run, comma-separated (default: none)
  AGENTS_FILE           profiles of coding agents, a JSON file (default: agents.json in the data directory, if there is one)
  HOST, PORT            address and port to listen on (default: 127.0.0.1, 8080); HOST=0.0.0.0 lets a phone reach it
  COCKPIT_HOME          data directory, made private (default: ~/.cockpit-coder)
  JWT_SECRET            encrypts the signing keys, 32 bytes or more (default: a random one, kept in the data directory)
  CORS_ORIGINS          web pages that may use the API (default: http://localhost:19006)
  API_BASE, WS_URL      what clients are told, when it is not what they asked (default: derived from the request)
  SESSION_TTL_SECONDS   how long a session lasts (default: 86400)
  DATABASE_URL          jdbc:postgresql://… with DATABASE_USER, DATABASE_PASSWORD (default: a file in the data directory)
  DEBUG                 true: log more, and show the log here (default: false)
  JAVA_OPTS             options for the Java virtual machine (default: -Xms160m -Xmn48m -Xmx384m)

The README lists the rest. The log is in the data directory, in log/server.log.
TEXT
}

say() { printf '%s\n' "$*"; }
fail() { printf 'run.sh: %s\n' "$*" >&2; exit 1; }

top=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 1
war=$top/target/ROOT.war
payara=$top/target/payara-micro.jar
runtime=$top/target/runtime

build_only=
case ${1-} in
  '') ;;
  -h | --help) usage; exit 0 ;;
  --build) build_only=yes ;;
  *) usage >&2; fail "unknown option: $1" ;;
esac
[ $# -le 1 ] || fail "too many arguments; see --help"

# ---- the environment: one clear line for each thing that can be wrong
HOST=${HOST:-127.0.0.1}
PORT=${PORT:-8080}
COCKPIT_HOME=${COCKPIT_HOME:-${HOME:?is not set}/.cockpit-coder}
DEBUG=${DEBUG:-false}
case $HOST in *[!A-Za-z0-9.:_-]*) fail "HOST must be an address or a host name, but is '$HOST'" ;; esac
case $PORT in '' | *[!0-9]* | ??????*) fail "PORT must be a number from 1 to 65535, but is '$PORT'" ;; esac
{ [ "$PORT" -ge 1 ] && [ "$PORT" -le 65535 ]; } || fail "PORT must be a number from 1 to 65535, but is '$PORT'"

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null 2>&1 ||
  fail "Java is missing: install a JDK 17 (Debian: apt-get install openjdk-17-jdk), or set JAVA_HOME"
java_version=$("$java" -version 2>&1) || fail "$java does not run: $java_version"
java_major=$(printf '%s\n' "$java_version" | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
[ "${java_major:-0}" -ge 17 ] || fail "Java 17 or newer is needed, but $java is version ${java_major:-unknown}"

listening() { # whether something listens on PORT (Linux; elsewhere the server itself finds out)
  hex=$(printf '%04X' "$PORT")
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v port=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }'
}

in_use() { # whether a server holds the data directory's lock (Linux; elsewhere the server itself finds out)
  inode=$(ls -i "$COCKPIT_HOME/lock" 2>/dev/null | awk '{ print $1 }')
  [ -n "$inode" ] || return 1
  holder=$(awk -v inode="$inode" '{ n = split($6, id, ":"); if (id[n] == inode) { print $5; exit } }' /proc/locks 2>/dev/null)
  # inodes are unique in one file system only
  [ -n "$holder" ] && grep -q payara "/proc/$holder/cmdline" 2>/dev/null
}

# ---- the build
stale() {
  [ ! -f "$war" ] || [ ! -f "$payara" ] || [ -n "$(find "$top/pom.xml" "$top/src/main" -name node_modules -prune -o -type f -newer "$war" -print 2>/dev/null | head -n 1)" ]
}
if [ -f "$top/pom.xml" ] && stale; then
  command -v mvn >/dev/null 2>&1 || fail "Maven is missing: install it (Debian: apt-get install maven)"
  say "Building Cockpit Coder (the first time takes a few minutes) …"
  (cd "$top" && mvn -B -q -DskipTests -Dquick package) || fail "the build failed; see above"
fi
[ -f "$war" ] && [ -f "$payara" ] || fail "target/ROOT.war and target/payara-micro.jar are missing; build them with: mvn package"

# ---- the fast start: the server unpacked, and its classes in an archive this Java maps into memory (JEP 350)
mkdir -p "$COCKPIT_HOME" && chmod 700 "$COCKPIT_HOME" && mkdir -p "$COCKPIT_HOME/log" ||
  fail "COCKPIT_HOME cannot be used as the data directory: $COCKPIT_HOME"
umask 077
log=$COCKPIT_HOME/log/server.log
heap=${JAVA_OPTS:--Xms160m -Xmn48m -Xmx384m}

launch() { # launch JVM-OPTIONS -- SERVER-OPTIONS; both are words of our own, or the user's JAVA_OPTS
  jvm_options=$1
  shift
  # shellcheck disable=SC2086
  exec "$java" "@$top/server-config/java.args" $heap $jvm_options \
    "-Dfish.payara.micro.BootJar=file:$runtime/launch-micro.jar" "-Dfish.payara.micro.UnpackDir=$runtime" \
    -cp "$runtime/launch-micro.jar" fish.payara.micro.impl.PayaraMicroImpl \
    "$war" --rootdir "$instance" \
    --nohazelcast "$@"
}

# the server's own configuration, new at every start: what is deployed is this WAR and nothing else
instance=$COCKPIT_HOME/payara
fresh_instance() {
  rm -rf "$instance" && mkdir "$instance" && cp -R "$runtime/config" "$runtime/lib" "$runtime/docroot" "$instance" || fail "COCKPIT_HOME cannot be written: $COCKPIT_HOME"
  cp "$top/server-config/default-web.xml" "$instance/config/"
  # in the file, not by asadmin commands: those cost half a second of every start
  sed -e "s|<network-listener port=\"8080\" |<network-listener port=\"$PORT\" address=\"$HOST\" |" \
    -e 's|<transport |&socket-write-buffer-size="65536" |' \
    -e 's|<phone-home-runtime-configuration>|<phone-home-runtime-configuration enabled="false">|' \
    -e '/<thread-pool name="http-thread-pool"/ s|max-thread-pool-size="200"|max-thread-pool-size="64"|' \
    -e '/<protocol name="http-listener">/,/<\/protocol>/ s|<http |&server-header="false" compression="on" compressable-mime-type="text/html,text/css,text/javascript,application/javascript" |' \
    "$runtime/config/domain.xml" >"$instance/config/domain.xml"
  grep -q "address=\"$HOST\"" "$instance/config/domain.xml" && grep -q 'server-header="false"' "$instance/config/domain.xml" ||
    fail "the configuration of this Payara Micro is not as expected: $runtime/config/domain.xml"
}

# before anything of a running server's is touched
in_use && fail "COCKPIT_HOME is in use by another server: $COCKPIT_HOME"
listening && fail "PORT $PORT is taken; stop what listens there, or set PORT to another"

# The key and the certificates Payara brings are under a published password, which 10,000 iterations do not make secret;
# reading them costs every start. (The key is for an HTTPS listener that is off.)
quick_stores() {
  once=
  for count in certPbe keyPbe mac; do once="$once -J-Dkeystore.pkcs12.${count}IterationCount=1"; done
  for store in keystore cacerts; do
    file=$runtime/config/$store.p12
    # shellcheck disable=SC2086
    "${java%java}keytool" $once -importkeystore -noprompt -srckeystore "$file" -destkeystore "$file.new" \
      -srcstorepass changeit -deststorepass changeit >>"$log" 2>&1 && mv -f "$file.new" "$file" || rm -f "$file.new"
  done
}

wanted="$java_version
$(ls -l "$payara")
$(cat "$top"/server-config/*)"
if [ ! -f "$runtime/key" ] || [ "$(cat "$runtime/key")" != "$wanted" ]; then
  say "Preparing the fast start, once for this Java and this server …"
  rm -rf "$runtime"
  "$java" -jar "$payara" --rootdir "$runtime" --outputlauncher >"$log" 2>&1 || fail "the server could not be unpacked; see $log"
  quick_stores
  fresh_instance
  warm=$(mktemp -d) || fail "no temporary directory"
  (COCKPIT_HOME=$warm && export COCKPIT_HOME && launch "-XX:ArchiveClassesAtExit=$runtime/classes.jsa" --warmup) >"$log" 2>&1 ||
    rm -f "$runtime/classes.jsa"
  rm -rf "$warm"
  printf '%s' "$wanted" >"$runtime/key"
fi
[ -z "$build_only" ] || exit 0
archive=
[ -f "$runtime/classes.jsa" ] && archive="-XX:SharedArchiveFile=$runtime/classes.jsa -Xlog:cds=off -Xlog:cds+dynamic=off"

# ---- run
fresh_instance
[ -f "$log" ] && mv -f "$log" "$log.1"
rm -f "$COCKPIT_HOME/pairing-card"
export HOST PORT COCKPIT_HOME DEBUG
(launch "$archive" --logproperties "$top/server-config/logging.properties") >"$log" 2>&1 </dev/null &
server=$!
follow=
if [ "$DEBUG" = true ]; then
  tail -n +1 -f "$log" &
  follow=$!
fi

stopping=
stop() { stopping=yes; kill -TERM "$server" 2>/dev/null; }
trap stop INT TERM HUP
finish() { # finish EXIT-CODE: the server ends by itself within seconds; nobody waits longer than 20
  kill -TERM "$server" 2>/dev/null
  waited=0
  while kill -0 "$server" 2>/dev/null && [ "$waited" -lt 100 ]; do sleep 0.2; waited=$((waited + 1)); done
  kill -KILL "$server" 2>/dev/null
  wait "$server" 2>/dev/null
  [ -n "$follow" ] && kill "$follow" 2>/dev/null
  exit "$1"
}

case $HOST in 0.0.0.0 | '*') probe=127.0.0.1 ;; ::) probe='[::1]' ;; *:*) probe="[$HOST]" ;; *) probe=$HOST ;; esac
healthy() {
  url=http://$probe:$PORT/healthz
  if command -v curl >/dev/null 2>&1; then curl -sf -m 2 --noproxy '*' -o /dev/null "$url"
  elif command -v wget >/dev/null 2>&1; then wget -q -T 2 --no-proxy -O /dev/null "$url"
  else node -e 'fetch(process.argv[1]).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$url"; fi
}
refusal() { # the one line that matters
  line=$(sed -n 's/.*COCKPIT CANNOT START: //p' "$log" | head -n 1)
  [ -n "$line" ] || line=$(sed -n 's/^Caused by: .*\(PSQLException\|ConnectException\|UnknownHostException\): /DATABASE_URL names a database that cannot be opened: /p' "$log" | tail -n 1 | cut -c 1-300)
  [ -n "$line" ] || line=$(grep -o 'Address already in use.*' "$log" | head -n 1)
  [ -n "$line" ] || line=$(sed -n 's/^Caused by: //p' "$log" | tail -n 1 | cut -c 1-300)
  [ -n "$line" ] || line=$(grep -E 'SEVERE|Exception' "$log" | head -n 1 | cut -c 1-300)
  printf '%s\n' "${line:-no reason was logged} (log: $log)"
}

# a request before the application is there makes the server work on an answer while it starts
answers() { { grep -q 'Loading application' "$log" || [ "$waited" -gt 600 ]; } && healthy; }

waited=0
until answers; do
  [ -z "$stopping" ] || finish 0
  if ! kill -0 "$server" 2>/dev/null || grep -q 'COCKPIT CANNOT START: ' "$log"; then
    say "run.sh: the server did not start: $(refusal)" >&2
    finish 1
  fi
  # up, and still no answer: the application was not deployed
  if grep -q 'ready in' "$log"; then unhealthy=$((${unhealthy:-0} + 1)); fi
  waited=$((waited + 1))
  if [ "${unhealthy:-0}" -gt 50 ] || [ "$waited" -gt 1800 ]; then
    say "run.sh: the application was not deployed: $(refusal)" >&2
    finish 1
  fi
  sleep 0.1
done

cat "$COCKPIT_HOME/pairing-card"
case $HOST in 127.* | localhost | ::1) say "  Only this machine can reach it. For a phone on your network: HOST=0.0.0.0" ;; esac
say "  Log: $log    Stop: Ctrl-C"

while kill -0 "$server" 2>/dev/null; do
  wait "$server"
  code=$?
  [ -z "$stopping" ] || { say "Stopping …"; finish 0; }
done
say "run.sh: the server ended by itself (exit code $code); see $log" >&2
[ -n "$follow" ] && kill "$follow" 2>/dev/null
exit 1
