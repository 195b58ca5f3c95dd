"""A name in several languages, from the columns or keys that hold it: ``name``, ``name_fr``, ``title_km``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from utils.text.locale.digits import strip_digits, write_text_digits
from utils.text.locale.languages import LANGUAGES, SOURCE_LANGUAGE

NAME: Final = "name"
TITLE: Final = "title"
"""What columns and keys that hold a name, or the title of a table or column, begin with."""


def name_columns(columns: Iterable[str], stem: str = NAME) -> tuple[str, ...]:
    """Return the columns that hold a name in any language (``name``, ``name_*``), in their order."""
    pattern = re.compile(rf"{stem}(_\w+)?")
    return tuple(column for column in columns if pattern.fullmatch(column))


def name_column(lang: str, stem: str = NAME) -> str:
    """Return the column that holds a name in a language: ``name`` for English, else ``name_fr``."""
    return stem if lang == SOURCE_LANGUAGE else f"{stem}_{lang}"


class Names(Mapping[str, str]):
    """A name by language code, without the languages that have none; English first.

    Immutable and hashable. Arguments as those of ``dict``; an empty text counts as none.
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None, /, **more: str) -> None:
        given = {**(texts or {}), **more}
        order = dict.fromkeys((*LANGUAGES, *given))
        self._texts = {lang: given[lang] for lang in order if given.get(lang)}

    @classmethod
    def of_row(cls, row: Mapping[str, Any], stem: str = NAME) -> Names:
        """Return the name that a row holds in ``name`` (English) and ``name_*``, or under another stem."""
        return cls({lang: row.get(name_column(lang, stem)) or "" for lang in LANGUAGES})

    def __getitem__(self, lang: str) -> str:
        """Return the name in a language. Raises ``KeyError`` where it has none."""
        return self._texts[lang]

    def __iter__(self) -> Iterator[str]:
        """Yield the codes of the languages that have the name."""
        return iter(self._texts)

    def __len__(self) -> int:
        """Return how many languages have the name."""
        return len(self._texts)

    def __hash__(self) -> int:
        """Return a hash that equal names share."""
        return hash(frozenset(self._texts.items()))

    def __repr__(self) -> str:
        """Return the names as they are written in code."""
        return f"Names({self._texts!r})"

    @property
    def en(self) -> str:
        """Return the English name; ``""`` where the record holds none."""
        return self._texts.get(SOURCE_LANGUAGE, "")

    def of(self, lang: str) -> str:
        """Return the name in the language of a code, with its digits; English where it has none."""
        own = self._texts.get(strip_digits(lang))
        return write_text_digits(own, lang) if own else self.en
