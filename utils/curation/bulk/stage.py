"""A large table read and checked once, and laid down typed, so that what follows reads columns only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from utils.curation.bulk.cells import Cells, schema_of
from utils.curation.bulk.found import Found
from utils.curation.bulk.keys import Key, KeyRows, Seen, tell_duplicates
from utils.curation.bulk.parts import Piece, name_of, parts, pieces
from utils.curation.bulk.rules import Rules, rules_of
from utils.curation.contract import Table
from utils.curation.curated_tables import Record
from utils.curation.problems import Problem
from utils.curation.progress import Progress

GROUP: Final = 131_072
"""Rows of one group of a file: what is in memory at once."""
_PART, _LINE = "_part", "_line"
_TOLD_EVERY: Final = 1_000_000
_OWN_KEY: Final = "a key of its own ({row} has it already)"
_ONCE: Final = "one row for the same {columns} ({{row}} has it already)"


@dataclass(frozen=True, slots=True)
class Staged:
    """A checked table: its typed rows in a file of groups, in the order of its parts; its problems."""

    table: Table
    path: Path
    rows: int
    problems: tuple[Problem, ...]

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """Return the problems that stop a release: none of a large table can be accepted."""
        return tuple(problem for problem in self.problems if problem.severity != "warning")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Return what is told, and no more."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")

    def groups(self, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Yield columns of the rows, a group at a time."""
        with pq.ParquetFile(self.path) as file:
            for group in range(file.num_row_groups):
                read = file.read_row_group(group, columns=list(columns))
                yield {name: read.column(name).combine_chunks() for name in columns}


@contextmanager
def staged(record: Record, folder: Path | None, tell: Progress) -> Iterator[tuple[Staged, ...]]:
    """Read and check every large table of a record that has rows or problems; keep them for the block.

    ``folder`` (``None``: the system's for such files) must take about as many bytes as the tables have,
    compressed. Raises ``OSError``.
    """
    with TemporaryDirectory(dir=folder, prefix=".staged-") as name:
        yield tuple(
            one
            for table in record.contract.tables.values()
            if table.streamed
            for one in [_stage(record, table, Path(name), tell)]
            if one.rows or one.problems
        )


def _stage(record: Record, table: Table, folder: Path, tell: Progress) -> Staged:
    found = Found()
    path = folder / f"{table.name}.parquet"
    files = parts(record.data, table)
    names = [name_of(record.data, file) for file in files]
    seen = [Seen(key) for key in _keys_of(table)]
    cells, rules = Cells(table, found), Rules(rules_of(record, table), found)
    withdrawn = _withdrawn(record)
    rows = 0
    with _Layer(path, table) as layer:
        for part, file in enumerate(files):
            for piece in pieces(record.data, file, table, found):
                columns = cells.typed(piece)
                rules.judge(piece, columns)
                _tell_withdrawn(piece, columns, table, withdrawn, found)
                for one in seen:
                    one.add(columns)
                layer.add(columns, part, piece)
                if rows // _TOLD_EVERY != (rows + len(piece.lines)) // _TOLD_EVERY:
                    tell("check", f"{table.name} {(rows + len(piece.lines)) // _TOLD_EVERY:,},000,000 rows")
                rows += len(piece.lines)
    _tell_twice(table, path, names, seen, found)
    return Staged(table, path, rows, found.problems())


def _keys_of(table: Table) -> list[Key]:
    once = [Key(columns, _ONCE.format(columns=", ".join(columns))) for columns in table.unique]
    return [Key(table.key, _OWN_KEY), *once]


def _tell_twice(table: Table, path: Path, names: Sequence[str], seen: Sequence[Seen], found: Found) -> None:
    for one in seen:
        columns = one.key.columns
        layer = Staged(table, path, 0, ())

        def rows(columns: tuple[str, ...] = columns, layer: Staged = layer) -> Iterator[KeyRows]:
            for group in layer.groups([*columns, _PART, _LINE]):
                yield KeyRows(group, names, group[_PART].to_numpy(), group[_LINE].to_numpy())

        tell_duplicates(one.key, one.twice(), rows, found)


def _withdrawn(record: Record) -> Any:
    return pa.array([str(row["observation_id"]) for row in record.rows("withdrawn_ids")], pa.string())


def _tell_withdrawn(
    piece: Piece, columns: Mapping[str, Any], table: Table, withdrawn: Any, found: Found
) -> None:
    """Tell the rows that take an id that was withdrawn once."""
    if len(table.key) != 1 or not len(withdrawn):
        return
    key = table.key[0]
    for at in np.flatnonzero(pc.is_in(columns[key], value_set=withdrawn).to_numpy(zero_copy_only=False)):
        line, shown = int(piece.lines[at]), columns[key][int(at)].as_py()
        found.add([Problem(piece.file, line, key, shown, "an id that was never withdrawn", "reused-id")])


class _Layer:
    """Writes pieces of any size as groups of one size."""

    def __init__(self, path: Path, table: Table) -> None:
        fields = [*schema_of(table), pa.field(_PART, pa.int32()), pa.field(_LINE, pa.int32())]
        self._schema = pa.schema(fields)
        self._writer = pq.ParquetWriter(path, self._schema, compression="lz4", use_dictionary=_coded(table))
        self._waiting: list[Any] = []
        self._count = 0

    def __enter__(self) -> _Layer:
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self._write(everything=True)
        self._writer.close()

    def add(self, columns: Mapping[str, Any], part: int, piece: Piece) -> None:
        """Take in the rows of a piece."""
        where = {
            _PART: pa.array(np.full(len(piece.lines), part, dtype=np.int32)),
            _LINE: pa.array(piece.lines),
        }
        arrays = {**columns, **where}
        self._waiting.append(pa.table([arrays[name] for name in self._schema.names], schema=self._schema))
        self._count += len(piece.lines)
        if self._count >= GROUP:
            self._write(everything=False)

    def _write(self, *, everything: bool) -> None:
        if not self._waiting:
            return
        table = pa.concat_tables(self._waiting).unify_dictionaries()
        size = self._count if everything else self._count // GROUP * GROUP
        for start in range(0, size, GROUP):
            self._writer.write_table(table.slice(start, min(GROUP, size - start)).combine_chunks(), GROUP)
        rest = table.slice(size)
        self._waiting, self._count = ([rest] if len(rest) else []), len(rest)


def _coded(table: Table) -> list[str]:
    return [field.name for field in table.fields if field.kind == "string" and field.name not in table.key]


def problems_of(record: Record) -> tuple[Problem, ...]:
    """Return the problems of every large table; what is read is thrown away. Raises ``OSError``."""
    with staged(record, None, lambda step, detail: None) as large:
        return tuple(problem for one in large for problem in one.problems)
