"""Checks of a row of a large table against the record: each distinct combination is judged once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from utils.curation.bulk.cells import codes_of
from utils.curation.bulk.found import Found
from utils.curation.bulk.parts import Piece
from utils.curation.contract import RESTRICTED, Table
from utils.curation.read import Code, Problem, Row, Value
from utils.curation.record import Record

AREA_KINDS: Final = {"admin1": "province", "admin2": "district"}
_MOST_KNOWN: Final = 500_000
_LARGEST: Final = 2**62


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a combination of cells: of which column, and what was expected."""

    column: str
    expected: str
    code: Code


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of some columns of a row, and nothing else."""

    columns: tuple[str, ...]
    judge: Callable[[Row], Iterator[Wrong]]


class Rules:
    """The rules of one table; remembers its verdict on each combination."""

    def __init__(self, rules: Sequence[Rule], found: Found) -> None:
        self._rules, self._found = rules, found
        self._known: list[dict[tuple[Value, ...], tuple[Wrong, ...]]] = [{} for _ in rules]

    def judge(self, piece: Piece, columns: Mapping[str, Any]) -> None:
        """Tell what is wrong in the typed columns of a piece."""
        for rule, known in zip(self._rules, self._known, strict=True):
            if len(known) > _MOST_KNOWN:
                known.clear()
            which, combinations = distinct([columns[name] for name in rule.columns])
            for number, cells in enumerate(combinations):
                if cells not in known:
                    known[cells] = tuple(rule.judge(dict(zip(rule.columns, cells, strict=True))))
                for wrong in known[cells]:
                    shown = cells[rule.columns.index(wrong.column)]
                    self._tell(piece, np.flatnonzero(which == number), wrong, shown)

    def _tell(self, piece: Piece, rows: NDArray[np.int64], wrong: Wrong, shown: Value) -> None:
        first = rows[: self._found.room(piece.file, wrong.code)]
        text = "" if shown is None else str(shown)
        self._found.add(
            Problem(piece.file, int(piece.lines[at]), wrong.column, text, wrong.expected, wrong.code)
            for at in first
        )
        self._found.count_more(piece.file, wrong.code, len(rows) - len(first))


def distinct(columns: Sequence[Any]) -> tuple[NDArray[np.int64], list[tuple[Value, ...]]]:
    """Return for each row the number of its combination, and the combinations in order of first sight."""
    packed = np.zeros(len(columns[0]), dtype=np.int64)
    size = 1
    parts: list[tuple[NDArray[np.int64], list[Value]]] = []
    for column in columns:
        coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        codes, values = codes_of(coded) + 1, [None, *coded.dictionary.to_pylist()]
        parts.append((codes, values))
        if size * len(values) > _LARGEST:
            packed, kinds = pd.factorize(packed)
            size = len(kinds)
        packed, size = packed * len(values) + codes, size * len(values)
    which, seen = pd.factorize(packed)
    first = np.full(len(seen), len(packed), dtype=np.int64)
    np.minimum.at(first, which, np.arange(len(packed)))
    picked = [[values[code] for code in codes[first]] for codes, values in parts]
    return np.asarray(which, dtype=np.int64), list(zip(*picked, strict=True))


def rules_of(record: Record, table: Table) -> tuple[Rule, ...]:
    """Return every rule that the columns of a table allow."""
    columns = set(table.columns)
    rules = [_foreign_key(record, table, key.column, key.table, key.target) for key in table.foreign_keys]
    if {"indicator", "unit"} <= columns:
        rules.append(_unit(record))
    for names in (("admin1", "admin1_pcode", "admin2", "admin2_pcode"),):
        if columns >= set(names):
            rules.append(_areas(record, names))
    if {"crisis_phase", "as_of"} <= columns:
        rules.append(_phase(record))
    if "site_id" in columns and record.has_restricted:
        rules.append(_known_site(record))
    return tuple(rules)


def _foreign_key(record: Record, table: Table, column: str, target_table: str, target: str) -> Rule:
    subject = (target_table or table.name).removeprefix(RESTRICTED)
    known = {row.get(target) for row in record.rows(subject)}
    is_area = target == "pcode"
    wanted = f"a P-code of {subject}.csv" if is_area else f"a {target} of {subject}.csv"
    code: Code = "p-code" if is_area else "unknown-key"

    def judge(row: Row) -> Iterator[Wrong]:
        if row[column] is not None and row[column] not in known:
            yield Wrong(column, wanted, code)

    return Rule((column,), judge)


def _unit(record: Record) -> Rule:
    units = {row["indicator"]: row["unit"] for row in record.rows("indicators")}

    def judge(row: Row) -> Iterator[Wrong]:
        wanted = units.get(row["indicator"])
        if wanted and row["unit"] != wanted:
            yield Wrong("unit", f"{wanted}, the unit of {row['indicator']}", "unit")

    return Rule(("indicator", "unit"), judge)


def _areas(record: Record, columns: tuple[str, ...]) -> Rule:
    """A P-code and its name are of one place, a district lies in its province, a name is a known one."""
    places = record.overlaid("places")
    names = {(row["kind"], row["pcode"]): row["name"] for row in places if row["pcode"]}
    known = {(row["kind"], row["name"]) for row in places}

    def judge(row: Row) -> Iterator[Wrong]:
        outer: Value = None
        for level, kind in AREA_KINDS.items():
            code, written = row[f"{level}_pcode"], row[level]
            if written is not None and (kind, written) not in known:
                yield Wrong(level, f"a {kind} of places.csv", "unknown-key")
            if level == "admin2" and written is not None and row["admin1"] is None:
                yield Wrong("admin1", "the province of the district", "p-code")
            if code is None:
                continue
            name = names.get((kind, code))
            if name is not None and written != name:
                yield Wrong(level, f"{name}, the place of {code}", "p-code")
            if outer is not None and not str(code).startswith(str(outer)):
                yield Wrong(f"{level}_pcode", f"a {kind} of {outer}", "p-code")
            outer = code

    return Rule(columns, judge)


def _phase(record: Record) -> Rule:
    spans: dict[Value, tuple[date, date]] = {}
    for row in record.rows("phases"):
        first, last = row["starts_on"], row["ends_on"]
        spans[row["phase_id"]] = (
            first if isinstance(first, date) else date.min,
            last if isinstance(last, date) else date.max,
        )

    def judge(row: Row) -> Iterator[Wrong]:
        on, span = row["as_of"], spans.get(row["crisis_phase"])
        if span and isinstance(on, date) and not span[0] <= on <= span[1]:
            yield Wrong("crisis_phase", f"the phase that {on.isoformat()} lies in", "phase")

    return Rule(("crisis_phase", "as_of"), judge)


def _known_site(record: Record) -> Rule:
    known = {row["site_id"] for row in record.rows("restricted_sites")}

    def judge(row: Row) -> Iterator[Wrong]:
        if row["site_id"] is not None and row["site_id"] not in known:
            yield Wrong("site_id", "a site_id of restricted/sites.csv", "unknown-key")

    return Rule(("site_id",), judge)
