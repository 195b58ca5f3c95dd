"""The rule of small counts (docs/design.md §5), for small tables and for large ones.

A *cell* is a district on a day. Where one count in it is small, every count of people, families and sites
there on that day is hidden, of every source, indicator and basis: no other spelling, total of parts, copy
or correction of the count is left to subtract from. Where the count is a flow or a running total, every
day of that district is hidden. A cell that is hidden alone in a sum of its province could be found by
subtraction, so the next smallest is hidden with it, until none is alone.

The rule works on *entries*: counts by cell, indicator, source, basis and unit. A small table has one entry a
row; a large one is first grouped by the engine that holds it. Cells of two provinces never bear on each
other, so the rule may be applied to one province at a time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from utils.curation.disclosure.name_filter import letters
from utils.curation.read import Row, Value

SMALL: Final = 5
SMALLEST_SHOWN: Final[Mapping[Value, int]] = {"people": SMALL, "families": SMALL, "sites": 2}
"""By unit, the smallest count of a district that is shown; zero is shown too."""
COUNT_COLUMNS: Final = ("value", "high", "low")
"""Where the number of a row is looked for, in this order."""
ENTRY: Final = ("as_of", "admin1", "admin2", "indicator", "source_id", "area_basis", "unit", "count", "least")
"""Columns of the entries: ``count`` is the smallest count, ``least`` the smallest above zero (or missing)."""
_RUNNING: Final = frozenset({"flow", "cumulative"})
_SUMS: Final[tuple[tuple[str, ...], ...]] = (
    ("indicator",),
    ("indicator", "source_id"),
    ("indicator", "area_basis"),
)
"""What the counts of a province and day are added up by: over everything, of one source, of one basis."""
Cell = tuple[Value, Value, Value]
"""Day, province, district."""
Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Withheld:
    """What stays hidden since an earlier release hid it: rows by id, and cells for good."""

    ids: frozenset[str] = frozenset()
    cells: frozenset[Cell] = frozenset()


def make_entries(rows: Iterable[Row]) -> pd.DataFrame:
    """Return the entries of rows of a small table: those below province level that hold a count."""
    counted = [row for row in rows if row["admin2"] and _is_count(row)]
    columns: dict[str, list[Any]] = {name: [row[name] for row in counted] for name in ENTRY[:-2]}
    columns["count"] = [count_of(row) for row in counted]
    columns["least"] = [count or None for count in columns["count"]]
    types = dict.fromkeys(ENTRY[:-2], object) | {"count": np.float64, "least": np.float64}
    return pd.DataFrame({name: pd.Series(columns[name], dtype=types[name]) for name in ENTRY})


def cells_of_ids(rows: Sequence[Row], ids: frozenset[str]) -> frozenset[Cell]:
    """Return the cells of rows by id, and of the rows that supersede them."""
    wanted = set(ids)
    while added := {
        str(row["observation_id"])
        for row in rows
        if row.get("supersedes") in wanted and row["observation_id"] not in wanted
    }:
        wanted |= added
    return frozenset(
        cell_of(row) for row in rows if row["admin2"] and _is_count(row) and row["observation_id"] in wanted
    )


class CellCounts:
    """Entries by cell, and which of the cells must be hidden."""

    def __init__(
        self, entries: pd.DataFrame, kinds: Mapping[str, str], disclosed: frozenset[Cell] = frozenset()
    ) -> None:
        """Take in ``entries`` with the columns ``ENTRY``.

        ``kinds`` says of each indicator whether it is a stock, a flow or cumulative. ``disclosed`` are the
        cells of which an earlier release shows a count: hiding them now would hide nothing.
        """
        cell, first = _number([entries[name] for name in ENTRY[:3]])
        columns = [entries[name].iloc[first].tolist() for name in ENTRY[:3]]
        self._cells: list[Cell] = list(zip(*columns, strict=True))
        self._area = _number([pd.Series(columns[0]), pd.Series(columns[1])])[0]
        self._district = _number([pd.Series(columns[1]), pd.Series(columns[2])])[0]
        self._disclosed = self._flags_of(disclosed)
        running = entries["indicator"].map(lambda name: kinds.get(str(name)) in _RUNNING)
        self._running = self._flags_at(cell[running.to_numpy(dtype=np.bool_)])
        smallest = entries["unit"].map(SMALLEST_SHOWN).astype(np.float64)
        self._small = self._flags_at(cell[(entries["least"] < smallest).to_numpy()])
        self._sums = _Sums(entries, cell, self._area, np.argsort(np.argsort([str(c) for c in self._cells])))

    def find_hidden(self, withheld: frozenset[Cell] = frozenset()) -> frozenset[Cell]:
        """Return every cell to hide: small ones, those ``withheld``, and others until none is alone.

        Of each province and day the first sum with a lonely cell is settled, then all are looked at again:
        the next smallest cell is hidden of those that no earlier release disclosed.
        """
        hidden = self._spread(self._small | self._flags_of(withheld))
        sums = self._sums
        while len(added := sums.partners_of_lonely(hidden, self._disclosed)):
            before = hidden
            hidden = self._spread(hidden | self._flags_at(added))
            sums = self._sums.of_areas(self._area[hidden & ~before])
        return self._cells_at(hidden) | withheld

    def find_disclosed(self, hidden: frozenset[Cell]) -> frozenset[Cell]:
        """Return the small cells that earlier releases disclosed, or disclose by subtraction."""
        alone = self._flags_at(self._sums.lonely(self._flags_of(hidden), self._disclosed))
        return self._cells_at(self._spread(self._small) & (self._disclosed | alone))

    def _spread(self, hidden: Flags) -> Flags:
        """Add all days of a district in which a hidden cell holds a flow or a running total: two totals
        would give the flow between them.
        """
        reached = np.zeros(len(self._cells), dtype=np.bool_)
        reached[self._district[hidden & self._running]] = True
        return hidden | reached[self._district]

    def _flags_at(self, cells: Codes) -> Flags:
        flags = np.zeros(len(self._cells), dtype=np.bool_)
        flags[cells] = True
        return flags

    def _flags_of(self, cells: Collection[Cell]) -> Flags:
        return np.array([cell in cells for cell in self._cells], dtype=np.bool_)

    def _cells_at(self, flags: Flags) -> frozenset[Cell]:
        return frozenset(self._cells[at] for at in np.flatnonzero(flags))


class _Sums:
    """Which cells add up to which figure of a province, the smallest first; sums of one area together."""

    def __init__(self, entries: pd.DataFrame, cell: Codes, area: Codes, rank: Codes) -> None:
        parts = []
        for kind, columns in enumerate(_SUMS):
            names = _in_order([entries[name] for name in columns])
            parts.append((area[cell] * len(_SUMS) + kind) * (len(entries) + 1) + names)
        numbered, sums = np.unique(np.concatenate(parts), return_inverse=True)
        cells = np.tile(cell, len(_SUMS))
        counts = np.tile(entries["count"].to_numpy(dtype=np.float64), len(_SUMS))
        enough = np.tile(entries["unit"].map(SMALLEST_SHOWN).to_numpy(dtype=np.float64), len(_SUMS))
        order = np.lexsort((counts, cells, sums))
        smallest = order[
            np.diff(sums[order], prepend=-1).astype(np.bool_)
            | np.diff(cells[order], prepend=-1).astype(np.bool_)
        ]
        ranks = (rank[cells[smallest]], counts[smallest], counts[smallest] == 0, sums[smallest])
        order = smallest[np.lexsort(ranks)]
        self._sum: Codes = sums[order]
        self._cell: Codes = cells[order]
        self._value = counts[order]
        self._enough = enough[order]
        self._area_of_sum: Codes = numbered // (len(_SUMS) * (len(entries) + 1))

    def of_areas(self, areas: Codes) -> _Sums:
        """Return the sums of some areas alone."""
        some = object.__new__(_Sums)
        kept = np.isin(self._area_of_sum[self._sum], areas)
        some._sum, some._cell, some._area_of_sum = self._sum[kept], self._cell[kept], self._area_of_sum
        some._value, some._enough = self._value[kept], self._enough[kept]
        return some

    def lonely(self, hidden: Flags, disclosed: Flags) -> Codes:
        """Return the cells that are the only unknown one of a sum of several."""
        unknown = (hidden & ~disclosed)[self._cell]
        alone = (self._count(unknown) == 1) & (self._count(np.ones_like(unknown)) > 1)
        return np.asarray(self._cell[unknown & alone[self._sum]], dtype=np.int64)

    def partners_of_lonely(self, hidden: Flags, disclosed: Flags) -> Codes:
        """Return a cell to hide beside one that is alone in a sum, or beside several that together are
        still few: of each area one, where there is any.
        """
        unknown, shown = (hidden & ~disclosed)[self._cell], (~hidden & ~disclosed)[self._cell]
        alone = (self._count(unknown) == 1) | self._are_few(unknown)
        lonely = np.flatnonzero(alone & (self._count(shown) > 0))
        _, first = np.unique(self._area_of_sum[lonely], return_index=True)
        rows = np.flatnonzero(shown & np.isin(self._sum, lonely[first]))
        _, smallest = np.unique(self._sum[rows], return_index=True)
        return np.asarray(self._cell[rows[smallest]], dtype=np.int64)

    def _are_few(self, rows: Flags) -> Flags:
        """Return of each sum whether some of its cells together hold a count that is too small to show."""
        size = len(self._area_of_sum)
        total = np.bincount(self._sum[rows], self._value[rows], minlength=size)
        enough = np.zeros(size)
        np.maximum.at(enough, self._sum, self._enough)
        return np.asarray((total > 0) & (total < enough), dtype=np.bool_)

    def _count(self, rows: Flags) -> Codes:
        return np.asarray(np.bincount(self._sum[rows], minlength=len(self._area_of_sum)), dtype=np.int64)


def _number(columns: Sequence[pd.Series[Any]]) -> tuple[Codes, Codes]:
    """Return the number of each row's combination of values, and where each combination first stands."""
    packed = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, values = pd.factorize(column)
        packed = pd.factorize(packed * (len(values) + 1) + codes + 1)[0].astype(np.int64)
    return packed, np.unique(packed, return_index=True)[1]


def _in_order(columns: Sequence[pd.Series[Any]]) -> Codes:
    """Return the number of each row's combination of texts, in the order of the texts."""
    packed = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, values = pd.factorize(column.fillna("").astype(str), sort=True)
        packed = np.unique(packed * (len(values) + 1) + codes, return_inverse=True)[1].astype(np.int64)
    return packed


def suppress_small(
    rows: Sequence[Row], withheld: Withheld = Withheld(), kinds: Mapping[str, str] | None = None
) -> list[Row]:
    """Return rows with ``suppressed``; a hidden row has no value, bounds or note.

    A province's own figure is hidden with its only district where both are small. Notes of the same
    province and day that name a hidden district, or repeat a hidden small number, are left out.
    """
    counts = CellCounts(make_entries(rows), kinds or {})
    hidden = counts.find_hidden(withheld.cells | cells_of_ids(rows, withheld.ids))
    areas = {cell[:2] for cell in hidden}
    marked: list[Row] = [dict(row, suppressed=False) for row in rows]
    for row in marked:
        in_cell = cell_of(row) in hidden if row["admin2"] else _is_its_only_district(row, areas)
        row["suppressed"] = _is_count(row) and (in_cell or row["observation_id"] in withheld.ids)
        if in_cell:
            row["note"] = None
    _drop_disclosing_notes(rows, marked, hidden)
    for row in marked:
        if row["suppressed"]:
            row.update(value=None, low=None, high=None, note=None)
    return marked


def _is_its_only_district(row: Row, areas: Collection[tuple[Value, Value]]) -> bool:
    """Return whether a province's small figure is that of a hidden district in it."""
    return bool(row["admin1"]) and is_small(row) and (row["as_of"], row["admin1"]) in areas


def _drop_disclosing_notes(rows: Sequence[Row], marked: Sequence[Row], hidden: frozenset[Cell]) -> None:
    """Leave out the notes that would repeat what is hidden."""
    repeated: dict[tuple[Value, Value], set[str]] = defaultdict(set)
    for row in rows:
        if row["admin2"] and cell_of(row) in hidden:
            repeated[(row["as_of"], row["admin1"])] |= {
                str(row["admin2"]),
                *(_plain(row[column]) for column in ("value", "low", "high") if row[column] is not None),
            }
    for row in marked:
        note = row["note"]
        words = repeated.get((row["as_of"], row["admin1"]), set()) if row["admin1"] else set()
        if isinstance(note, str) and any(_repeats(note, word) for word in words):
            row["note"] = None


def _repeats(note: str, word: str) -> bool:
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
    return 0 < count_of(row) < SMALLEST_SHOWN.get(row["unit"], 0)


def count_of(row: Row) -> float:
    """Return the number that a row states: its value, else its upper or lower bound; -1 for none."""
    numbers = (row[column] for column in COUNT_COLUMNS)
    return next((float(number) for number in numbers if isinstance(number, float | int)), -1.0)


def _is_count(row: Row) -> bool:
    return row["unit"] in SMALLEST_SHOWN and count_of(row) >= 0
