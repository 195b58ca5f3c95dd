"""Large tables are loaded into the engine once, typed, and checked there; every problem comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import ibis
import pyarrow as pa

from utils.curation.contract import CONTRACT, ContractError, Table
from utils.curation.curated_tables import Record
from utils.curation.large_tables import expressions
from utils.curation.large_tables.engine import Engine
from utils.curation.large_tables.model import LargeTable, Opened
from utils.curation.large_tables.parsing import (
    FAULTS,
    TYPES,
    PatternNotPortable,
    Source,
    formulate,
    quote_name,
    quote_text,
    select_faults,
    select_typed,
)
from utils.curation.large_tables.parts import LINE, Part
from utils.curation.large_tables.rules import Rule, rules_of
from utils.curation.problem_log import ProblemLog
from utils.curation.problems import Code, Problem, shown
from utils.curation.progress import Progress

_PART: Final = "_part"
_REPORTED_EVERY: Final = 1_000_000
_JUDGED_AT_ONCE: Final = 50_000
_OWN_KEY: Final = "a key of its own ({row} has it already)"
_ONCE: Final = "one row for the same {columns} ({{row}} has it already)"


@contextmanager
def load_tables(
    record: Record,
    opened: Sequence[Opened],
    folder: Path,
    progress: Progress,
) -> Iterator[list[LargeTable]]:
    """Load and check the parts of large tables in an engine that keeps its files in ``folder``.

    Raises ``OSError``, ``MemoryError`` or :class:`ContractError`.
    """
    engine = Engine(folder, [part.path for each in opened for part in each.parts])
    try:
        yield [_check(engine, record, each, progress) for each in opened]
    finally:
        engine.close()


def _check(engine: Engine, record: Record, opened: Opened, progress: Progress) -> LargeTable:
    table, parts, log = opened.table, opened.parts, opened.log
    try:
        load(engine, table, parts, log, progress)
    except PatternNotPortable as error:
        raise ContractError(path=record.data / CONTRACT, reason=str(error)) from error
    rows = engine.table(table.name)
    checks = _Checks(engine, [part.name for part in parts], log)
    for number, rule in enumerate(rules_of(record, table)):
        checks.apply(rows, rule, number)
    checks.find_withdrawn(rows, table, record)
    once = [(columns, _ONCE.format(columns=", ".join(columns))) for columns in table.unique]
    for columns, wanted in [(table.key, _OWN_KEY), *once]:
        checks.find_duplicates(rows, columns, wanted)
    ((count,),) = engine.execute(f"SELECT count(*) FROM {quote_name(table.name)}")
    return LargeTable(table, count, log.problems(), engine)


def load(engine: Engine, table: Table, parts: Sequence[Part], log: ProblemLog, progress: Progress) -> None:
    """Load the parts of a table into the engine, under its name; what is wrong with cells goes to ``log``.

    Raises :class:`PatternNotPortable`.
    """
    columns = ", ".join(f"{quote_name(field.name)} {TYPES[field.kind]}" for field in table.fields)
    engine.execute(
        f"CREATE OR REPLACE TABLE {quote_name(table.name)} "
        f"({_PART} INTEGER, {LINE} INTEGER, {columns}, {FAULTS} BIGINT)"
    )
    rows = 0
    for number, part in enumerate(parts):
        loader = _Loader(engine, table, part, number, log, progress, rows)
        loader.load()
        rows = loader.rows


@dataclass(slots=True)
class _Loader:
    """Loads one part; ``rows`` counts those of the table so far."""

    engine: Engine
    table: Table
    part: Part
    number: int
    log: ProblemLog
    progress: Progress
    rows: int

    def load(self) -> None:
        if not (self.part.header and self._load_plain()):
            self._load_batches()

    def _load_plain(self) -> bool:
        """Have the engine read a plain CSV file; return whether each line had its cells."""
        source = Source(_read_csv(self.part), is_text=True)
        try:
            self._insert(source)
        except duckdb.InvalidInputException:
            return False
        if bits := self._faulty():
            self._list(source, bits)
        return True

    def _load_batches(self) -> None:
        source = Source("FROM batch", self.part.is_text, self.part.mistyped)
        for batch in self._batches(self.log.add):
            self._insert(source, batch=batch)
        if bits := self._faulty():
            for batch in self._batches(lambda problem: None):
                self._list(source, bits, batch=batch)

    def _batches(self, report: Callable[[Problem], object]) -> Iterator[Any]:
        for batch in self.part.batches(report):
            yield pa.Table.from_batches([batch])

    def _insert(self, source: Source, **tables: Any) -> None:
        typed = select_typed(self.table.fields, source)
        ((count,),) = self.engine.execute(
            f"INSERT INTO {quote_name(self.table.name)} SELECT {self.number}, * FROM ({typed})", **tables
        )
        millions = (self.rows + count) // _REPORTED_EVERY
        if millions != self.rows // _REPORTED_EVERY:
            self.progress("check", f"{self.table.name} {millions:,},000,000 rows")
        self.rows += count

    def _faulty(self) -> int:
        """Return the bits of the columns in which the part has wrong cells, 0 where it has none."""
        ((bits,),) = self.engine.execute(
            f"SELECT bit_or({FAULTS}) FROM {quote_name(self.table.name)} "
            f"WHERE {_PART} = {self.number} AND {FAULTS} <> 0"
        )
        return bits or 0

    def _list(self, source: Source, bits: int, **tables: Any) -> None:
        """Log the wrong cells of some columns."""
        wrong = self.engine.execute(select_faults(self.table.fields, source, bits, self.log.most), **tables)
        counts: dict[Code, int] = {}
        for line, at, code, cell, times in wrong:
            field = self.table.fields[at]
            text, fault = formulate(cell, field, source)
            expected = fault.expected if fault else "a value"
            self.log.add(Problem(self.part.name, line, field.name, text, expected, code), times=0)
            counts[code] = times
        for code, times in counts.items():
            self.log.count(self.part.name, code, times)


def _read_csv(part: Part) -> str:
    """Return SQL that reads a plain CSV file: a row of text each line, in order, the header being line 1."""
    columns = ", ".join(f"{quote_text(name)}: 'VARCHAR'" for name in part.header)
    return (
        f"SELECT row_number() OVER () + 1 AS {LINE}, * FROM read_csv({quote_text(str(part.path.resolve()))}, "
        f"columns = {{{columns}}}, auto_detect = false, header = false, skip = 1, nullstr = '', "
        f"delim = {quote_text(part.separator)}, quote = '\"', escape = '\"', strict_mode = true)"
    )


@dataclass(frozen=True, slots=True)
class _Checks:
    """Applies rules to loaded rows."""

    engine: Engine
    names: Sequence[str]
    log: ProblemLog

    def apply(self, rows: Any, rule: Rule, number: int) -> None:
        """Log the rows that break a rule of single rows; each combination of their cells is judged once."""
        flawed = f"_flawed_{number}"
        is_new = True
        combinations = expressions.find_combinations(rows, rule.columns, rule.above)
        for batch in self.engine.batches(combinations, _JUDGED_AT_ONCE):
            if flaws := _judge(rule, batch):
                into = f"CREATE OR REPLACE TABLE {flawed} AS" if is_new else f"INSERT INTO {flawed}"
                content = pa.table({name: [row[name] for row in flaws] for name in flaws[0]}, _schema(batch))
                self.engine.execute(f"{into} FROM content", content=content)
                is_new = False
        if not is_new:
            broken = expressions.find_rows_of(rows, self.engine.table(flawed), rule.columns, rule.above)
            self._log(broken.mutate(_order=0), lambda row: (row["column"], row["shown"], row["expected"]))

    def find_withdrawn(self, rows: Any, table: Table, record: Record) -> None:
        """Log the rows that take an id that was withdrawn once."""
        ids = [str(row["observation_id"]) for row in record.rows("withdrawn_ids")]
        if len(table.key) == 1 and ids:
            key = table.key[0]
            withdrawn = self.engine.store("_withdrawn", pa.table({key: pa.array(ids, pa.string())}))
            reused = rows.semi_join(withdrawn, key)
            reused = reused.mutate(code=ibis.literal("reused-id"), _order=0)
            self._log(reused, lambda row: (key, row[key], "an id that was never withdrawn"))

    def find_duplicates(self, rows: Any, columns: Sequence[str], wanted: str) -> None:
        """Log the rows that repeat another in ``columns``; ``wanted`` names the first row as ``{row}``."""
        repeated = expressions.find_duplicates(rows, columns)
        repeated = repeated.mutate(code=ibis.literal("duplicate"), _order=0)

        def words(row: dict[str, Any]) -> tuple[str, str, str]:
            cells = ", ".join("" if row[name] is None else str(row[name]) for name in columns)
            first = f"row {row['first_line']}"
            if row["first_part"] != row[_PART]:
                first += f" of {self.names[row['first_part']]}"
            return "+".join(columns), cells, wanted.format(row=first)

        self._log(repeated, words)

    def _log(self, broken: Any, words: Callable[[dict[str, Any]], tuple[str, str, str]]) -> None:
        broken = self.engine.save("_broken", broken)
        for part, code, times in self.engine.fetch(expressions.count_problems(broken)):
            self.log.count(self.names[part], code, times)
        for some in self.engine.batches(expressions.list_first(broken, self.log.most)):
            for row in some.to_pylist():
                column, value, expected = words(row)
                problem = Problem(self.names[row[_PART]], row[LINE], column, value, expected, row["code"])
                self.log.add(problem, times=0)


def _judge(rule: Rule, batch: Any) -> list[dict[str, Any]]:
    """Return what is wrong with each combination, as the combination, ``column``, ``shown`` …"""
    return [
        row
        | {
            "column": flaw.column,
            "shown": shown(flaw.value),
            "expected": flaw.expected,
            "code": flaw.code,
        }
        for row in batch.to_pylist()
        for flaw in rule.judge(row)
    ]


def _schema(batch: Any) -> Any:
    texts = [pa.field(name, pa.string()) for name in ("column", "shown", "expected", "code")]
    return pa.schema([*batch.schema, *texts])
