"""Checks of a row of a large table against the record: each distinct combination is judged once.

The rules are those of small tables (:mod:`utils.curation.checks.rows`), each with the columns it looks
at. A source of such a table is a running system, so no day is compared with its publication.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from utils.curation.bulk.cells import codes_of
from utils.curation.bulk.found import Found
from utils.curation.bulk.parts import Piece
from utils.curation.checks import areas, days, links, measures
from utils.curation.checks.known import Known, known
from utils.curation.checks.violation import Flaw
from utils.curation.contract import Table
from utils.curation.curated_tables import Record
from utils.curation.problems import Problem, Row, Value, shown
from utils.settings.clock import today

_AREA_KINDS: Final = {"admin1": "province", "admin2": "district"}
_AREAS: Final = ("admin1", "admin1_pcode", "admin2", "admin2_pcode")
_MOST_KNOWN: Final = 500_000
_LARGEST: Final = 2**62
Judge = Callable[[Row], Iterable[Flaw]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of some columns of a row, and nothing else. ``above``: only rows with a larger value."""

    columns: tuple[str, ...]
    judge: Judge
    above: float | None = None


class Rules:
    """The rules of one table; remembers its verdict on each combination."""

    def __init__(self, rules: Sequence[Rule], found: Found) -> None:
        self._rules, self._found = rules, found
        self._known: list[dict[tuple[Value, ...], tuple[Flaw, ...]]] = [{} for _ in rules]

    def judge(self, piece: Piece, columns: Mapping[str, Any]) -> None:
        """Tell what is wrong in the typed columns of a piece."""
        for rule, verdicts in zip(self._rules, self._known, strict=True):
            if len(verdicts) > _MOST_KNOWN:
                verdicts.clear()
            rows, judged = _concerned(rule, columns)
            which, combinations = distinct(judged)
            for number, cells in enumerate(combinations):
                if cells not in verdicts:
                    verdicts[cells] = tuple(rule.judge(dict(zip(rule.columns, cells, strict=True))))
                for flaw in verdicts[cells]:
                    self._tell(piece, rows[which == number], flaw)

    def _tell(self, piece: Piece, rows: NDArray[np.int64], flaw: Flaw) -> None:
        first = rows[: self._found.room(piece.file, flaw.code)]
        self._found.add(
            Problem(piece.file, line, flaw.column, shown(flaw.value), flaw.expected, flaw.code)
            for line in piece.lines[first].tolist()
        )
        self._found.count_more(piece.file, flaw.code, len(rows) - len(first))


def _concerned(rule: Rule, columns: Mapping[str, Any]) -> tuple[NDArray[np.int64], list[Any]]:
    judged = [columns[name] for name in rule.columns]
    if rule.above is None:
        return np.arange(len(judged[0])), judged
    rows = np.flatnonzero(columns["value"].fill_null(0.0).to_numpy() > rule.above)
    return rows, [column.take(pa.array(rows)) for column in judged]


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
    by = known(record, today())
    rules = [*_links(table, by)]
    if measures.concerns(table):
        rules += [
            Rule(("indicator", "unit"), lambda row: measures.unit(table, row, by)),
            Rule(("unit", "value"), lambda row: measures.whole(table, row, by)),
            Rule(("crisis_phase", "as_of"), lambda row: days.phase_of_day(table, row, by)),
            Rule(("as_of",), lambda row: days.before_crisis(table, row, by)),
            Rule(
                ("country", "admin1_pcode", "admin2_pcode", "unit", "value"),
                lambda row: measures.more_than_live_there(table, row, by),
                above=min((people for people, _ in by.populations.values()), default=0.0),
            ),
        ]
    if days.has_days(table):
        in_future = days.in_future(table)
        names = tuple(field.name for field in table.fields if field.kind == "date")
        rules.append(Rule(names, lambda row: in_future(table, row, by)))
    if set(_AREAS) <= set(table.columns):
        rules.append(Rule(_AREAS, lambda row: areas.names_of_areas(table, row, by)))
        rules.append(_named_areas(record))
    if "site_id" in table.columns and record.has_restricted:
        rules.append(_known_site(record))
    return tuple(rules)


def _links(table: Table, by: Known) -> Iterator[Rule]:
    for link in table.foreign_keys:
        alone = replace(table, foreign_keys=(link,))

        def judge(row: Row, alone: Table = alone) -> Iterator[Flaw]:
            return links.unknown_keys(alone, row, by)

        yield Rule((link.column,), judge)


def _named_areas(record: Record) -> Rule:
    """An area without a P-code has a known name all the same: free text does not go public."""
    names = {(row["kind"], row["name"]) for row in record.overlaid("places")}

    def judge(row: Row) -> Iterator[Flaw]:
        for level, kind in _AREA_KINDS.items():
            if row[level] is not None and (kind, row[level]) not in names:
                yield Flaw(level, row[level], f"a {kind} of places.csv", "unknown-key")
        if row["admin2"] is not None and row["admin1"] is None:
            yield Flaw("admin1", None, "the province of the district", "p-code")

    return Rule(_AREAS, judge)


def _known_site(record: Record) -> Rule:
    sites = {row["site_id"] for row in record.rows("restricted_sites")}

    def judge(row: Row) -> Iterator[Flaw]:
        if row["site_id"] is not None and row["site_id"] not in sites:
            yield Flaw("site_id", row["site_id"], "a site_id of restricted/sites.csv", "unknown-key")

    return Rule(("site_id",), judge)
