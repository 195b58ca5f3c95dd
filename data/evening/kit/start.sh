#!/bin/sh
# Starts Samaki on this laptop for every phone and screen of its own network. PORT may be given.
set -eu
. "$(dirname "$0")/settings.sh"
export HOST="${HOST:-0.0.0.0}" PORT="${PORT:-8501}" TIER=public
for address in $(hostname -I 2>/dev/null || ipconfig getifaddr en0 2>/dev/null || true); do
	case $address in *:*) ;; *) echo "In the hall's network: http://$address:$PORT" ;; esac
done
exec "$BIN" -m utils.server
