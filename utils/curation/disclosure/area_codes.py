"""The codes of restricted places: a P-code or code of the gazetteer says as much as a name.

A code is written with or without ``KH`` and with signs between its pairs of digits. A commune's six digits
alone are a number like any other unless they begin with 0, stand for themselves, or follow a word for a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from utils.curation.read import Row

_COMMUNE: Final = 6
_CODES: Final = ("pcode", "ncdd_code")
_PAIRS: Final = r"((?:\d{2}[\s._/-]?){2,3}\d{2})(?!\d)"
_WITH_COUNTRY: Final = re.compile(rf"(?<![a-z])KH[\s._:-]{{0,2}}{_PAIRS}", re.IGNORECASE)
_AFTER_WORD: Final = re.compile(
    rf"(?:code|ncdd|gazetteer|\bcom-|\bvil-|geo.?id|commune|khum|sangkat|village|phum|ឃុំ|ភូមិ|កូដ)[^\d\n]{{0,20}}{_PAIRS}",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"(?<![\d.,])(?<![a-z]{3}-)(\d{8}|0\d{5})(?![\d,]|\.\d)")
_ALONE: Final = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)


def list_codes(rows: Iterable[Row]) -> frozenset[str]:
    """Return the digits of the codes of communes and villages."""
    digits = {str(row[column] or "").removeprefix("KH") for row in rows for column in _CODES}
    return frozenset(code for code in digits if len(code) >= _COMMUNE)


def holds_code(text: str, codes: frozenset[str]) -> bool:
    """Return whether ``text`` states one of ``codes``, or the code of a village in such a commune."""
    if not codes:
        return False
    written = (
        found for pattern in (_WITH_COUNTRY, _AFTER_WORD, _BARE, _ALONE) for found in pattern.findall(text)
    )
    digits = ("".join(filter(str.isdigit, found)) for found in written)
    return any(code in codes or code[:_COMMUNE] in codes for code in digits)
