"""Our fonts at one weight each, as a PDF embeds them: made once, kept in the cache folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

_ROOT: Final = Path(__file__).parents[2]
_FONTS: Final = _ROOT / "data" / "fonts"
_CACHE: Final = _ROOT / ".cache" / "fonts"
NAMES: Final = {
    "latin": "noto-sans-latin-[0-9]*.ttf",
    "latin-ext": "noto-sans-latin-ext-*.ttf",
    "khmer": "noto-sans-khmer-*.ttf",
}
WEIGHTS: Final = {"": 400, "B": 700}


def font_file(name: str, weight: int) -> Path:
    """Return a TrueType file of one of :data:`NAMES`. Raises ``FileNotFoundError`` without it."""
    found = sorted(_FONTS.glob(NAMES[name]))
    if not found:
        raise FileNotFoundError(NAMES[name])
    made = _CACHE / f"{found[-1].stem}-{weight}.ttf"
    if not made.exists():
        font = instancer.instantiateVariableFont(TTFont(found[-1]), {"wght": weight}, inplace=True)
        _CACHE.mkdir(parents=True, exist_ok=True)
        handle, work = tempfile.mkstemp(dir=_CACHE, suffix=".ttf")
        os.close(handle)
        font.save(work)
        Path(work).replace(made)
    return made
