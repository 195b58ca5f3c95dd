"""Serves the page with nothing but the map as the app itself is served."""

import os
import sys
from pathlib import Path

from utils import server

if __name__ == "__main__":
    chosen = server.settings(os.environ)
    opened = server.listen(chosen)
    server.configure(chosen)
    script = Path(__file__).with_name("map_page.py")
    sys.exit(0 if server.serve(chosen, opened, script) else 3)
