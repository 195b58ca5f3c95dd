"""Our fonts as files a PDF can embed: made once from the vendored web fonts, kept in the cache folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

_ROOT: Final = Path(__file__).parents[2]
_WEB: Final = _ROOT / "static" / "fonts"
_CACHE: Final = _ROOT / ".cache" / "fonts"
NAMES: Final = {
    "latin": "noto-sans-latin-[0-9]*.woff2",
    "latin-ext": "noto-sans-latin-ext-*.woff2",
    "khmer": "noto-sans-khmer-*.woff2",
}
WEIGHTS: Final = {"": 400, "B": 700}


def font_file(name: str, weight: int) -> Path:
    """Return a TrueType file of one of :data:`NAMES`. Raises ``FileNotFoundError`` without its web font."""
    web = sorted(_WEB.glob(NAMES[name]))
    if not web:
        raise FileNotFoundError(NAMES[name])
    made = _CACHE / f"{web[-1].stem}-{weight}.ttf"
    if not made.exists():
        font = instancer.instantiateVariableFont(TTFont(web[-1]), {"wght": weight}, inplace=True)
        font.flavor = None
        _CACHE.mkdir(parents=True, exist_ok=True)
        handle, work = tempfile.mkstemp(dir=_CACHE, suffix=".ttf")
        os.close(handle)
        font.save(work)
        Path(work).replace(made)
    return made
