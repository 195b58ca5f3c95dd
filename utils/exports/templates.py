"""An empty table to fill in: the columns of the contract as CSV, and what each takes."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from utils.releases import Release, per_release
from utils.text.locale import Names, read_titles


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a template: title by language, whether it must be filled, what it takes."""

    name: str
    titles: Names
    kind: str
    required: bool
    allowed: tuple[str, ...]


@per_release
def columns(release: Release, table: str) -> tuple[Column, ...]:
    """Return the columns of a table as its contract says. Raises ``KeyError`` for an unknown table."""
    for resource in release.contract()["resources"]:
        if resource["name"] == table:
            return tuple(
                Column(
                    name=field["name"],
                    titles=read_titles(field),
                    kind=field["type"],
                    required=bool(field.get("constraints", {}).get("required")),
                    allowed=tuple(field.get("constraints", {}).get("enum", ())),
                )
                for field in resource["schema"]["fields"]
            )
    raise KeyError(table)


@per_release
def template(release: Release, table: str) -> str:
    """Return the header of a table as CSV text: UTF-8 with a mark, so that any spreadsheet reads it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([column.name for column in columns(release, table)])
    return "\ufeff" + out.getvalue()
