"""Counts so small that they point at people: hidden below province level, and what would tell them.

A *cell* is a district on a day. Where one small count in it is hidden, every count of people or
families there on that day is, of every source, indicator and basis: so no other spelling, total of
parts, copy or correction of the count is left to subtract from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from utils.curation.disclosure.name_filter import letters
from utils.curation.read import Row, Value

SMALL: Final = 5
_SMALLEST: Final[Mapping[Value, int]] = {"people": SMALL, "families": SMALL, "sites": 2}
"""By unit, the smallest count of a district that is shown; zero is shown too."""
_RUNNING: Final = frozenset({"flow", "cumulative"})
Cell = tuple[Value, Value, Value]
"""Day, province, district."""
_Sum = tuple[Value, ...]
"""What a subtraction needs: an indicator, a day, a province, and maybe one source or one basis."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """What stays hidden since an earlier release hid it: rows by id, and cells for good."""

    ids: frozenset[str] = frozenset()
    cells: frozenset[Cell] = frozenset()


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of displacement, and what it takes to say which of their cells can be told.

    ``kinds`` tells of each indicator whether it is a stock, a flow or cumulative; ``told`` are the cells
    that an earlier release showed: hiding them now would hide nothing.
    """

    rows: Sequence[Row]
    kinds: Mapping[str, str] = field(default_factory=dict)
    told: frozenset[Cell] = frozenset()

    def small(self) -> frozenset[Cell]:
        """Return the cells that hold a small count, with all days of a district whose flow or running
        total is small: two totals would tell the flow between them.
        """
        found = {cell_of(row) for row in self._counted() if is_small(row)}
        return self.spread(found)

    def spread(self, cells: Iterable[Cell]) -> frozenset[Cell]:
        """Return cells with all days of a district in which one holds a flow or a running total."""
        found = set(cells)
        running = {
            cell_of(row)[1:]
            for row in self._counted()
            if cell_of(row) in found and self.kinds.get(str(row["indicator"])) in _RUNNING
        }
        return frozenset(found | {cell for cell in map(cell_of, self._counted()) if cell[1:] in running})

    def hidden(self, withheld: Withheld) -> frozenset[Cell]:
        """Return every cell to hide: small ones, those withheld, and others until none can be found."""
        found = self.spread(self.small() | withheld.cells | self._cells_of(withheld.ids))
        while lonely := next(self._lonely(found), None):
            found = self.spread(found | {lonely})
        return found

    def found_out(self, hidden: frozenset[Cell]) -> frozenset[Cell]:
        """Return the small cells that earlier releases told, or tell by subtraction."""
        small = self.small()
        alone = {
            next(iter(unknown))
            for cells in self._sums().values()
            if len(unknown := (cells.keys() & hidden) - self.told) == 1 and len(cells) > 1
        }
        return frozenset(small & (self.told | alone))

    def _counted(self) -> Iterator[Row]:
        return (row for row in self.rows if row["admin2"] and _is_count(row))

    def _cells_of(self, ids: frozenset[str]) -> frozenset[Cell]:
        """Return the cells of rows by id, and of those that stand in their place."""
        known = set(ids)
        while added := {
            str(row["observation_id"])
            for row in self.rows
            if row.get("supersedes") in known and row["observation_id"] not in known
        }:
            known |= added
        return frozenset(cell_of(row) for row in self._counted() if row["observation_id"] in known)

    def _sums(self) -> dict[_Sum, dict[Cell, float]]:
        """Return the cells that add up to a figure of their province, each with its smallest count."""
        sums: dict[_Sum, dict[Cell, float]] = defaultdict(dict)
        for row in self._counted():
            area = (row["indicator"], row["as_of"], row["admin1"])
            for part in ((), ("of", row["source_id"]), ("by", row["area_basis"])):
                cells = sums[(*area, *part)]
                cell = cell_of(row)
                cells[cell] = min(cells.get(cell, count_of(row)), count_of(row))
        return sums

    def _lonely(self, hidden: frozenset[Cell]) -> Iterator[Cell]:
        """Yield a cell to hide beside one that is hidden alone: the smallest that was not told yet."""
        for cells in self._sums().values():
            if len((cells.keys() & hidden) - self.told) == 1 and (shown := cells.keys() - hidden - self.told):
                yield min(shown, key=lambda cell: (cells[cell] == 0, cells[cell], str(cell)))


def suppress_small(
    rows: Sequence[Row], withheld: Withheld = Withheld(), kinds: Mapping[str, str] | None = None
) -> list[Row]:
    """Return rows with ``suppressed``; a hidden row has no value, bounds or note.

    A province's own figure is hidden with its only district where both are small. Notes of the same
    province and day that name a hidden district, or repeat a hidden small number, are left out.
    """
    counts = Counts(rows, kinds or {})
    hidden = counts.hidden(withheld)
    marked: list[Row] = [dict(row, suppressed=False) for row in rows]
    for row in marked:
        in_cell = cell_of(row) in hidden if row["admin2"] else _is_its_only_district(row, hidden)
        row["suppressed"] = _is_count(row) and (in_cell or row["observation_id"] in withheld.ids)
        if in_cell:
            row["note"] = None
    _hush_notes(rows, marked, hidden)
    for row in marked:
        if row["suppressed"]:
            row.update(value=None, low=None, high=None, note=None)
    return marked


def _is_its_only_district(row: Row, hidden: frozenset[Cell]) -> bool:
    """Return whether a province's small figure is that of a hidden district in it."""
    area = (row["as_of"], row["admin1"])
    return bool(row["admin1"]) and is_small(row) and any(cell[:2] == area for cell in hidden)


def _hush_notes(rows: Sequence[Row], marked: Sequence[Row], hidden: frozenset[Cell]) -> None:
    """Leave out the notes that would repeat what is hidden."""
    told: dict[tuple[Value, Value], set[str]] = defaultdict(set)
    for row in rows:
        if row["admin2"] and cell_of(row) in hidden:
            told[(row["as_of"], row["admin1"])] |= {
                str(row["admin2"]),
                *(_plain(row[column]) for column in ("value", "low", "high") if row[column] is not None),
            }
    for row in marked:
        note = row["note"]
        words = told.get((row["as_of"], row["admin1"]), set()) if row["admin1"] else set()
        if isinstance(note, str) and any(_says(note, word) for word in words):
            row["note"] = None


def _says(note: str, word: str) -> bool:
    if word.replace(".", "").isdigit():
        return bool(re.search(rf"(?<![\d.,]){re.escape(word)}(?![\d]|[.,]\d)", note))
    return letters(word) in letters(note)


def _plain(value: Value) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def cell_of(row: Mapping[str, Value]) -> Cell:
    """Return the cell of a row: its day, province and district."""
    return (row["as_of"], row["admin1"], row["admin2"])


def is_small(row: Row) -> bool:
    """Return whether a row counts a few people, families or sites, but some."""
    return 0 < count_of(row) < _SMALLEST.get(row["unit"], 0)


def count_of(row: Row) -> float:
    """Return the number a row tells: its value, else its upper or lower bound; -1 for none."""
    told = (row[column] for column in ("value", "high", "low"))
    return next((float(number) for number in told if isinstance(number, float | int)), -1.0)


def _is_count(row: Row) -> bool:
    return row["unit"] in _SMALLEST and count_of(row) >= 0
