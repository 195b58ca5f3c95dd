"""Small counts of a large table, over columns.

Narrower than :func:`utils.curation.disclosure.cell_suppression.suppress_small`: a count is hidden by itself, not with every
other of its district and day.

Cells of one source, day, indicator and province may stand anywhere in the table, so they are gathered
as numbers first; only the areas where one hidden cell could be found by subtraction are then settled
one by one, as the rule for small tables does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from utils.curation.bulk.cells import codes_of
from utils.curation.bulk.stage import Staged
from utils.curation.disclosure.redaction import SMALL

_AREA: Final = (("indicator", 11), ("source_id", 17), ("admin1", 13))
"""Texts that tell an area, and the bits that number each; the day takes the rest."""
_DAY_BITS: Final = 22
_DAY_ZERO: Final = 719_163
_READ: Final = ("observation_id", "as_of", "admin1", "admin2", "site_id", "indicator", "value", "unit")
_ALSO: Final = ("area_basis", "source_id")


class TooManyValues(MemoryError):
    """A column of names or codes has more different values than any real one."""


class Numbered:
    """Gives each text of a column a number from 0 that holds for the whole table."""

    def __init__(self, bits: int) -> None:
        self._known: dict[str | None, int] = {}
        self._most = 2**bits

    def __call__(self, column: Any) -> NDArray[np.int64]:
        """Return the number of each text. Raises :class:`TooManyValues`."""
        texts = [*column.dictionary.to_pylist(), None]
        numbers = [self._known.setdefault(text, len(self._known)) for text in texts]
        if len(self._known) > self._most:
            raise TooManyValues
        return np.asarray(numbers, dtype=np.int64)[codes_of(column)]


def hidden_rows(staged: Staged, withheld: frozenset[str]) -> NDArray[np.bool_]:
    """Return for each row whether the public may not see its count.

    Counts of people below province level, of rows that name no site. ``withheld`` are the ids of cells
    that stay hidden.
    """
    hidden = np.zeros(staged.rows, dtype=np.bool_)
    if not {*_READ, *_ALSO} <= set(staged.table.columns):
        return hidden
    gathered = [part for part in _gather(staged, withheld) if len(part[0])]
    if not gathered:
        return hidden
    area, basis, value, row, is_hidden = (np.concatenate(one) for one in zip(*gathered, strict=True))
    gathered.clear()
    if not is_hidden.any():
        return hidden
    touched = np.isin(area, np.unique(area[is_hidden]))
    area, basis, value, row, is_hidden = (one[touched] for one in (area, basis, value, row, is_hidden))
    order = np.argsort(area, kind="stable")
    area, basis, value, row, is_hidden = (one[order] for one in (area, basis, value, row, is_hidden))
    for start, end in _lonely(area, basis, is_hidden):
        is_hidden[start:end] = _settled(value[start:end], basis[start:end], is_hidden[start:end])
    hidden[row[is_hidden]] = True
    return hidden


def _gather(staged: Staged, withheld: frozenset[str]) -> Iterator[tuple[NDArray[Any], ...]]:
    """Yield area, basis, value, row and whether it is small, of each count that could be small."""
    numbered = {name: Numbered(bits) for name, bits in _AREA}
    basis_of = Numbered(7)
    listed = pa.array(sorted(withheld), pa.string())
    before = 0
    for group in staged.groups([*_READ, *_ALSO]):
        count = len(group["value"])
        value = group["value"].fill_null(-1.0).to_numpy()
        is_count = pc.and_(group["admin2"].is_valid(), group["site_id"].is_null())
        is_count = pc.and_(is_count, pc.equal(group["unit"].dictionary_decode(), "people"))
        rows = np.flatnonzero(is_count.to_numpy(zero_copy_only=False) & (value >= 0))
        area = np.zeros(count, dtype=np.int64)
        for name, bits in _AREA:
            area = (area << bits) | numbered[name](group[name])
        days = group["as_of"].cast(pa.int32()).fill_null(0).to_numpy().astype(np.int64)
        area = (area << _DAY_BITS) | (days + _DAY_ZERO)
        is_small = (value > 0) & (value < SMALL)
        if len(listed):
            is_small |= pc.is_in(group["observation_id"], value_set=listed).to_numpy(zero_copy_only=False)
        yield (
            area[rows],
            basis_of(group["area_basis"])[rows].astype(np.int8),
            value[rows],
            (rows + before).astype(np.int32),
            is_small[rows],
        )
        before += count


def _lonely(
    area: NDArray[np.int64], basis: NDArray[np.int8], is_hidden: NDArray[np.bool_]
) -> Iterator[tuple[int, int]]:
    """Yield where each area begins and ends in which a single hidden cell stands beside others."""
    starts = np.flatnonzero(np.diff(area, prepend=area[0] - 1))
    number = np.cumsum(np.diff(area, prepend=area[0] - 1) != 0) - 1
    lonely = _has_one(number, is_hidden, len(starts))
    kinds = int(basis.max()) + 1
    for kind in range(kinds):
        cells = basis == kind
        lonely |= _has_one(number[cells], is_hidden[cells], len(starts))
    ends = np.append(starts[1:], len(area))
    for at in np.flatnonzero(lonely):
        yield int(starts[at]), int(ends[at])


def _has_one(number: NDArray[np.int64], is_hidden: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    every = np.bincount(number, minlength=size)
    gone = np.bincount(number[is_hidden], minlength=size)
    return np.asarray((every > 1) & (gone == 1), dtype=np.bool_)


def _settled(
    value: NDArray[np.float64], basis: NDArray[np.int8], is_hidden: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Hide the next smallest cell until no hidden one of the area can be found by subtraction."""
    settled = is_hidden.copy()
    order = np.lexsort((value, value == 0))
    groups = [np.ones(len(value), dtype=np.bool_)]
    groups += [basis == kind for kind in dict.fromkeys(basis.tolist())]
    while True:
        lonely = [cells for cells in groups if cells.sum() > 1 and (settled & cells).sum() == 1]
        if not lonely:
            return settled
        shown = lonely[0] & ~settled
        settled[order[shown[order]][0]] = True
