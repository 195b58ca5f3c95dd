"""Donation codes: who receives, where the code leads, who checked it, when and until when.

Read from one TOML file that starts empty. A code that nobody checked, or whose check expired, is never
shown: the wall and the sheet say so instead. All problems are reported together.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from utils.evening import settings
from utils.evening.ledger import input_limits
from utils.evening.settings import BadSettings
from utils.text.locale import lazy_gettext

State = Literal["good", "expired", "unchecked"]
FILE: Final = Path(__file__).parents[2] / "data" / "evening" / "codes.toml"
MOST: Final = 3
UNREAD_CODES: Final = lazy_gettext("The list of donation codes cannot be read: no code is shown.")
_KEYS: Final = ("institution", "address", "checked_by", "checked_on", "valid_until")
_LONGEST: Final = 300
_LONGEST_NAME: Final = 48
_LONGEST_POST: Final = 20
_EXPECTED: Final = 'a web address that begins with "https://", or a payment code that begins with 000201'
log = logging.getLogger(__name__)
_PAYMENT: Final = "000201"
_CHECK: Final = "6304"


@dataclass(frozen=True, slots=True)
class GiftCode:
    """One donation code. ``checked_by`` is a post; it and both days are empty where nobody checked."""

    institution: str
    address: str
    checked_by: str
    checked_on: date | None
    valid_until: date | None

    def state(self, today: date) -> State:
        """Return whether the code may be shown on this day."""
        if self.checked_on is None or self.valid_until is None or self.checked_on > today:
            return "unchecked"
        return "good" if today <= self.valid_until else "expired"


def path() -> Path:
    """Return the file of codes: ``SAMAKI_CODES``, else the one of the product."""
    return Path(os.environ.get("SAMAKI_CODES") or FILE)


def load() -> tuple[GiftCode, ...]:
    """Read the file of codes. Raises :class:`BadSettings`."""
    return read(settings.read_text(path()), where=path().name)


def load_or_none() -> tuple[GiftCode, ...] | None:
    """Read the file of codes; ``None``, and a line in the log, where it cannot be read."""
    try:
        return load()
    except BadSettings as bad:
        log.warning("%s", bad)
        return None


def read(text: str, *, where: str = "codes.toml") -> tuple[GiftCode, ...]:
    """Read a file of codes. Raises :class:`BadSettings` with every problem."""
    content = settings.parse_toml(text, where=where)
    problems = settings.unknown_keys(content, ["code"])
    rows = settings.read_tables(content, "code", problems)
    if len(rows) > MOST:
        problems.append(f"{len(rows)} codes, expected at most {MOST}")
    found = tuple(_code(row, f"code {number}", problems) for number, row in enumerate(rows, 1))
    for number, code in enumerate(found):
        if code.address and code.address in {other.address for other in found[:number]}:
            problems.append(f"code {number + 1}, address: stands twice, expected one row for each")
    if problems:
        raise BadSettings(where=where, problems=problems)
    return found


def _code(row: Mapping[str, object], at: str, problems: list[str]) -> GiftCode:
    problems += settings.unknown_keys(row, _KEYS, f"{at}, ")
    checked_on = _day(row, "checked_on", at, problems)
    valid_until = _day(row, "valid_until", at, problems)
    checked_by = _words(row, "checked_by", at, problems, longest=_LONGEST_POST)
    given = [key for key in _KEYS[2:] if row.get(key)]
    if 0 < len(given) < len(_KEYS[2:]):
        missing = ", ".join(key for key in _KEYS[2:] if key not in given)
        problems.append(
            f"{at}, {missing}: missing, expected who checked, when and until when, or none of them"
        )
    if checked_on and valid_until and valid_until < checked_on:
        problems.append(f"{at}, valid_until {valid_until}: expected {checked_on} or later")
    institution = _words(row, "institution", at, problems, longest=_LONGEST_NAME, required=True)
    return GiftCode(institution, _address(row, at, problems), checked_by, checked_on, valid_until)


def _words(
    row: Mapping[str, object], key: str, at: str, problems: list[str], *, longest: int, required: bool = False
) -> str:
    written = row.get(key, "")
    if not isinstance(written, str):
        problems.append(f"{at}, {key} {written!r}: expected a text")
        return ""
    try:
        return input_limits.clean(key, written, required=required, longest=longest)
    except input_limits.Unfit as unfit:
        expected = f"expected at most {longest} letters" if unfit.code == "too_long" else unfit.message.msgid
        problems.append(f"{at}, {key} {written!r}: {expected}")
        return ""


def _day(row: Mapping[str, object], key: str, at: str, problems: list[str]) -> date | None:
    written = row.get(key)
    if written is None:
        return None
    if isinstance(written, date) and not isinstance(written, datetime):
        return written
    problems.append(f"{at}, {key} {written!r}: expected a day without quotes, for example 2026-12-20")
    return None


def _address(row: Mapping[str, object], at: str, problems: list[str]) -> str:
    written = row.get("address", "")
    if isinstance(written, str) and len(written) <= _LONGEST and (_is_web(written) or _is_payment(written)):
        return written
    problems.append(f"{at}, address {written!r}: expected {_EXPECTED}")
    return ""


def _is_web(written: str) -> bool:
    if not written.startswith("https://") or not written.isprintable() or " " in written:
        return False
    try:
        parts = urlsplit(written)
    except ValueError:
        return False
    return "." in (parts.hostname or "") and "@" not in parts.netloc


def _is_payment(written: str) -> bool:
    """Return whether this is a payment code of the EMV form, whole: its last four signs check the others."""
    body, check = written[:-4], written[-4:]
    ascii_only = written.isascii() and written.isprintable()
    return ascii_only and body.startswith(_PAYMENT) and body.endswith(_CHECK) and check == _checksum(body)


def _checksum(text: str) -> str:
    """Return the CRC-16 (CCITT, from FFFF) of a payment code as four hexadecimal digits."""
    register = 0xFFFF
    for byte in text.encode("ascii"):
        register ^= byte << 8
        for _bit in range(8):
            register = (register << 1 ^ 0x1021 if register & 0x8000 else register << 1) & 0xFFFF
    return f"{register:04X}"
