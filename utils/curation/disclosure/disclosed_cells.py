"""What the kept releases told of small counts: a hidden one stays hidden, a told one cannot be hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from utils.curation.curated_tables import Record
from utils.curation.disclosure.cell_suppression import Cell, Counts, cell_of, count_of
from utils.curation.disclosure.redaction import Shape, kinds_of, withheld
from utils.curation.problems import Problem
from utils.curation.read import Row
from utils.releases.catalogue import Catalogue
from utils.releases.layout import folder_of

_COLUMNS: Final = [
    *("observation_id", "as_of", "admin1", "admin2", "unit", "value", "low", "high", "suppressed")
]
_AGAIN: Final = "a cell that stays hidden, as in an earlier release: list it in withheld_cells.csv"
_TOO_LATE: Final = (
    "no count this small for a place and day of which an earlier release told the counts beside it: "
    "it could be found by subtraction. Leave the row out"
)


def told_cells(data: Path) -> frozenset[Cell]:
    """Return the cells of which a kept release shows a count."""
    return _told(rows_of_releases(data, Catalogue(data).whole_releases()))


def _told(kept: Iterable[Row]) -> frozenset[Cell]:
    return frozenset(
        cell_of(row) for row in kept if row["admin2"] and not row["suppressed"] and count_of(row) >= 0
    )


def shown_again(data: Path, public: Mapping[str, Shape], kept: Iterable[Row]) -> tuple[Problem, ...]:
    """Return cells that ``kept`` releases hide and this one would show: two could be subtracted.

    A hidden cell stays hidden under every id: a copy or a correction of it is hidden too.
    """
    hidden = [row for row in kept if row["suppressed"]]
    ids = {row["observation_id"] for row in hidden}
    cells = {cell_of(row) for row in hidden if row["admin2"]}
    _columns, rows = public["displacement"]
    return tuple(
        _problem(data, row, _AGAIN)
        for row in rows
        if not row["suppressed"]
        and count_of(row) >= 0
        and (row["observation_id"] in ids or (row["admin2"] and cell_of(row) in cells))
    )


def told_too_much(record: Record, public: Sequence[Row], kept: Iterable[Row]) -> tuple[Problem, ...]:
    """Return small counts that cannot be hidden any more: ``kept`` releases tell them by subtraction.

    ``public`` are the rows of displacement as they would go out, before the small ones are hidden.
    """
    counts = Counts(public, kinds_of(record), _told(kept))
    found = counts.found_out(Counts(public, kinds_of(record)).hidden(withheld(record)))
    return tuple(
        _problem(record.data, row, _TOO_LATE) for row in public if row["admin2"] and cell_of(row) in found
    )


def rows_of_releases(data: Path, releases: Iterable[str]) -> Iterator[Row]:
    """Yield the public rows of displacement of whole releases. Raises ``OSError``."""
    for release in releases:
        path = folder_of(data, release) / "public" / "displacement.parquet"
        known = [name for name in _COLUMNS if name in pq.read_schema(path).names]
        yield from pq.read_table(path, columns=known).to_pylist()


def _problem(data: Path, row: Row, wanted: str) -> Problem:
    file = f"{data.name}/curated/displacement.csv"
    return Problem(file, 0, "value", str(row["observation_id"]), wanted, "withheld-cell")
