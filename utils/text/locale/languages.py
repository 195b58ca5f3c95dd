"""The languages of the interface: one entry each, with everything that is particular to it.

A language is added here, and its texts in ``catalogues/<code>.po``. The rest of the tree asks an entry for a
property and compares no language code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

SOURCE_LANGUAGE: Final = "en"
"""The language that the texts of the code and of the record are written in."""

_NO_BREAK: Final = "\u00a0"
_NARROW_NO_BREAK: Final = "\u202f"


@dataclass(frozen=True, slots=True)
class Digits:
    """Digits of its own that a language offers beside ASCII ones.

    ``system`` is CLDR's numbering system, ``wish`` the value of the address parameter that asks for it,
    ``label`` what the choice of languages calls it, ``zero`` the first of the ten digits.
    """

    system: str
    wish: str
    label: str
    zero: str


@dataclass(frozen=True)
class Language:
    """A language: its ISO 639-1 code, which Babel must know, and its name in its own words.

    ``territory`` completes the code to a locale of Open Graph. ``is_reviewed`` is false until a native
    reader has read the catalogue. ``is_latin`` is false for a script in which an English name would stand
    out. ``is_tall`` is true for a script that stacks marks above and below its letters and needs wider
    lines. ``amount_first`` puts an amount before its currency. ``typography`` are pairs of what is
    written in a catalogue and what printers of the language set instead.
    """

    code: str
    name: str
    territory: str
    is_reviewed: bool = True
    is_latin: bool = True
    is_tall: bool = False
    amount_first: bool = False
    digits: Digits | None = None
    typography: tuple[tuple[str, str], ...] = ()

    @property
    def locale(self) -> str:
        """Return the language with its territory, as Open Graph writes it: ``en_GB``."""
        return f"{self.code}_{self.territory}"

    @cached_property
    def digits_code(self) -> str:
        """Return the BCP 47 tag of the language with its own digits; ``""`` where it has none."""
        return f"{self.code}-u-nu-{self.digits.system}" if self.digits else ""


ALL: Final = (
    Language(code="en", name="English", territory="GB"),
    Language(
        code="fr",
        name="Français",
        territory="FR",
        amount_first=True,
        typography=(
            ("'", "’"),
            ("« ", f"«{_NO_BREAK}"),
            (" »", f"{_NO_BREAK}»"),
            (" :", f"{_NO_BREAK}:"),
            (" ;", f"{_NARROW_NO_BREAK};"),
            (" !", f"{_NARROW_NO_BREAK}!"),
            (" ?", f"{_NARROW_NO_BREAK}?"),
        ),
    ),
    Language(
        code="km",
        name="ខ្មែរ",
        territory="KH",
        is_reviewed=False,
        is_latin=False,
        is_tall=True,
        digits=Digits(system="khmr", wish="khmer", label="ខ្មែរ (១២៣)", zero="០"),
    ),
)

LANGUAGES: Final[Mapping[str, str]] = {language.code: language.name for language in ALL}
"""Names of the languages in their own words by code, the source language first."""

UNREVIEWED: Final = frozenset(language.code for language in ALL if not language.is_reviewed)
"""Codes of the languages whose catalogue awaits a native reader; the interface says so."""

_BY_CODE: Final = {
    code: language for language in ALL for code in (language.code, language.digits_code) if code
}


def find_language(code: str) -> Language | None:
    """Return the language of a code, with or without its digits; ``None`` for a code that is no language."""
    return _BY_CODE.get(code)


def language_of(code: str) -> Language:
    """Return the language of a code, with or without its digits. Raises ``KeyError`` for another code."""
    if code not in _BY_CODE:
        raise KeyError(f"no catalogue for language {code!r}; known: {', '.join(LANGUAGES)}")
    return _BY_CODE[code]
