"""Our fonts at one weight each, as a PDF embeds them: made once, kept in the cache folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from utils.exports.image.text_shaping import BOLD, REGULAR, font_path

_CACHE: Final = Path(__file__).parents[3] / ".cache" / "fonts"
WEIGHTS: Final = {"": REGULAR, "B": BOLD}


def instance_font(name: str, weight: int) -> Path:
    """Return a font of the pictures at one weight, as a file. Raises ``FileNotFoundError`` without it."""
    source = font_path(name)
    made = _CACHE / f"{source.stem}-{weight}.ttf"
    if not made.exists():
        font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight}, inplace=True)
        _CACHE.mkdir(parents=True, exist_ok=True)
        handle, work = tempfile.mkstemp(dir=_CACHE, suffix=".ttf")
        os.close(handle)
        font.save(work)
        Path(work).replace(made)
    return made
