"""Cells become typed columns by the contract, with the same refusals as in small tables.

Each distinct cell of a column is parsed once, by the parser of small tables. Only ids and numbers,
where most cells differ, are first tried all at once by a rule that accepts less than that parser
does; what it leaves goes to the parser too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from utils.curation.bulk.found import Found
from utils.curation.bulk.parts import Piece
from utils.curation.cells import parse, value_fault
from utils.curation.contract import Field, Table
from utils.curation.parquet import told_value
from utils.curation.problems import Code, Fault, Problem, Value, shown

CODED: Final = pa.dictionary(pa.int32(), pa.string())
TYPES: Final[Mapping[str, pa.DataType]] = {
    "string": CODED,
    "number": pa.float64(),
    "integer": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}
_KNOWN: Final = 200_000
_SHORT: Final = 15
_PLAIN_NUMBER: Final = {"number": r"^-?[0-9]+(\.([0-9]{1,2}|[0-9]{4,}))?$", "integer": r"^-?[0-9]+$"}
_SAME_IN_BOTH: Final = re.compile(r"(?:[A-Za-z0-9_ -]|\\d|\[[A-Za-z0-9_-]+\]|\{\d+(?:,\d*)?\}|[+*?|()])*")
"""Patterns that mean in Arrow no more than they mean in Python."""
Parsed = tuple[Value, Fault | None]


def schema_of(table: Table) -> Any:
    """Return the types of the columns: keys as text, other text coded, numbers as floats."""
    return pa.schema(
        [
            pa.field(one.name, pa.string() if one.name in table.key else TYPES[one.kind])
            for one in table.fields
        ]
    )


@dataclass(slots=True)
class Cells:
    """Parses the cells of one table; remembers what each distinct cell of a column means."""

    table: Table
    found: Found
    _known: dict[str, dict[object, Parsed]] = field(default_factory=dict)

    def typed(self, piece: Piece) -> dict[str, Any]:
        """Return the columns of a piece, typed by the contract; a bad cell is null and is told."""
        columns = {}
        for one in self.table.fields:
            column, bad = (
                self._text(piece.columns[one.name], one)
                if piece.is_text
                else self._stored(piece.columns[one.name], one)
            )
            if bad:
                self._tell(piece, one, bad)
            columns[one.name] = column
        return columns

    def _tell(
        self, piece: Piece, one: Field, bad: Mapping[int, tuple[str, Fault, NDArray[np.int64]]]
    ) -> None:
        by_code: dict[Code, list[int]] = {}
        for number, (_, fault, _rows) in bad.items():
            by_code.setdefault(fault.code, []).append(number)
        for code, numbers in by_code.items():
            rows = np.concatenate([bad[number][2] for number in numbers])
            owners = np.concatenate([np.full(len(bad[number][2]), number) for number in numbers])
            first = np.argsort(rows, kind="stable")[: self.found.room(piece.file, code)]
            self.found.add(
                Problem(
                    piece.file,
                    int(piece.lines[rows[at]]),
                    one.name,
                    shown(bad[int(owners[at])][0]),
                    bad[int(owners[at])][1].expected,
                    code,
                )
                for at in first
            )
            self.found.count_more(piece.file, code, len(rows) - len(first))

    def _text(self, column: Any, one: Field) -> tuple[Any, dict[int, Any]]:
        is_key = one.name in self.table.key
        quick = _quick(column, one) if not pa.types.is_dictionary(column.type) else None
        if quick is None:
            return self._distinct(column, one, lambda cell: parse(cell, one), as_text=is_key)
        values, is_good = quick
        if is_good.all():
            return _typed_as(values, one, is_key), {}
        rows = np.flatnonzero(~is_good)
        slow, bad = self._distinct(
            column.take(pa.array(rows)), one, lambda cell: parse(cell, one), as_text=True
        )
        bad = {number: (cell, fault, rows[at]) for number, (cell, fault, at) in bad.items()}
        merged = pc.replace_with_mask(values, pa.array(~is_good), slow)
        return _typed_as(merged, one, is_key), bad

    def _stored(self, column: Any, one: Field) -> tuple[Any, dict[int, Any]]:
        """Return a column of a Parquet file, which has a type already."""
        kind, is_key = column.type, one.name in self.table.key
        if pa.types.is_null(kind) or not _may_hold(kind, one.kind):
            stored = column.to_pylist() if not pa.types.is_null(kind) else []
            empty = pa.nulls(len(column), pa.string() if is_key else TYPES[one.kind])
            return empty, _all_bad(stored, len(column), one)
        if one.kind == "string":
            if is_key and not pa.types.is_dictionary(kind) and _is_good_text(column, one):
                return column.cast(pa.string()), {}
            return self._distinct(column, one, lambda cell: (cell, value_fault(cell, one)), as_text=is_key)
        typed = column.cast(TYPES[one.kind], safe=False)
        suspect = np.flatnonzero(~_is_good_value(typed, one))
        bad: dict[int, Any] = {}
        for at in suspect:
            value = column[int(at)].as_py()
            fault = value_fault(value, one)
            if fault:
                bad[len(bad)] = (told_value(value), fault, np.array([at]))
        return typed, bad

    def _distinct(
        self, column: Any, one: Field, judge: Callable[[Any], Parsed], *, as_text: bool
    ) -> tuple[Any, dict[int, Any]]:
        """Judge each distinct cell once; return the column and ``{number: (cell, fault, rows)}``."""
        coded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
        known = self._known.setdefault(one.name, {})
        cells: list[Any] = [*coded.dictionary.to_pylist(), None]
        verdicts = []
        for cell in cells:
            if cell not in known:
                if len(known) > _KNOWN:
                    known.clear()
                known[cell] = judge(cell) if cell is not None else (None, value_fault(None, one))
            verdicts.append(known[cell])
        codes = codes_of(coded)
        return (
            _taken(verdicts, codes, one, as_text=as_text),
            dict(_bad_of(cells, verdicts, codes)),
        )


def codes_of(coded: Any) -> NDArray[np.int64]:
    """Return where each cell stands in the dictionary of its column; null is -1."""
    indices = coded.indices
    if indices.null_count:
        indices = indices.fill_null(-1)
    codes: NDArray[np.int64] = indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return codes


def _bad_of(
    cells: list[Any], verdicts: list[Parsed], codes: NDArray[np.int64]
) -> Iterator[tuple[int, tuple[str, Fault, NDArray[np.int64]]]]:
    for number, (cell, (_, fault)) in enumerate(zip(cells, verdicts, strict=True)):
        if fault:
            rows = np.flatnonzero(codes == (number if cell is not None else -1))
            if len(rows):
                yield number, ("" if cell is None else str(cell), fault, rows)


def _taken(verdicts: list[Parsed], codes: NDArray[np.int64], one: Field, *, as_text: bool) -> Any:
    values = [value for value, _ in verdicts]
    if one.kind == "string" and not as_text:
        return coded_as(values, codes)
    kind = pa.string() if one.kind == "string" else TYPES[one.kind]
    if kind == pa.float64():
        values = [None if value is None else float(value) for value in values]  # type: ignore[arg-type]
    return pa.array(values, kind).take(pa.array(np.where(codes < 0, len(values) - 1, codes)))


def coded_as(values: list[Any], codes: NDArray[np.int64]) -> Any:
    """Return a coded text column of the used ``values`` only; the last of them is null."""
    codes = np.where(codes < 0, len(values) - 1, codes)
    used = np.flatnonzero(np.bincount(codes, minlength=len(values)))
    used = used[[values[at] is not None for at in used]] if len(used) else used
    place = np.full(len(values), -1, dtype=np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    new = place[codes]
    return pa.DictionaryArray.from_arrays(
        pa.array(new, pa.int32(), mask=new < 0), pa.array([values[at] for at in used], pa.string())
    )


def _typed_as(values: Any, one: Field, is_key: bool) -> Any:
    return values.dictionary_encode() if one.kind == "string" and not is_key else values


def _quick(column: Any, one: Field) -> tuple[Any, NDArray[np.bool_]] | None:
    """Return ids and plain numbers at once, and which cells were good; ``None`` where that is not safe."""
    if one.kind in _PLAIN_NUMBER:
        is_short = pc.less_equal(pc.binary_length(column), _SHORT)
        good = pc.and_(pc.match_substring_regex(column, _PLAIN_NUMBER[one.kind]), is_short)
        values = pc.cast(pc.if_else(good, column, pa.scalar(None, pa.string())), pa.float64())
        return values, _is_good_value(values, one) & _as_flags(good)
    if (
        one.kind == "string"
        and one.pattern
        and not one.allowed
        and _SAME_IN_BOTH.fullmatch(one.pattern.pattern)
    ):
        return column, _is_good_text_each(column, one)
    return None


def _is_good_text_each(column: Any, one: Field) -> NDArray[np.bool_]:
    pattern = one.pattern.pattern if one.pattern else ""
    good = pc.and_(
        pc.match_substring_regex(column, f"^(?:{pattern})$"), pc.less(pc.binary_length(column), 1000)
    )
    return _as_flags(pc.and_(good, pc.greater(pc.binary_length(column), 0)))


def _is_good_text(column: Any, one: Field) -> bool:
    simple = one.pattern and not one.allowed and _SAME_IN_BOTH.fullmatch(one.pattern.pattern)
    return bool(simple) and not column.null_count and bool(_is_good_text_each(column, one).all())


def _as_flags(column: Any) -> NDArray[np.bool_]:
    flags: NDArray[np.bool_] = column.fill_null(False).to_numpy(zero_copy_only=False)
    return flags


def _is_good_value(typed: Any, one: Field) -> NDArray[np.bool_]:
    """Return which typed values keep the bounds; an empty one is good where it may be empty."""
    if typed.type != pa.float64():
        return _as_flags(typed.is_valid()) if one.required else np.ones(len(typed), dtype=np.bool_)
    numbers = typed.to_numpy(zero_copy_only=False)
    good = np.isfinite(numbers)
    if one.minimum is not None:
        good &= numbers >= one.minimum
    if one.maximum is not None:
        good &= numbers <= one.maximum
    if not one.required and typed.null_count:
        good |= _as_flags(typed.is_null())
    return np.asarray(good, dtype=np.bool_)


def _may_hold(kind: Any, wanted: str) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(
        {
            "string": pa.types.is_string(kind) or pa.types.is_large_string(kind),
            "number": pa.types.is_floating(kind) or pa.types.is_integer(kind),
            "integer": pa.types.is_integer(kind),
            "date": pa.types.is_date(kind),
            "boolean": pa.types.is_boolean(kind),
        }[wanted]
    )


def _all_bad(stored: list[Any], count: int, one: Field) -> dict[int, Any]:
    """Return the faults of a column of another type than the contract's: each value, and each gap."""
    values = pd.Series(stored if stored else [None] * count, dtype=object)
    bad: dict[int, Any] = {}
    for at, value in enumerate(values):
        fault = value_fault(value, one)
        if fault:
            bad[len(bad)] = (told_value(value), fault, np.array([at]))
    return bad
