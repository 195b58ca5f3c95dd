"""Finds every text that needs a translation: in the code and in the closed lists of the record."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_from_dir
from babel.messages.pofile import read_po, write_po

from utils.text.locale import LANGUAGES, catalogue_path

_KEYWORDS: Final = {
    "_": None,
    "M_": None,
    "MN_": (1, 2),
    "n": (1, 2),
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


def code_messages(root: Path) -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Yield every marked text of the code with the file it stands in."""
    for folder in _FOLDERS:
        for name, _line, message, _comments, _context in extract_from_dir(
            root / folder, method_map=[("**.py", "python")], keywords=_KEYWORDS
        ):
            yield message, f"{folder}/{name}"
    for name in _SCRIPTS:
        with (root / name).open("rb") as file:
            for _line, message, _comments, _context in extract("python", file, keywords=_KEYWORDS):
                yield message, name


def data_messages(root: Path) -> Iterator[tuple[str, str]]:
    """Yield ``(context, value)`` for every value of the record that is shown translated."""
    data = root / "data"
    for table, column, context in _FROM_TABLES:
        path = data / "curated" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row[column]:
                    yield context, row[column]
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            context = field["name"]
            if context in _CODES:
                continue
            for value in field.get("constraints", {}).get("enum", ()):
                if isinstance(value, str):
                    yield context, value
    for kind in _COLUMN_TYPES:
        yield "column_type", kind


def template(root: Path) -> Catalog:
    """Return the catalogue of all texts, without translations, in a stable order."""
    catalogue = Catalog(project="Samaki", charset="utf-8")
    found: dict[tuple[str, str], tuple[str | tuple[str, ...], set[str]]] = {}
    for message, place in code_messages(root):
        key = ("", message if isinstance(message, str) else message[0])
        found.setdefault(key, (message, set()))[1].add(place)
    for context, value in data_messages(root):
        found.setdefault((context, value), (value, set()))
    for (context, _msgid), (message, places) in sorted(found.items()):
        catalogue.add(
            message,
            context=context or None,
            locations=[(place, 0) for place in sorted(places)],
        )
    return catalogue


def update(root: Path) -> dict[str, int]:
    """Bring every catalogue up to date; return how many texts each language lacks."""
    wanted = template(root)
    missing = {}
    for lang in LANGUAGES:
        path = catalogue_path(lang)
        if path.exists():
            with path.open("rb") as file:
                catalogue = read_po(file, locale=lang)
        else:
            catalogue = Catalog(locale=lang, project="Samaki", charset="utf-8")
        catalogue.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(
                file,
                catalogue,
                width=100,
                include_lineno=False,
                omit_header=False,
                sort_output=True,
            )
        missing[lang] = len(lacking(catalogue, lang))
    return missing


def lacking(catalogue: Catalog, lang: str) -> list[tuple[str, str]]:
    """Return ``(context, text)`` of what is not translated. English needs only the closed lists."""
    needed = []
    for message in catalogue:
        if not message.id or (lang == "en" and not message.context):
            continue
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if not all(forms):
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            needed.append((message.context or "", msgid))
    return needed
