"""One cell, by the contract of its column: a value, or what was expected. Never guesses.

Numbers with separators, approximations and dates that are not ISO are refused, since a guess would
become a figure. Khmer and Thai digits mean the same as ASCII ones and are converted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Final
from unicodedata import category

from utils.curation.contract import Field
from utils.curation.problems import NEEDED_SIGNS, Code, Fault, Value

MAX_CELL: Final = 20_000
MAX_DIGITS: Final = 15
DIGITS: Final = str.maketrans("០១២៣៤៥៦៧៨៩๐๑๒๓๔๕๖๗๘๙", "01234567890123456789")
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_INTEGER: Final = re.compile(r"-?[0-9]+")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_THOUSANDS_OR_DECIMALS: Final = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_FINELY_MEASURED: Final = "degree"


def hidden_sign(text: str) -> str:
    """Return the first sign of a text that no reader sees, ``""`` where there is none.

    These are the signs of the Unicode categories Cc and Cf: controls, and formats such as those that turn
    the direction of writing. Khmer needs U+200B to U+200D, which break and join words.
    """
    if text.isprintable():
        return ""
    return next((sign for sign in text if sign not in NEEDED_SIGNS and category(sign) in ("Cc", "Cf")), "")


def parse(cell: str, field: Field) -> tuple[Value, Fault | None]:
    """Return the value of a cell, and what is wrong with it: ``None`` when it is good."""
    if len(cell) > MAX_CELL:
        return None, Fault(f"at most {MAX_CELL} characters", "size")
    if cell == "":
        return None, Fault("a value", "required") if field.required else None
    if field.kind == "string":
        return cell, _text_fault(cell, field)
    if field.kind == "boolean":
        if cell in (field.true_value, field.false_value):
            return cell == field.true_value, None
        return None, Fault(f"{field.true_value} or {field.false_value}", "flag")
    plain = cell.strip().translate(DIGITS)
    return _day(plain) if field.kind == "date" else _figure(plain, field)


def _day(plain: str) -> tuple[Value, Fault | None]:
    wrong = Fault("an ISO date such as 2025-07-24", "date")
    if not _DAY.fullmatch(plain):
        return None, wrong
    try:
        return date.fromisoformat(plain), None
    except ValueError:
        return None, wrong


def _figure(plain: str, field: Field) -> tuple[Value, Fault | None]:
    value: float | int
    if field.kind == "integer":
        if not _INTEGER.fullmatch(plain) or len(plain) > MAX_DIGITS:
            return None, Fault("a whole number such as 12345", "number")
        value = int(plain)
    else:
        if not _NUMBER.fullmatch(plain) or not math.isfinite(float(plain)):
            return None, Fault("a plain decimal number such as 12345 or 12.5", "number")
        if field.unit != _FINELY_MEASURED and _THOUSANDS_OR_DECIMALS.fullmatch(plain):
            joined = plain.replace(".", "")
            return None, Fault(f"{joined} or {plain}0, whichever the source means", "number")
        value = float(plain)
    outside = _bounds_fault(value, field)
    return (None, outside) if outside else (value, None)


def _bounds_fault(value: float, field: Field) -> Fault | None:
    if not math.isfinite(value):
        return Fault("a finite number", "number")
    if field.minimum is not None and value < field.minimum:
        return Fault(f"{field.minimum:g} or more", "number")
    if field.maximum is not None and value > field.maximum:
        return Fault(f"{field.maximum:g} or less", "number")
    return None


def _text_fault(cell: str, field: Field) -> Fault | None:
    if field.allowed and cell not in field.allowed:
        return Fault("one of " + ", ".join(sorted(field.allowed)), "allowed")
    if field.pattern and not field.pattern.fullmatch(cell):
        return Fault(f"text like {field.pattern.pattern}", "pattern")
    sign = hidden_sign(cell)
    return Fault(f"text without hidden signs (U+{ord(sign):04X} is one)", "hidden-sign") if sign else None


_STORED: Final[Mapping[str, tuple[tuple[type, ...], Code]]] = {
    "string": ((str,), "pattern"),
    "number": ((float, int), "number"),
    "integer": ((int,), "number"),
    "date": ((date,), "date"),
    "boolean": ((bool,), "flag"),
}


def value_fault(value: object, field: Field) -> Fault | None:
    """Return what is wrong with a value of a Parquet file, which has a type already."""
    if value is None:
        return Fault("a value", "required") if field.required else None
    types, code = _STORED[field.kind]
    if type(value) not in types:
        return Fault(f"a value of type {field.kind}", code)
    if isinstance(value, str):
        return (
            Fault(f"at most {MAX_CELL} characters", "size")
            if len(value) > MAX_CELL
            else _text_fault(value, field)
        )
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _bounds_fault(value, field)
    return None
