"""Finds what points to a private person in free text: phone numbers, e-mail addresses, home addresses.

Institutions have columns of their own for these (``emergency_contacts``). Ids, dates, years, sums and
ranges of numbers are no phone numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

Personal = Literal["phone number", "e-mail address", "home address"]

_EMAIL: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[A-Za-z]{2,}")
_PHONE: Final = re.compile(
    r"(?<![\w.,-])(?:\+\s?\d[\d ().-]{6,18}\d|\(?0\d{1,3}\)?(?:[ .-]?\d{2,4}){2,4})(?![\w-]|[.,]\d)"
)
_ADDRESS: Final = re.compile(
    r"\b\d{1,4}\s?(?:bis|ter|[A-D])?,?\s+(?:rue|avenue|av\.|boulevard|bd|impasse|allée|chemin|quai|place)\s+\w"
    r"|\b\d{1,5}\s+(?:[A-Z][\w'’-]+\s+){1,3}(?:street|st\.|avenue|ave\.?|road|rd\.?|boulevard|blvd\.?|lane|drive)\b"
    r"|\b(?:house|home|apartment|apt|flat)\s*(?:no\.?|number|#)\s*\d+"
    r"|ផ្ទះ\s*លេខ",
    re.IGNORECASE,
)
_KHMER_DIGITS: Final = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_DIGITS: Final = range(8, 16)


def personal(text: str) -> Iterator[Personal]:
    """Yield what kinds of personal data ``text`` holds. Digits of Khmer count as digits."""
    plain = text.translate(_KHMER_DIGITS)
    if _EMAIL.search(plain):
        yield "e-mail address"
    if any(sum(char.isdigit() for char in match[0]) in _DIGITS for match in _PHONE.finditer(plain)):
        yield "phone number"
    if _ADDRESS.search(plain):
        yield "home address"
