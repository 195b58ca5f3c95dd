#!/bin/sh
# The committee's chores: ./evening.sh --help lists them.
set -eu
. "$(dirname "$0")/settings.sh"
exec "$BIN" -m utils.evening "$@"
