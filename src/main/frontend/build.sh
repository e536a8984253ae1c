#!/bin/sh
# Builds the web console into the directory given as $1 (default: target/frontend). Called by Maven, from any directory.
set -eu

out=${1:-}
case $out in
  '' | /*) ;;
  *) out=$PWD/$out ;;
esac

cd "$(dirname "$0")"

fail() {
  echo "web console: $1" >&2
  exit 1
}

command -v node >/dev/null 2>&1 || fail "node is not installed; version 20.19 or newer is needed"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  fail "node $(node --version) is too old; version 20.19 or newer is needed"
command -v npm >/dev/null 2>&1 || fail "npm is not installed"

log=$(mktemp)
trap 'rm -f "$log"' EXIT

quietly() {
  "$@" >"$log" 2>&1 || {
    cat "$log" >&2
    fail "'$*' failed"
  }
}

installed=node_modules/.package-lock.json
if [ ! -f "$installed" ] || [ package-lock.json -nt "$installed" ]; then
  quietly npm ci --no-audit --no-fund
fi
quietly ./node_modules/.bin/tsc --noEmit
quietly ./node_modules/.bin/vite build ${out:+--outDir "$out" --emptyOutDir}
