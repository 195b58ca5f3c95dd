"""Digits of a language's own as a reader's choice: inside its code, in addresses a second parameter.

The code is a BCP 47 tag with CLDR's numbering system (``km-u-nu-khmr``), so that it may stand in ``lang``
attributes, and so that whatever is kept by language keeps the two kinds of digits apart. Without the
choice digits are ASCII. Which languages have digits of their own: :mod:`utils.text.locale.languages`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from babel import Locale

from utils.text.locale.languages import Digits, find_language

PARAMETER: Final = "digits"
_ASCII: Final = "0123456789"
_NUMBER: Final = re.compile(
    r"(?P<untouched>\{[^}]*\}|[A-Za-z/@#&][\w./@#-]*\d[\w./@#-]*|\d[\d.]*[A-Za-z]\w*|[A-Za-z]\)? \d\.\d)"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?",
    re.ASCII,
)


def strip_digits(lang: str) -> str:
    """Return the language of a code, without its digits: one of :data:`utils.text.locale.LANGUAGES`."""
    language = find_language(lang)
    return language.code if language else lang


def add_digits(lang: str, wish: str | None) -> str:
    """Return the code of a language with the digits wished for; a wish we do not know is no wish."""
    language = find_language(lang)
    if language and language.digits and language.digits.wish == wish:
        return language.digits_code
    return lang


def find_digit_parameters(lang: str) -> dict[str, str]:
    """Return the parameters of an address that ask for a language code."""
    chosen = _chosen(lang)
    return {"lang": strip_digits(lang)} | ({PARAMETER: chosen.wish} if chosen else {})


def choose_numbering(lang: str) -> str:
    """Return CLDR's numbering system of a code."""
    chosen = _chosen(lang)
    return chosen.system if chosen else "latn"


def write_digits(text: str, lang: str) -> str:
    """Return a formatted number or day with its digits in the numbering system of ``lang``."""
    return text.translate(_digit_table(lang)) if _chosen(lang) else text


def write_text_digits(text: str, lang: str) -> str:
    """Return a sentence with its numbers in the numbering system of ``lang``, their signs too.

    Parameters in braces, codes with Latin letters and versions after a Latin word (licences) stay.
    """
    if not _chosen(lang):
        return text
    signs = _digit_table(lang) | _sign_table(lang)
    return _NUMBER.sub(lambda match: match["untouched"] or match[0].translate(signs), text)


def _chosen(lang: str) -> Digits | None:
    """Return the digits that a code asks for; ``None`` for ASCII digits."""
    language = find_language(lang)
    return language.digits if language and lang == language.digits_code else None


@cache
def _digit_table(lang: str) -> dict[int, str]:
    chosen = _chosen(lang)
    return {ord(digit): chr(ord(chosen.zero) + int(digit)) for digit in _ASCII} if chosen else {}


@cache
def _sign_table(lang: str) -> dict[int, str]:
    """Return CLDR's signs between thousands and before decimals, by the English ones."""
    symbols = Locale(strip_digits(lang)).number_symbols[choose_numbering(lang)]
    return {ord(","): symbols["group"], ord("."): symbols["decimal"]}
