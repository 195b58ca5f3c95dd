"""Large tables as the files of a tier: public rows and columns only, counts hidden, figures computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from utils.curation.bulk.cells import coded_as, codes_of, schema_of
from utils.curation.bulk.series import LATEST, SERIES, TABLE, Series, series_of
from utils.curation.bulk.small import hidden_rows
from utils.curation.bulk.stage import Staged
from utils.curation.contract import ContractError
from utils.curation.curated_tables import Record
from utils.curation.disclosure.redaction import STREAMED, SUPPRESSED, withheld_cells
from utils.releases.durable_files import sync_file

_SERIES_GROUP: Final = 8_192
"""Rows of a group of the series: one province's line is read with little besides."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows a file has, and how many sources they name."""

    rows: int
    sources: int


@dataclass(frozen=True, slots=True)
class Streamed:
    """One table of a tier, written when its place is known. ``in_pieces``: too large for a page."""

    name: str
    columns: tuple[str, ...]
    in_pieces: bool
    write: Callable[[Path], Written]


def tiers_of(record: Record, staged: Sequence[Staged]) -> dict[str, tuple[Streamed, ...]]:
    """Return the large tables of each tier, and what is computed from them.

    Raises :class:`ContractError` when the public rule of a table names a column it does not have.
    """
    public: list[Streamed] = []
    ngo: list[Streamed] = []
    for one in staged:
        hidden = hidden_rows(one, withheld_cells(record))
        ngo.append(_whole(one))
        if one.table.name in STREAMED:
            public.append(_redacted(record, one, hidden))
        if one.table.name == TABLE:
            series = series_of(record, one, hidden)
            public += _computed(series, public=True)
            ngo += _computed(series, public=False)
    return {"public": tuple(public), "ngo": tuple(ngo)}


def _whole(staged: Staged) -> Streamed:
    columns = (*staged.table.columns, SUPPRESSED.name)

    def groups() -> Iterator[dict[str, Any]]:
        for group in staged.groups(staged.table.columns):
            yield group | {SUPPRESSED.name: pa.array(np.zeros(len(group[columns[0]]), dtype=np.bool_))}

    return Streamed(staged.table.name, columns, True, lambda path: _write(path, staged, columns, groups()))


def _redacted(record: Record, staged: Staged, hidden: NDArray[np.bool_]) -> Streamed:
    rule = STREAMED[staged.table.name]
    allowed = {field.name for field in staged.table.fields if field.tier == "public"}
    if unknown := {*rule.columns.split(), *rule.empty.split()} - set(staged.table.columns):
        reason = f"the public tier of {staged.table.name} needs {', '.join(sorted(unknown))}"
        raise ContractError(path=record.data / "datapackage.json", reason=reason)
    own = tuple(column for column in rule.columns.split() if column in allowed)
    columns = (*own, SUPPRESSED.name)

    def groups() -> Iterator[dict[str, Any]]:
        before = 0
        for group in staged.groups([*own, *rule.empty.split()]):
            count = len(group[own[0]])
            gone = hidden[before : before + count]
            before += count
            may_go = np.ones(count, dtype=np.bool_)
            for column in rule.empty.split():
                may_go &= group[column].is_null().to_numpy(zero_copy_only=False)
            kept = {name: group[name].filter(pa.array(may_go)) for name in own}
            kept["value"] = _without(kept["value"], gone[may_go])
            yield kept | {SUPPRESSED.name: pa.array(gone[may_go])}

    return Streamed(staged.table.name, columns, True, lambda path: _write(path, staged, columns, groups()))


def _without(values: Any, gone: NDArray[np.bool_]) -> Any:
    numbers = values.to_numpy(zero_copy_only=False)
    return pa.array(numbers, pa.float64(), mask=gone | np.isnan(numbers))


def _write(path: Path, staged: Staged, columns: tuple[str, ...], groups: Iterable[dict[str, Any]]) -> Written:
    kinds = {field.name: field.type for field in schema_of(staged.table)} | {SUPPRESSED.name: pa.bool_()}
    plain = {name: pa.string() if pa.types.is_dictionary(kind) else kind for name, kind in kinds.items()}
    coded = [name for name in columns if pa.types.is_dictionary(kinds[name])]
    schema = pa.schema([pa.field(name, plain[name]) for name in columns])
    rows = 0
    sources: set[str] = set()
    with pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        use_dictionary=coded,
        column_encoding=dict.fromkeys(staged.table.key, "DELTA_BYTE_ARRAY"),
        store_schema=False,
    ) as writer:
        for group in groups:
            used = {name: _used(group[name]) if name in coded else group[name] for name in columns}
            if "source_id" in coded:
                sources |= set(used["source_id"].dictionary.to_pylist())
            arrays = [used[name].cast(plain[name]) for name in columns]
            if len(arrays[0]):
                writer.write_table(pa.table(arrays, schema=schema), len(arrays[0]))
                rows += len(arrays[0])
    sync_file(path)
    return Written(rows, len(sources))


def _used(column: Any) -> Any:
    """Return a coded column without the values that none of its rows has."""
    return coded_as([*column.dictionary.to_pylist(), None], codes_of(column))


def _computed(series: Series, *, public: bool) -> tuple[Streamed, ...]:
    if not series:
        return ()

    def write_series(path: Path) -> Written:
        return _write_tables(path, series.tables(public=public), _SERIES_GROUP)

    def write_latest(path: Path) -> Written:
        return _write_tables(path, [series.latest(public=public)], _SERIES_GROUP)

    return (
        Streamed(SERIES, tuple(next(series.tables(public=public)).column_names), True, write_series),
        Streamed(LATEST, tuple(series.latest(public=public).column_names), False, write_latest),
    )


def _write_tables(path: Path, tables: Iterable[Any], group: int) -> Written:
    writer: pq.ParquetWriter | None = None
    rows = 0
    sources: set[str] = set()
    try:
        for table in tables:
            if writer is None:
                writer = pq.ParquetWriter(path, table.schema, compression="zstd", store_schema=False)
            writer.write_table(table, group)
            rows += len(table)
            sources |= set(table["source_id"].unique().to_pylist())
    finally:
        if writer is not None:
            writer.close()
    sync_file(path)
    return Written(rows, len(sources))
