"""One cell as text: neutral in a spreadsheet, plain in every other tool; and safe file names."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from utils.exports.dataset import CellValue

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a formula begins; a spreadsheet with a Japanese keyboard takes full-width signs as well."""
_UNSAFE: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 120


def neutralise_formula(cell: str) -> str:
    """Return ``cell`` with a leading apostrophe where a spreadsheet would run it as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def format_cell(cell: CellValue) -> str:
    """Return a cell as CSV holds it: ISO dates, ``yes`` or ``no``, whole numbers without a point.

    Text is neutralised; numbers stay numbers, also where they are negative.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str):
        return neutralise_formula(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if float(cell).is_integer() else repr(float(cell))


def make_slug(text: str) -> str:
    """Return text as lower-case letters, digits and hyphens; empty where nothing is left."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _UNSAFE.sub("-", ascii_text).strip("-")


def make_file_name(*parts: str, suffix: str) -> str:
    """Return a file name that says what it holds, of safe characters only."""
    stem = "-".join(filter(None, (make_slug(part) for part in ("samaki", *parts))))[:_LONGEST].rstrip("-")
    return f"{stem}.{suffix}"
