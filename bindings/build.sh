#!/bin/sh
# Called by Maven (see pom.xml): checks Node and npm, which the JVM cannot do without a stack trace, then runs build.mjs.
node=$(node --version 2>/dev/null || echo none)
npm=$(npm --version 2>/dev/null || echo none)
major() { v=${1#v}; v=${v%%.*}; case $v in ''|*[!0-9]*) echo 0 ;; *) echo "$v" ;; esac; }
if [ "$(major "$node")" -lt 20 ] || [ "$(major "$npm")" -lt 9 ]; then
  echo "The CDKTF bindings need Node.js 20 or newer and npm 9 or newer, but the PATH has node: $node, npm: $npm." \
    "Install a current Node.js LTS release, which brings npm (https://nodejs.org/en/download, or your system's package" \
    "manager), check that 'node --version' prints v20 or newer in this shell, and run the same command again." >&2
  exit 1
fi
# Users do not need warnings about versions of Node that jsii-pacmak does not know.
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION="$(major "$node")" JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION="$(major "$node")"
exec node "$(dirname "$0")/build.mjs" "$@"
