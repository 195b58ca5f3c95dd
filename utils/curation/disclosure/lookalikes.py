"""Signs that look alike, by Unicode's list of confusables: a name in Cyrillic letters is still the name.

Khmer, Thai and their neighbours, and the scripts of East Asia, keep their own letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from confusable_homoglyphs import confusables

INVISIBLE: Final = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2060\u2061\u2062\u2063\u2064\ufeff"
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_OWN_LETTERS: Final = (
    (0x0900, 0x1100),
    (0x1780, 0x1800),
    (0x1900, 0x1AB0),
    (0x2E80, 0xA4D0),
    (0xAC00, 0xD800),
)
"""Scripts in which names of the region are written, and those of East Asia: from, up to."""
_LETTER: Final = re.compile(
    r"(?:(?:SQUARED |NEGATIVE (?:CIRCLED|SQUARED) )?LATIN (?:SMALL|CAPITAL) LETTER"
    r"|LATIN LETTER SMALL CAPITAL|REGIONAL INDICATOR SYMBOL LETTER) ([A-Z])(?: WITH .+)?"
)
_STROKES: Final = frozenset("lI1|")
_TURNED: Final = re.compile("\u202e|<bdo\\b|bidi-override", re.IGNORECASE)


@cache
def fold_lookalike(sign: str) -> str:
    """Return the ASCII letter that a sign looks like, in either case; the sign itself where there is none."""
    if sign.isascii() or any(first <= ord(sign) < after for first, after in _OWN_LETTERS):
        return sign
    for form in (sign, sign.lower(), sign.upper()):
        found = _looks_like(form)
        if found:
            return "i" if found in _STROKES and sign.isupper() else found
    named = _LETTER.fullmatch(unicodedata.name(sign, ""))
    return named[1].lower() if named else sign


def _looks_like(form: str) -> str:
    """Return the ASCII letter or digit that Unicode lists beside a sign; ``""`` for none."""
    listed = (str(other["c"]) for other in confusables.confusables_data.get(form, ()))
    return next((other for other in listed if len(other) == 1 and other.isascii() and other.isalnum()), "")


class _Plain(dict[int, str | None]):
    """What each sign is in a code, a number or an id, found out when it is first met; ``None``: nothing."""

    def __missing__(self, code: int) -> str | None:
        self[code] = _plain(chr(code))
        return self[code]


_PLAIN: Final = _Plain()
_OTHERS: Final = re.compile(r"[^\x00-\x7f]+")


def _plain(sign: str) -> str | None:
    if sign.isascii():
        return sign
    if sign in INVISIBLE or unicodedata.category(sign) == "Cf":
        return None
    if unicodedata.category(sign) == "Pd":
        return "-"
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    spread = unicodedata.normalize("NFKC", sign)
    return fold_lookalike(sign) if spread == sign else spread


def to_plain_signs(text: str) -> str:
    """Return ``text`` with digits, dashes and letters of any script that look like ASCII ones as those."""
    return _OTHERS.sub(lambda run: run[0].translate(_PLAIN), text)


def is_turned(text: str) -> bool:
    """Return whether a text asks to be shown from right to left: then it is read backwards too."""
    return bool(_TURNED.search(text))
