"""What stands beside the rows of a download: title, filters, sources, dictionary, licence, as-of day."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from utils.exports.dataset import Column, Dataset
from utils.exports.writing import neutralise_formula
from utils.text.locale import LANGUAGES, formats, translator

_LICENCES: Final = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}


@dataclass(frozen=True, slots=True)
class Description:
    """What a download is: its words in the reader's language, its filters and its release.

    ``filters`` are label and value as printed on the page; ``address`` opens the same view.
    """

    title: str
    subtitle: str
    filters: tuple[tuple[str, str], ...]
    address: str
    release_id: str
    lang: str


def list_facts(description: Description, dataset: Dataset) -> tuple[tuple[str, str], ...]:
    """Return the facts of a download as label and text, in the reader's language."""
    _ = translator(description.lang)
    newest = formats.format_partial_date(dataset.newest, description.lang) if dataset.newest else _("undated")
    return (
        (_("Title"), description.title),
        (_("How to read it"), description.subtitle),
        *((_("Filter: {name}", name=name), value) for name, value in description.filters),
        (_("Newest figure"), newest),
        (_("Rows"), formats.format_number(len(dataset.rows), description.lang)),
        (_("Data release"), description.release_id),
        (_("Address of this view"), description.address),
        (_("Licence"), f"{dataset.licence} {_LICENCES.get(dataset.licence, '')}".strip()),
        (_("Rights"), _("Compiled facts: CC BY 4.0. Each source keeps its rights in its text.")),
        (_("Empty cells"), _("An empty cell means “not published”. It is never zero.")),
        (
            _("Small numbers"),
            _("Counts under 5 below province level, and withdrawn rows, are left out of every format."),
        ),
        (
            _("Formulas"),
            _("In CSV and XLSX a text that a spreadsheet would run as a formula begins with an apostrophe."),
        ),
        (_("Please cite"), _citation(description)),
    )


def _citation(description: Description) -> str:
    _ = translator(description.lang)
    return _(
        "Samaki, data release {release}: “{title}”. Cite the sources of the rows, listed in the sheet "
        "of sources, not Samaki alone.",
        release=description.release_id,
        title=description.title,
    )


def write_readme(description: Description, dataset: Dataset) -> str:
    """Return the facts as a text file."""
    body = "\n\n".join(f"{name}\n    {text}" for name, text in list_facts(description, dataset))
    return f"Samaki · សាមគ្គី\n\n{body}\n"


SOURCE_COLUMNS: Final = (
    "source_id",
    "publisher",
    "title",
    "url",
    "published_on",
    "kind",
    "language",
    "grade",
)


def list_sources(dataset: Dataset) -> tuple[tuple[str, ...], ...]:
    """Return the sources that the rows cite, in the order of :data:`SOURCE_COLUMNS`."""
    return tuple(
        tuple(str(getattr(source, name) or "") for name in SOURCE_COLUMNS) for source in dataset.sources
    )


DICTIONARY_COLUMNS: Final = (
    "column",
    "type",
    "unit",
    *(f"title_{lang}" for lang in LANGUAGES),
    "description",
    "hxl_tag",
)


def list_columns(dataset: Dataset) -> tuple[tuple[str, ...], ...]:
    """Return what each column means, in the order of :data:`DICTIONARY_COLUMNS`."""
    return tuple(
        (
            column.name,
            column.kind,
            column.unit,
            *(column.titles.of(lang) for lang in LANGUAGES),
            column.description,
            column.tag,
        )
        for column in dataset.columns
    )


def write_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return text cells as CSV; a cell that a spreadsheet would run is neutralised."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[neutralise_formula(cell) for cell in row] for row in rows])
    return out.getvalue()


def write_package(description: Description, dataset: Dataset, stem: str, files: Mapping[str, str]) -> str:
    """Return a Frictionless data package for the CSV files of a download.

    ``files`` maps resource name to path; the resource called ``data`` has the types of the dataset,
    the others hold text.
    """
    resources: list[dict[str, Any]] = []
    for name, path in files.items():
        fields = [_field(column) for column in dataset.columns] if name == "data" else _text_fields(name)
        resources.append(
            {
                "name": name,
                "path": path,
                "profile": "tabular-data-resource",
                "format": "csv",
                "encoding": "utf-8",
                "schema": {"fields": fields, "missingValues": [""]},
            }
        )
    return json.dumps(
        {
            "name": stem,
            "title": description.title,
            "profile": "data-package",
            "version": description.release_id,
            "licenses": [{"name": dataset.licence, "path": _LICENCES.get(dataset.licence, "")}],
            "resources": resources,
        },
        ensure_ascii=False,
        indent=2,
    )


def _field(column: Column) -> dict[str, Any]:
    written: dict[str, Any] = {"name": column.name, "type": column.kind, "title": column.titles["en"]}
    if column.description:
        written["description"] = column.description
    if column.kind == "boolean":
        written |= {"trueValues": ["yes"], "falseValues": ["no"]}
    return written


def _text_fields(name: str) -> list[dict[str, str]]:
    columns = SOURCE_COLUMNS if name == "sources" else DICTIONARY_COLUMNS
    return [{"name": column, "type": "string"} for column in columns]


def describe_dataset(description: Description, dataset: Dataset) -> dict[str, Any]:
    """Return the facts, sources and dictionary as plain values, for JSON and Parquet."""
    return {
        "about": {
            "title": description.title,
            "subtitle": description.subtitle,
            "filters": dict(description.filters),
            "newest_figure": dataset.newest or None,
            "release": description.release_id,
            "address": description.address,
            "language": description.lang,
            "licence": dataset.licence,
            "note": dict(list_facts(description, dataset)),
        },
        "sources": [dict(zip(SOURCE_COLUMNS, row, strict=True)) for row in list_sources(dataset)],
        "dictionary": [dict(zip(DICTIONARY_COLUMNS, row, strict=True)) for row in list_columns(dataset)],
    }
