"""Keys of millions of rows that stand twice: found by a 64-bit number each, then confirmed by value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from utils.curation.bulk.cells import codes_of
from utils.curation.bulk.found import Found
from utils.curation.problems import Problem

Numbers = NDArray[np.uint64]
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)
_SHIFT: Final = np.uint64(29)
_CONFIRMED: Final = 500_000
"""Keys that are held to be compared by value; what is beyond them is counted by its number."""


@dataclass(frozen=True, slots=True)
class Key:
    """Columns that together stand once in a table; ``wanted`` is told of a second row, with the first."""

    columns: tuple[str, ...]
    wanted: str


@dataclass(frozen=True, slots=True)
class KeyRows:
    """Some rows of the key's columns, the file and the line of each."""

    columns: Mapping[str, Any]
    files: Sequence[str]
    part: NDArray[np.int32]
    lines: NDArray[np.int32]


def _mix(into: Numbers, more: Numbers) -> Numbers:
    mixed = (into ^ more) * _ODD
    return np.asarray(mixed ^ (mixed >> _SHIFT), dtype=np.uint64)


def numbers_of(columns: Sequence[Any]) -> Numbers:
    """Return a 64-bit number of each row: equal rows have equal numbers."""
    total = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        total = _mix(total, _column_numbers(column))
    return total


def _column_numbers(column: Any) -> Numbers:
    if pa.types.is_dictionary(column.type):
        each = np.append(_text_numbers(column.dictionary), np.uint64(0))
        return each[codes_of(column)]
    if pa.types.is_string(column.type):
        return _text_numbers(column)
    whole = column.cast(pa.int32()) if pa.types.is_date(column.type) else column
    return np.asarray(whole.cast(pa.int64()).fill_null(-(2**62)).to_numpy(), dtype=np.int64).view(np.uint64)


def _text_numbers(column: Any) -> Numbers:
    """Mix the bytes of each text, eight at a time; texts of one length are handled together."""
    column = column.fill_null("")
    if not len(column):
        return np.empty(0, dtype=np.uint64)
    _, starts, data = column.buffers()
    ends = np.frombuffer(starts, dtype=np.int32)[column.offset : column.offset + len(column) + 1]
    signs = np.frombuffer(data if data is not None else b"", dtype=np.uint8)
    lengths = np.diff(ends)
    total = np.empty(len(column), dtype=np.uint64)
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        wide = -(-max(int(length), 1) // 8) * 8
        padded = np.zeros((len(rows), wide), dtype=np.uint8)
        padded[:, :length] = signs[ends[rows, None] + np.arange(length)]
        number = np.full(len(rows), np.uint64(length))
        for word in padded.view(np.uint64).T:
            number = _mix(number, word)
        total[rows] = number
    return total


class Seen:
    """The numbers of every key met so far, in the order of rows."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self._numbers: list[Numbers] = []

    def add(self, columns: Mapping[str, Any]) -> None:
        """Take in the rows of a piece."""
        self._numbers.append(numbers_of([columns[name] for name in self.key.columns]))

    def twice(self) -> Numbers:
        """Return the numbers that stand more than once, sorted. Forgets everything."""
        if not self._numbers:
            return np.empty(0, dtype=np.uint64)
        total = sum(len(part) for part in self._numbers)
        every = np.empty(total, dtype=np.uint64)
        at = 0
        while self._numbers:
            part = self._numbers.pop()
            every[at : at + len(part)] = part
            at += len(part)
        every.sort()
        return np.unique(every[1:][every[1:] == every[:-1]])


def tell_duplicates(key: Key, twice: Numbers, rows: Callable[[], Iterable[KeyRows]], found: Found) -> None:
    """Compare by value the rows whose numbers stand twice, and tell each that repeats another."""
    if not len(twice):
        return
    seen: dict[tuple[Any, ...], str] = {}
    beyond = np.zeros(len(twice), dtype=np.bool_)
    for some in rows():
        numbers = numbers_of([some.columns[name] for name in key.columns])
        at = np.searchsorted(twice, numbers)
        at[at == len(twice)] = 0
        suspects = np.flatnonzero(twice[at] == numbers)
        if len(suspects):
            found.add(_repeated(key, some, suspects, at, seen, beyond))


def _repeated(
    key: Key,
    some: KeyRows,
    suspects: NDArray[np.int64],
    at: NDArray[np.int64],
    seen: dict[tuple[Any, ...], str],
    beyond: NDArray[np.bool_],
) -> Iterator[Problem]:
    values = [some.columns[name].take(pa.array(suspects)).to_pylist() for name in key.columns]
    for row, cells in zip(suspects, zip(*values, strict=True), strict=True):
        file, line = some.files[some.part[row]], int(some.lines[row])
        first = seen.get(cells)
        if first is None and len(seen) < _CONFIRMED:
            seen[cells] = f"row {line} of {file}"
            continue
        if first is None and not beyond[at[row]]:
            beyond[at[row]] = True
            continue
        shown = ", ".join("" if cell is None else str(cell) for cell in cells)
        where = (first or "an earlier row").removesuffix(f" of {file}")
        yield Problem(file, line, "+".join(key.columns), shown, key.wanted.format(row=where), "duplicate")
