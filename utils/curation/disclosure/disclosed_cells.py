"""Cells that earlier releases disclosed or suppressed, in the table of displacement.

A suppressed cell stays suppressed; a disclosed one can no longer be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from utils.curation.curated_tables import Record
from utils.curation.disclosure.cell_suppression import Cell, CellCounts, cell_of, count_of, make_entries
from utils.curation.disclosure.redaction import Shape, kinds_of, withheld_now
from utils.curation.problems import Problem
from utils.curation.read import Row
from utils.releases.catalogue import Catalogue
from utils.releases.layout import folder_of

SHOWN_AGAIN: Final = "a cell that stays hidden, as in an earlier release: list it in withheld_cells.csv"
TOO_LATE: Final = (
    "no count this small for a place and day of which an earlier release told the counts beside it: "
    "it could be found by subtraction. Leave the row out"
)
_COLUMNS: Final = [
    *("observation_id", "as_of", "admin1", "admin2", "unit", "value", "low", "high", "suppressed")
]


def read_disclosed_cells(data: Path) -> frozenset[Cell]:
    """Return the cells of which a kept release shows a count."""
    return _disclosed(read_kept_rows(data, Catalogue(data).whole_releases()))


def _disclosed(kept: Iterable[Row]) -> frozenset[Cell]:
    return frozenset(
        cell_of(row) for row in kept if row["admin2"] and not row["suppressed"] and count_of(row) >= 0
    )


def find_shown_again(data: Path, public: Mapping[str, Shape], kept: Iterable[Row]) -> tuple[Problem, ...]:
    """Return cells that ``kept`` releases hide and this one would show: two could be subtracted.

    A hidden cell stays hidden under every id: a copy or a correction of it is hidden too.
    """
    hidden = [row for row in kept if row["suppressed"]]
    ids = {row["observation_id"] for row in hidden}
    cells = {cell_of(row) for row in hidden if row["admin2"]}
    _columns, rows = public["displacement"]
    return tuple(
        _problem(data, row, SHOWN_AGAIN)
        for row in rows
        if not row["suppressed"]
        and count_of(row) >= 0
        and (row["observation_id"] in ids or (row["admin2"] and cell_of(row) in cells))
    )


def find_disclosed_small(record: Record, public: Sequence[Row], kept: Iterable[Row]) -> tuple[Problem, ...]:
    """Return small counts that cannot be hidden any more: ``kept`` releases disclose them by subtraction.

    ``public`` are the rows of displacement as they would go out, before the small ones are hidden.
    """
    entries, kinds = make_entries(public), kinds_of(record)
    hidden = CellCounts(entries, kinds).find_hidden(withheld_now(record, public))
    disclosed = CellCounts(entries, kinds, _disclosed(kept)).find_disclosed(hidden)
    return tuple(
        _problem(record.data, row, TOO_LATE) for row in public if row["admin2"] and cell_of(row) in disclosed
    )


def read_kept_rows(data: Path, releases: Iterable[str]) -> Iterator[Row]:
    """Yield the public rows of displacement of whole releases. Raises ``OSError``."""
    for release in releases:
        path = folder_of(data, release) / "public" / "displacement.parquet"
        known = [name for name in _COLUMNS if name in pq.read_schema(path).names]
        yield from pq.read_table(path, columns=known).to_pylist()


def _problem(data: Path, row: Row, wanted: str) -> Problem:
    file = f"{data.name}/curated/displacement.csv"
    return Problem(file, 0, "value", str(row["observation_id"]), wanted, "withheld-cell")
