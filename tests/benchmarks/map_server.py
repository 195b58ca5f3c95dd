"""Serves the page with nothing but the map as the app itself is served."""

import os
import sys
from pathlib import Path

from utils.server import app
from utils.server.settings import open_port, read_settings

if __name__ == "__main__":
    settings = read_settings(os.environ)
    port = open_port(settings)
    app.configure(settings)
    script = Path(__file__).with_name("map_page.py")
    sys.exit(0 if app.serve(settings, port, script) else 3)
