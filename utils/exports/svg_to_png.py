"""Converts an SVG of outlines to PNG, as a process of its own that is started by ``pictures.png``.

The library that paints lets no other Python code of its process run meanwhile, up to a second for a map:
pages and answers would stand still. It knows nothing of the app, so that it starts at once.
"""

from __future__ import annotations

import os
import sys
from typing import Final

import resvg_py

_BEHIND_PAGES: Final = 10
"""How much later than the app it gets its turn where the machine is busy, as ``nice`` counts."""


def main() -> None:
    """Read an SVG from standard input, write its PNG to standard output."""
    if hasattr(os, "nice"):
        os.nice(_BEHIND_PAGES)
    svg = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)))


if __name__ == "__main__":
    main()
