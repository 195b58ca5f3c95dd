"""Finds every text that needs a translation: in the code, in closed lists and in titles of the record."""

from __future__ import annotations

import ast
import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from utils.text.locale import LANGUAGES, SOURCE_LANGUAGE, TITLE, catalogue_path, name_column

Key: TypeAlias = tuple[str, str]
"""Context (``""`` for none) and English text; of a counted text the singular."""

_KEYWORDS: Final[dict[str, tuple[int, ...] | None]] = {
    "_": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "ngettext": (1, 2),
}
_FOLDERS: Final = ("pages", "utils")
_SCRIPTS: Final = ("dashboard.py",)
_CODES: Final = frozenset({"currency", "base", "quote", "language", "claim_language", "origin"})
_FROM_TABLES: Final = (
    # table, column, context
    ("indicators", "name", "indicator"),
    ("indicators", "definition", "definition"),
    ("indicators", "unit", "unit"),
    ("indicators", "kind", "indicator_kind"),
    ("stages", "name", "stage"),
    ("phases", "name", "phase"),
    ("donations", "in_kind_unit", "unit"),
    ("event_figures", "metric", "metric"),
    ("cities", "region", "region"),
)
_COLUMN_TYPES: Final = ("string", "integer", "number", "date", "boolean")


class MarkedInFString(ValueError):
    """Texts are marked for translation inside f-strings, where extraction does not look."""

    def __init__(self, places: tuple[str, ...]) -> None:
        super().__init__(f"texts marked inside f-strings are never extracted: {', '.join(places)}")
        self.places = places


def find_marks_in_fstrings(source: str) -> tuple[int, ...]:
    """Return the lines of Python source on which an f-string marks a text for translation."""
    return tuple(
        sorted(
            {
                call.lineno
                for text in ast.walk(ast.parse(source))
                if isinstance(text, ast.JoinedStr)
                for call in ast.walk(text)
                if isinstance(call, ast.Call) and _marks(call)
            }
        )
    )


def _marks(call: ast.Call) -> bool:
    """Return whether a call marks a text that stands in it: the text of a variable is marked elsewhere."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    return name in _KEYWORDS and bool(call.args) and isinstance(call.args[0], ast.Constant)


@cache
def extract_code_messages(root: Path) -> tuple[tuple[str | tuple[str, ...], str], ...]:
    """Return text and file of every marked text of the code. Raises :class:`MarkedInFString`.

    Texts with a context are values of the record: they are found there.
    """
    messages: list[tuple[str | tuple[str, ...], str]] = []
    paths = [path for folder in _FOLDERS for path in sorted((root / folder).rglob("*.py"))]
    wrong: list[str] = []
    for path in (*paths, *(root / name for name in _SCRIPTS)):
        name = path.relative_to(root).as_posix()
        wrong += [f"{name}:{line}" for line in find_marks_in_fstrings(path.read_text(encoding="utf-8"))]
        with path.open("rb") as file:
            for _line, message, _comments, _context in extract("python", file, keywords=_KEYWORDS):
                messages.append((message, name))
    if wrong:
        raise MarkedInFString(tuple(wrong))
    return tuple(messages)


def extract_table_values(root: Path) -> Iterator[Key]:
    """Yield ``(context, value)`` of the columns whose values are shown translated and are English texts."""
    for table, column, context in _FROM_TABLES:
        path = root / "data" / "curated" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row[column]:
                    yield context, row[column]


def extract_list_values(root: Path) -> Iterator[Key]:
    """Yield ``(column, value)`` of the closed lists of the contract; English needs a text for these too."""
    for resource in _contract(root)["resources"]:
        for field in resource["schema"]["fields"]:
            context = field["name"]
            if context in _CODES:
                continue
            for value in field.get("constraints", {}).get("enum", ()):
                if isinstance(value, str):
                    yield context, value
    for kind in _COLUMN_TYPES:
        yield "column_type", kind


def list_missing_titles(root: Path, lang: str) -> Iterator[Key]:
    """Yield the titles of tables and columns that the contract does not hold in a language."""
    contract = _contract(root)
    for resource in (*contract["resources"], *contract.get("computed", ())):
        for titled in (resource, *resource["schema"]["fields"]):
            if not titled.get(name_column(lang, TITLE)):
                yield TITLE, titled[TITLE]


def _contract(root: Path) -> dict[str, Any]:
    contract: dict[str, Any] = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    return contract


def build_template(root: Path, lang: str) -> Catalog:
    """Return the catalogue of all texts for a language, without translations, in a stable order."""
    catalogue = Catalog(project="Samaki", charset="utf-8")
    texts: dict[Key, tuple[str | tuple[str, ...], set[str]]] = {}
    for message, place in extract_code_messages(root):
        texts.setdefault(("", _first(message)), (message, set()))[1].add(place)
    for context, value in (
        *extract_table_values(root),
        *extract_list_values(root),
        *list_missing_titles(root, lang),
    ):
        texts.setdefault((context, value), (value, set()))
    for (context, _msgid), (message, places) in sorted(texts.items()):
        catalogue.add(
            message,
            context=context or None,
            locations=[(place, 0) for place in sorted(places)],
        )
    return catalogue


def update_catalogues(root: Path) -> dict[str, int]:
    """Bring every catalogue up to date; return how many texts each language lacks.

    The English one lists closed lists and what is not shown as it is written, nothing else.
    """
    missing = {}
    for lang in LANGUAGES:
        path = catalogue_path(lang)
        new = Catalog(locale=lang, project="Samaki", charset="utf-8")
        catalogue = read_catalogue(lang) if path.exists() else new
        catalogue.update(build_template(root, lang), no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        if lang == SOURCE_LANGUAGE:
            needed = set(extract_list_values(root))
            for message in [message for message in catalogue if message.id]:
                as_written = not _is_complete(message.string) or message.string == message.id
                if as_written and (message.context or "", _first(message.id)) not in needed:
                    catalogue.delete(message.id, message.context)
        with path.open("wb") as file:
            write_po(
                file,
                catalogue,
                width=100,
                include_lineno=False,
                omit_header=False,
                sort_output=True,
            )
        missing[lang] = len(list_lacking(root, lang))
    return missing


def read_catalogue(lang: str) -> Catalog:
    """Return the catalogue of a language as its file holds it."""
    with catalogue_path(lang).open("rb") as file:
        return read_po(file, locale=lang)


def list_lacking(root: Path, lang: str) -> list[Key]:
    """Return the texts that a language does not translate; English needs those of closed lists only."""
    if lang == SOURCE_LANGUAGE:
        needed = set(extract_list_values(root))
    else:
        needed = {
            (message.context or "", _first(message.id))
            for message in build_template(root, lang)
            if message.id
        }
    return sorted(
        needed
        - {
            (message.context or "", _first(message.id))
            for message in read_catalogue(lang)
            if message.id and _is_complete(message.string)
        }
    )


def _first(forms: str | tuple[str, ...] | list[str]) -> str:
    return forms if isinstance(forms, str) else forms[0]


def _is_complete(forms: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(forms if isinstance(forms, str) else forms and all(forms))
