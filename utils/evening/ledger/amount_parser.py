"""A typed amount becomes a whole number of the smallest unit, or is refused with the reason.

Nothing is guessed: ``1.000`` is a thousand to one volunteer and one to another, so it is asked again.
``static/evening/amount.js`` reads by the same rules on a phone without a network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from utils.evening.ledger.currencies import DECIMALS
from utils.text.locale import Message, lazy_gettext

LARGEST: Final = 1_000_000_000_000
"""The largest amount in the smallest unit: more is a slip of the finger."""
TROUBLES: Final[Mapping[str, Message]] = {
    "empty": lazy_gettext("Write an amount."),
    "negative": lazy_gettext("An amount has no minus sign. To take something back, use “Correct”."),
    "letters": lazy_gettext("Write digits only, and choose the currency beside them."),
    "ambiguous": lazy_gettext("This can be read in two ways. Write 1000 for a thousand, or 1.00 for one."),
    "separators": lazy_gettext("The separators do not fit. Write the amount without them, for example 1250."),
    "decimals": lazy_gettext("This currency does not have so many digits after the point."),
    "leading_zero": lazy_gettext("An amount does not begin with a zero. Check it."),
    "zero": lazy_gettext("The amount is zero. Nothing was entered."),
    "too_large": lazy_gettext("This amount is too large to be true. Check it."),
    "currency": lazy_gettext("This currency is not in the list."),
}
"""Why an amount is refused, by code."""

_DIGITS: Final = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\t", " "))
_PLAIN: Final = re.compile(r"(\d+)(?:([.,])(\d+))?")
_GROUPED: Final = re.compile(r"(\d{1,3})(?:([ .,])\d{3})(?:\2\d{3})*(?:([.,])(\d+))?")


class Unclear(Exception):
    """A typed amount cannot be taken as it is; ``code`` is one of :data:`TROUBLES`."""

    def __init__(self, *, code: str, written: str) -> None:
        super().__init__(f"{written!r}: {code}")
        self.code = code
        self.written = written

    @property
    def message(self) -> Message:
        """Return the message for the volunteer."""
        return TROUBLES[self.code]


def parse(written: str, currency: str) -> int:
    """Return the amount in the currency's smallest unit. Raises :class:`Unclear`."""

    def refuse(code: str) -> Unclear:
        return Unclear(code=code, written=written)

    if currency not in DECIMALS:
        raise refuse("currency")
    text = written.translate(_DIGITS).translate(_SPACES).strip(" ")
    if not text:
        raise refuse("empty")
    if text[0] in "-−–":
        raise refuse("negative")
    if re.search(r"[^0-9., ]", text):
        raise refuse("letters")
    whole, fraction = _split(text, refuse)
    if len(fraction) > DECIMALS[currency]:
        raise refuse("decimals")
    if len(whole) > 1 and whole.startswith("0"):
        raise refuse("leading_zero")
    minor = int(whole + fraction.ljust(DECIMALS[currency], "0"))
    if minor == 0:
        raise refuse("zero")
    if minor > LARGEST:
        raise refuse("too_large")
    return minor


def _split(text: str, refuse: Callable[[str], Unclear]) -> tuple[str, str]:
    """Return the digits before and after the decimal sign."""
    if plain := _PLAIN.fullmatch(text):
        whole, sign, fraction = plain.groups()
        if sign and len(fraction) == 3 and whole != "0":
            raise refuse("ambiguous")
        return whole, fraction or ""
    grouped = _GROUPED.fullmatch(text)
    if grouped is None or grouped[2] == grouped[3]:
        raise refuse("separators")
    if grouped[4] and len(grouped[4]) == 3:
        raise refuse("ambiguous")
    end = grouped.start(3) if grouped[3] else len(text)
    return re.sub(r"\D", "", text[:end]), grouped[4] or ""
