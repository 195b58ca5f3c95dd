"""Khmer digits as a reader's choice: inside a language code of its own, in addresses a second parameter.

The code is a BCP 47 tag (Khmer with CLDR's numbering system ``khmr``), so that it may stand in
``lang`` attributes, and so that whatever is kept by language keeps the two kinds of digits apart.
"""

from __future__ import annotations

import re
from typing import Final

PARAMETER: Final = "digits"
KHMER: Final = "khmer"
"""The only value of the parameter; without it digits are ASCII."""
KHMER_DIGITS: Final = "km-u-nu-khmr"
LABEL: Final = "ខ្មែរ (១២៣)"
"""The language with these digits, in its own words."""

_DIGITS: Final = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_SIGNS: Final = str.maketrans("0123456789,.", "០១២៣៤៥៦៧៨៩.,")
_NUMBER: Final = re.compile(
    r"(?P<untouched>\{[^}]*\}|[A-Za-z/@#&][\w./@#-]*\d[\w./@#-]*|\d[\d.]*[A-Za-z]\w*|[A-Za-z]\)? \d\.\d)"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?",
    re.ASCII,
)


def spoken(lang: str) -> str:
    """Return the language of a code, without its digits: one of :data:`utils.text.locale.LANGUAGES`."""
    return "km" if lang == KHMER_DIGITS else lang


def with_digits(lang: str, wish: str | None) -> str:
    """Return the code of a language with the digits wished for; a wish we do not know is no wish."""
    return KHMER_DIGITS if lang == "km" and wish == KHMER else lang


def parameters(lang: str) -> dict[str, str]:
    """Return what an address says of a language code."""
    return {"lang": spoken(lang)} | ({PARAMETER: KHMER} if lang == KHMER_DIGITS else {})


def numbering(lang: str) -> str:
    """Return CLDR's numbering system of a code."""
    return "khmr" if lang == KHMER_DIGITS else "latn"


def written(text: str, lang: str) -> str:
    """Return a formatted number or day with its digits in the numbering system of ``lang``."""
    return text.translate(_DIGITS) if lang == KHMER_DIGITS else text


def in_text(text: str, lang: str) -> str:
    """Return a sentence with its numbers in the numbering system of ``lang``, their signs too.

    Parameters in braces, codes with Latin letters and versions after a Latin word (licences) stay.
    """
    if lang != KHMER_DIGITS:
        return text
    return _NUMBER.sub(lambda match: match["untouched"] or match[0].translate(_SIGNS), text)
