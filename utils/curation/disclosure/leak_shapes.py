"""Whether any of very many ids could tell what is hidden, judged by their shapes: digits written as 0.

A text can name a hidden site only if its shape does, or if a spelling that has digits could stand in
it. Where that is so, or where a text could be read in more than one way, each must be looked at.
"""

from __future__ import annotations

import re
from typing import Any, Final

import pyarrow.compute as pc

from utils.curation.disclosure.name_filter import letters
from utils.curation.disclosure.protected_values import Secret

MANY: Final = 20_000
"""Different texts beyond which shapes are looked at first."""
_RUN: Final = re.compile(r"[0-9]+")
_READ_OTHERWISE: Final = "[%&<\\\\]"
_NUMBERS_OF_A_POINT: Final = 4


def could_tell(secret: Secret, texts: Any) -> bool:
    """Return whether one of ``texts`` (an Arrow column) could tell; false only where none does."""
    if pc.any(pc.match_substring_regex(texts, _READ_OTHERWISE)).as_py():
        return True
    if not pc.all(pc.string_is_ascii(texts)).as_py():
        return True
    shapes = pc.unique(pc.replace_substring_regex(texts, "[0-9]+", "0")).to_pylist()
    if len(shapes) > MANY:
        return True
    spellings = {_shape(name) for name in secret.names.names if _RUN.search(name)}
    ids = {_RUN.sub("0", one) for one in secret.ids}
    return any(
        secret.tells(shape)
        or len(_RUN.findall(shape)) >= _NUMBERS_OF_A_POINT
        or any(one in shape.lower() for one in ids)
        or any(spelling in _shape(letters(shape)) for spelling in spellings)
        for shape in shapes
        if shape
    )


def _shape(text: str) -> str:
    return _RUN.sub("0", text)
