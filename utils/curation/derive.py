"""Public tables that are computed from the restricted ones (docs/design.md §5).

They are kept beside the other curated tables, so that everything works where the restricted folder
is left out, and every check compares them with what the restricted folder gives.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from utils.curation.curated_tables import Record
from utils.curation.disclosure.cell_suppression import CellCounts, is_small, make_entries
from utils.curation.disclosure.disclosed_cells import read_disclosed_cells
from utils.curation.disclosure.hidden_names import build_name_gate
from utils.curation.disclosure.name_filter import OPENLY_NAMED
from utils.curation.disclosure.redaction import (
    allowed_displacement,
    kinds_of,
    public_displacement,
    withheld_now,
)
from utils.curation.read import Problem, Row, Value

OPEN: Final = frozenset({"open", "in_use", "emptying", "unknown"})
NOT_COUNTED: Final = frozenset({"collection_point", "hospital"})
TOTALS: Final = frozenset({"people", "families", "people_in_sites", "families_in_sites"})


class NothingToDeriveFrom(Exception):
    """The restricted tables are not there or cannot be read; the derived tables stay as they are."""

    def __init__(self, *, problems: tuple[Problem, ...]) -> None:
        reason = "cannot be read" if problems else "are not there"
        super().__init__(f"the restricted tables {reason}; nothing was rewritten")
        self.problems = problems


def derived(record: Record) -> Mapping[str, tuple[Row, ...]]:
    """Return the rows of every derived table, as the restricted tables give them."""
    return {
        "named_districts": named_districts(record),
        "site_counts": site_counts(record),
        "named_sites": named_sites(record),
        "named_site_reports": named_site_reports(record),
    }


def named_districts(record: Record) -> tuple[Row, ...]:
    """Return the districts that a count of sites names, or once named; none is ever taken off."""
    listed = {str(row["admin2_pcode"]) for row in record.rows("named_districts")}
    now = {code for code, sites in _by_district(_known_open(record)).items() if sites > 1}
    return tuple({"admin2_pcode": code} for code in sorted(listed | now))


def _known_open(record: Record) -> list[Row]:
    return [
        row
        for row in record.rows("restricted_sites")
        if row["last_known_status"] in OPEN and row["kind"] not in NOT_COUNTED
    ]


def _by_district(sites: Iterable[Row]) -> Counter[str]:
    return Counter(str(row["admin2_pcode"]) for row in sites if row["admin2_pcode"])


def site_counts(record: Record) -> tuple[Row, ...]:
    """Return the number of sites last known open, by district.

    A district with a single such site is folded into its province, since a count of one in a named
    district points at the site. Where a release named the district before, the site is left out: two
    releases could be subtracted, and the province's count would tell the one that is left. Hand-over
    points are left out, since they are named in public and would betray by subtraction the one site
    beside them; health sites are never public.
    """
    known_open = _known_open(record)
    by_district = _by_district(known_open)
    named = {row["admin2_pcode"] for row in record.rows("named_districts")}
    known_open = [
        row
        for row in known_open
        if row["admin2_pcode"] not in named or by_district[str(row["admin2_pcode"])] > 1
    ]
    groups: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for row in known_open:
        shown = by_district[str(row["admin2_pcode"] or "")] > 1
        district = (str(row["admin2"]), str(row["admin2_pcode"])) if shown else ("", "")
        groups[(str(row["admin1"]), str(row["admin1_pcode"]), *district)].append(row)
    counted: list[Row] = [
        {
            "admin1": admin1,
            "admin1_pcode": admin1_pcode,
            "admin2": admin2 or None,
            "admin2_pcode": admin2_pcode or None,
            "level": "district" if admin2_pcode else "province",
            "sites": len(rows),
            "first_reported_month": min(_month(row["first_reported"]) for row in rows),
            "last_reported_month": max(_month(row["last_reported"]) for row in rows),
        }
        for (admin1, admin1_pcode, admin2, admin2_pcode), rows in groups.items()
    ]
    return tuple(
        sorted(
            counted,
            key=lambda row: (
                str(row["admin1_pcode"]),
                row["level"] == "province",
                str(row["admin2_pcode"]),
            ),
        )
    )


def named_sites(record: Record) -> tuple[Row, ...]:
    """Return the closed sites and goods hand-over points, which may be named."""
    columns = record.contract.tables["named_sites"].columns
    return tuple(
        {column: row[column] for column in columns}
        for row in record.rows("restricted_sites")
        if row["public_display"] == OPENLY_NAMED
    )


def named_site_reports(record: Record) -> tuple[Row, ...]:
    """Return total people and families reported at closed sites; notes pass the name gate."""
    gate = build_name_gate(record)
    closed = {
        row["site_id"]
        for row in record.rows("restricted_sites")
        if row["public_display"] == OPENLY_NAMED and row["last_known_status"] == "closed"
    }
    columns = record.contract.tables["named_site_reports"].columns
    return tuple(
        {column: row[column] for column in columns} | {"note": gate.replace(str(row["note"] or "")) or None}
        for row in record.rows("restricted_site_reports")
        if row["site_id"] in closed and row["indicator"] in TOTALS and not is_small(row)
    )


def withheld_cells(record: Record) -> tuple[Row, ...]:
    """Return the cells that every release hides: those listed already, and those a rule hides now.

    An id is never taken off the list: what one release hides, another may not show.
    """
    listed = record.rows("withheld_cells")
    known = {row["observation_id"] for row in listed}
    allowed = allowed_displacement(record)
    counts = CellCounts(make_entries(allowed), kinds_of(record), read_disclosed_cells(record.data))
    chosen = counts.find_hidden(withheld_now(record, allowed))
    columns = record.contract.tables["withheld_cells"].columns
    added: list[Row] = [
        {column: row[column] for column in columns}
        for row in public_displacement(record, chosen)
        if row["suppressed"] and row["observation_id"] not in known
    ]
    return (*listed, *added)


def write_withheld(record: Record) -> Path:
    """Bring ``withheld_cells.csv`` up to date; return the file. Raises ``OSError``."""
    return _write(record, "withheld_cells", withheld_cells(record))


def write_derived(record: Record) -> tuple[Path, ...]:
    """Rewrite the derived tables in the curated folder; return the files.

    Raises :class:`NothingToDeriveFrom`, since an empty table would be a false statement.
    """
    problems = tuple(
        problem
        for reading in record.readings.values()
        if reading.table.restricted
        for problem in reading.problems
    )
    if problems or not record.has_restricted:
        raise NothingToDeriveFrom(problems=problems)
    return tuple(_write(record, name, rows) for name, rows in derived(record).items())


def _write(record: Record, name: str, rows: tuple[Row, ...]) -> Path:
    table = record.contract.tables[name]
    path = record.data / table.path
    flags = {field.name: (field.true_value, field.false_value) for field in table.fields}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for row in rows:
        writer.writerow([_cell(row[column], flags[column]) for column in table.columns])
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return path


def _cell(value: Value, flags: tuple[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return flags[0] if value else flags[1]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _month(value: Value) -> str:
    return value.isoformat()[:7] if isinstance(value, date) else ""
