#!/bin/sh
# Installs the agents that the tests run into the directory given as $1, unless they are there. Called by Maven.
set -eu

out=${1:?the directory to install into}
cd "$(dirname "$0")"

if [ -f "$out/package-lock.json" ] && cmp -s package-lock.json "$out/package-lock.json"; then
  exit 0
fi
rm -rf "$out" "$out.new"
mkdir -p "$out.new"
cp package.json package-lock.json .npmrc "$out.new"
log=$(npm ci --prefix "$out.new" 2>&1) || {
  printf '%s\n' "$log" >&2
  echo "the agents for the tests cannot be installed" >&2
  exit 1
}
# only a complete one has this name
mv "$out.new" "$out"
