"""``python -m utils.server`` starts the app; ``HOST``, ``PORT`` and ``TIER`` come from the environment."""

import sys

from utils.server.app import main

if __name__ == "__main__":
    sys.exit(main())
