"""The fonts that pictures are set in: the browser's own files, taken out of their web container.

``python -m utils.geo.typeset`` writes ``data/fonts``. Outlines, layout rules and weights are unchanged;
HarfBuzz reads these files and does not read the packed ones.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

ROOT: Final = Path(__file__).parents[2]
WEB: Final = ROOT / "static" / "fonts"
OUT: Final = ROOT / "data" / "fonts"


def unpack_typeset(path: Path) -> bytes:
    """Return a web font as a plain font; the same file gives the same bytes."""
    font = TTFont(path, recalcTimestamp=False)
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def list_files() -> dict[str, bytes]:
    """Return file name below ``data/fonts`` -> content for every font of the browser."""
    return {f"{path.stem}.ttf": unpack_typeset(path) for path in sorted(WEB.glob("*.woff2"))}


def main() -> int:
    """Write the fonts."""
    OUT.mkdir(exist_ok=True)
    for name, content in list_files().items():
        (OUT / name).write_bytes(content)
        print(f"data/fonts/{name}: {len(content) / 1e3:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
