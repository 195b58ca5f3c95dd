"""A public table as CSV or Parquet, with its dictionary as a companion."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any, Final

import pandas as pd

from utils.store import Release, per_release

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_STAMP: Final = (1980, 1, 1, 0, 0, 0)


def neutral(cell: str) -> str:
    """Return ``cell`` with a leading apostrophe where a spreadsheet would run it as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


@per_release
def csv_text(release: Release, table: str) -> str:
    """Return a table as CSV text (UTF-8, ISO dates, empty = not published).

    Raises :class:`utils.store.TableUnavailable`.
    """
    frame = release.table(table)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(frame.columns)
    columns = [[_cell(value) for value in frame[name].tolist()] for name in frame.columns]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def dictionary(release: Release, table: str) -> str:
    """Return the contract of one table as JSON, with release id, licence and as-of."""
    package = release.contract()
    resource = next(item for item in package["resources"] if item["name"] == table)
    return json.dumps(
        {
            "release": release.release_id,
            "tier": release.tier,
            "licenses": package.get("licenses", []),
            "resource": resource,
        },
        ensure_ascii=False,
        indent=2,
    )


@per_release
def package(release: Release, table: str, form: str) -> bytes:
    """Return a zip of one table as ``csv`` or ``parquet`` with dictionary and the sources it names.

    Raises ``ValueError`` for another form and :class:`utils.store.TableUnavailable`.
    """
    if form not in {"csv", "parquet"}:
        raise ValueError(f"unknown form {form!r}: csv or parquet")
    release.rows(table)  # refuses what is not shown
    files: dict[str, bytes] = {
        f"{table}.dictionary.json": dictionary(release, table).encode(),
        "sources.csv": csv_text(release, "sources").encode(),
    }
    if form == "csv":
        files[f"{table}.csv"] = csv_text(release, table).encode()
    else:
        files[f"{table}.parquet"] = release.content(table)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
