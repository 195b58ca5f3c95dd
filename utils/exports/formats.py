"""The file formats: a dataset in, the bytes of one file out.

CSV and HXL-tagged CSV are the rows alone, for programs that read an address; the archive holds the same
CSV with sources, dictionary and licence beside it. Parquet carries these as metadata of its schema, XLSX
as further sheets, JSON and GeoJSON in their one document.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from utils.exports import dictionary
from utils.exports.dataset import CellValue, Column, Dataset
from utils.exports.dictionary import Description
from utils.exports.outlines import attribution, find_geometry
from utils.exports.writing import format_cell, neutralise_formula

_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_BOM: Final = "\ufeff"
"""Tells spreadsheets that the CSV of an archive is UTF-8: without it Khmer opens as question marks.

The plain CSV has none: R and Python's own reader would take it for a part of the first column's name.
"""
_ARROW: Final[Mapping[str, pa.DataType]] = {
    "string": pa.string(),
    "number": pa.float64(),
    "integer": pa.int64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}
_WIDEST: Final = 60


class UnknownFormat(Exception):
    """There is no such file format, or the dataset cannot be written in it."""

    def __init__(self, *, form: str, known: tuple[str, ...]) -> None:
        super().__init__(f"unknown form {form[:20]!r}: one of {', '.join(known)}")
        self.form = form
        self.known = known


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its suffix, media type, and the function that writes it."""

    name: str
    label: str
    suffix: str
    media_type: str
    write: Callable[[Description, Dataset, str], bytes]


def available_formats(dataset: Dataset) -> tuple[str, ...]:
    """Return the forms a dataset can be written in: GeoJSON only where rows are places."""
    return tuple(name for name in FORMATS if name != "geojson" or dataset.placed)


def write_file(
    form: str, description: Description, dataset: Dataset, stem: str, *, placed: bool = False
) -> bytes:
    """Return the file. ``stem`` names the data inside an archive. Raises :class:`UnknownFormat`.

    ``placed``: its rows may be places, though under these filters none needs to be.
    """
    unlocated = placed and len(dataset.spots) == len(dataset.rows)
    known = tuple(FORMATS) if unlocated else available_formats(dataset)
    if form not in known:
        raise UnknownFormat(form=form, known=known)
    return FORMATS[form].write(description, dataset, stem)


def write_rows(dataset: Dataset, *, tags: bool = False) -> str:
    """Return the rows as CSV (UTF-8, ISO dates, empty = not published), with a row of HXL tags."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in dataset.columns])
    if tags:
        writer.writerow([column.tag for column in dataset.columns])
    writer.writerows([format_cell(cell) for cell in row] for row in dataset.rows)
    return out.getvalue()


def _csv(_description: Description, dataset: Dataset, _stem: str) -> bytes:
    return write_rows(dataset).encode()


def _hxl(_description: Description, dataset: Dataset, _stem: str) -> bytes:
    return write_rows(dataset, tags=True).encode()


def _archive(description: Description, dataset: Dataset, stem: str) -> bytes:
    files = {"data": f"{stem}.csv", "sources": "sources.csv", "dictionary": "dictionary.csv"}
    members = {
        files["data"]: _BOM + write_rows(dataset),
        files["sources"]: dictionary.write_csv(dictionary.SOURCE_COLUMNS, dictionary.list_sources(dataset)),
        files["dictionary"]: dictionary.write_csv(
            dictionary.DICTIONARY_COLUMNS, dictionary.list_columns(dataset)
        ),
        "README.txt": dictionary.write_readme(description, dataset),
        "datapackage.json": dictionary.write_package(description, dataset, stem, files),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in sorted(members.items()):
            archive.writestr(zipfile.ZipInfo(name, _STAMP), content.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parquet(description: Description, dataset: Dataset, _stem: str) -> bytes:
    columns = [
        pa.array([_of_kind(row[index], column) for row in dataset.rows], _ARROW[column.kind])
        for index, column in enumerate(dataset.columns)
    ]
    facts = json.dumps(dictionary.describe_dataset(description, dataset), ensure_ascii=False)
    schema = pa.schema(
        [(column.name, _ARROW[column.kind]) for column in dataset.columns], metadata={"samaki": facts}
    )
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), out, compression="zstd")
    return out.getvalue()


def _of_kind(cell: CellValue, column: Column) -> CellValue:
    if cell is None or cell == "":
        return None
    if column.kind == "number" and not isinstance(cell, str | date):
        return float(cell)
    if column.kind == "integer" and isinstance(cell, float):
        return int(cell)
    return cell


def _json(description: Description, dataset: Dataset, _stem: str) -> bytes:
    names = [column.name for column in dataset.columns]
    rows = [{name: _simple(cell) for name, cell in zip(names, row, strict=True)} for row in dataset.rows]
    return _dump({**dictionary.describe_dataset(description, dataset), "rows": rows})


def _geojson(description: Description, dataset: Dataset, _stem: str) -> bytes:
    names = [column.name for column in dataset.columns]
    features = []
    for row, spot in zip(dataset.rows, dataset.spots, strict=True):
        properties = {name: _simple(cell) for name, cell in zip(names, row, strict=True)}
        properties["precision"] = spot.precision if spot else None
        features.append({"type": "Feature", "geometry": find_geometry(spot), "properties": properties})
    return _dump(
        {
            "type": "FeatureCollection",
            **dictionary.describe_dataset(description, dataset),
            "geometry_attribution": attribution(),
            "features": features,
        }
    )


def _simple(cell: CellValue) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    return None if cell == "" else cell


def _dump(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _xlsx(description: Description, dataset: Dataset, _stem: str) -> bytes:
    out = io.BytesIO()
    import xlsxwriter  # only a workbook needs it

    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": description.title, "created": datetime(2000, 1, 1)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    data = book.add_worksheet("Data")
    for index, column in enumerate(dataset.columns):
        data.write_string(0, index, column.name, head)
        for number, row in enumerate(dataset.rows, 1):
            _put(data, number, index, row[index], day)
    data.freeze_panes(1, 1)
    data.autofit(max_width=240)
    if dataset.rows:
        data.autofilter(0, 0, len(dataset.rows), len(dataset.columns) - 1)
    _texts(book, "Read me", (), dictionary.list_facts(description, dataset), head)
    _texts(book, "Sources", dictionary.SOURCE_COLUMNS, dictionary.list_sources(dataset), head)
    _texts(book, "Dictionary", dictionary.DICTIONARY_COLUMNS, dictionary.list_columns(dataset), head)
    book.close()
    return out.getvalue()


def _put(page: Any, row: int, column: int, cell: CellValue, day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_string(row, column, "yes" if cell else "no")
    elif isinstance(cell, date):
        page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)
    elif isinstance(cell, str):
        page.write_string(row, column, neutralise_formula(cell))
    else:
        page.write_number(row, column, cell)


def _texts(book: Any, name: str, columns: Any, rows: Any, head: Any) -> None:
    """Write a sheet of text cells."""
    page = book.add_worksheet(name)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for index, column in enumerate(columns):
        page.write_string(0, index, column, head)
    for number, row in enumerate(rows, 1 if columns else 0):
        for index, cell in enumerate(row):
            page.write_string(number, index, neutralise_formula(cell), wrap)
    page.set_column(0, 0, 26)
    page.set_column(1, max(len(columns) - 1, 1), _WIDEST if not columns else 24)


FORMATS: Final[Mapping[str, Format]] = {
    form.name: form
    for form in (
        Format("csv", "CSV", "csv", "text/csv; charset=utf-8", _csv),
        Format(
            "xlsx",
            "XLSX",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _xlsx,
        ),
        Format("json", "JSON", "json", "application/json", _json),
        Format("geojson", "GeoJSON", "geojson", "application/geo+json", _geojson),
        Format("hxl", "HXL", "hxl.csv", "text/csv; charset=utf-8", _hxl),
        Format("parquet", "Parquet", "parquet", "application/vnd.apache.parquet", _parquet),
        Format("zip", "ZIP", "zip", "application/zip", _archive),
    )
}
