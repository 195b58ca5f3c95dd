# Read by start.sh and evening.sh: where the evening's files are, and its Python.
KIT=$(cd "$(dirname "$0")" && pwd)
export SAMAKI_DATA="$KIT/release"
export SAMAKI_SCENES="$KIT/evening/scenes.toml"
export SAMAKI_CODES="$KIT/evening/codes.toml"
export SAMAKI_LEDGER="${SAMAKI_LEDGER:-sqlite:///$KIT/evening/ledger.sqlite}"
export PYTHONPATH="$KIT/samaki"

packages() {
	"$BIN" -m pip install --quiet --disable-pip-version-check --find-links "$KIT/wheels" -r "$KIT/samaki/requirements.txt" "$@"
}

BIN=${SAMAKI_PYTHON:-$KIT/.venv/bin/python}
if [ -z "${SAMAKI_PYTHON:-}" ] && [ ! -e "$KIT/.venv/ready" ]; then
	PYTHON=${PYTHON:-python3.11}
	command -v "$PYTHON" >/dev/null || { echo "Python 3.11 is needed. Install it, or name it: PYTHON=/path $0" >&2; exit 1; }
	echo "Installing, first time only..."
	rm -rf "$KIT/.venv"
	"$PYTHON" -m venv "$KIT/.venv"
	if ! packages --no-index 2>"$KIT/.venv/refused"; then
		echo "The wheels of this kit do not do for this laptop: the network is needed this once."
		packages || { tail -n 1 "$KIT/.venv/refused" >&2; exit 1; }
	fi
	: >"$KIT/.venv/ready"
fi
