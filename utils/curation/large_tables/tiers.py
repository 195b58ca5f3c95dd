"""Large tables as the files of a tier: public rows and columns only, counts hidden, figures computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import ibis
import pyarrow.compute as pc
import pyarrow.parquet as pq

from utils.curation.contract import PublicRule
from utils.curation.curated_tables import Record
from utils.curation.disclosure.redaction import SUPPRESSED
from utils.curation.large_tables import expressions
from utils.curation.large_tables.engine import GROUP
from utils.curation.large_tables.model import LargeTable, Streamed, Written
from utils.curation.large_tables.suppression import mark_suppressed
from utils.releases.durable_files import sync_file

SUMMARISED: Final = "field_observations"
SERIES, LATEST = "field_series", "field_latest"
_SERIES_GROUP: Final = 8_192
"""Rows of a group of the series: one province's line is read with little besides."""


def make_tiers(
    record: Record, tables: Sequence[LargeTable], releases: Sequence[str]
) -> Mapping[str, tuple[Streamed, ...]]:
    """Return the large tables of each tier, and what is computed from them."""
    public: list[Streamed] = []
    ngo: list[Streamed] = []
    for table in tables:
        ngo.append(_make_whole(table))
        if table.table.public:
            public.append(_make_redacted(record, table, table.table.public, releases))
        if table.table.name == SUMMARISED:
            series = make_series(record, table, releases)
            public += _make_computed(table, expressions.withhold_sums(series), "public")
            ngo += _make_computed(table, series, "ngo")
    return {"public": tuple(public), "ngo": tuple(ngo)}


def make_series(record: Record, table: LargeTable, releases: Sequence[str]) -> Any:
    """Return the figures of provinces and countries by day, with ``_hidden``: the hidden rows in each."""
    may_sum = [str(row["indicator"]) for row in record.rows("indicators") if row["may_sum_over_areas"]]
    series = expressions.make_series(mark_suppressed(record, table, releases), may_sum)
    return table.open_engine().save("_series", series)


def _make_whole(table: LargeTable) -> Streamed:
    columns = (*table.table.columns, SUPPRESSED.name)
    rows = table.relation.mutate(suppressed=ibis.literal(False)).select(*columns)
    return _streamed(table, columns, rows)


def _make_redacted(record: Record, table: LargeTable, rule: PublicRule, releases: Sequence[str]) -> Streamed:
    allowed = {field.name for field in table.table.fields if field.tier == "public"}
    columns = (*(name for name in rule.columns if name in allowed), SUPPRESSED.name)
    rows = mark_suppressed(record, table, releases)
    rows = rows.mutate(value=ibis.ifelse(rows["suppressed"], None, rows["value"])).select(*columns)
    return _streamed(table, columns, rows)


def _streamed(table: LargeTable, columns: tuple[str, ...], rows: Any) -> Streamed:
    keys = table.table.key
    coded = [field.name for field in table.table.fields if field.kind == "string" and field.name not in keys]

    def write(path: Path) -> Written:
        return _write(
            path,
            table.open_engine().batches(rows),
            GROUP,
            use_dictionary=[name for name in coded if name in columns],
            column_encoding=dict.fromkeys(keys, "DELTA_BYTE_ARRAY"),
        )

    return Streamed(table.table.name, columns, True, write)


def _make_computed(table: LargeTable, series: Any, tier: str) -> tuple[Streamed, ...]:
    engine = table.open_engine()
    ((count,),) = engine.fetch(series.aggregate(series.count()))
    if not count:
        return ()
    lines = engine.save(f"_series_{tier}", expressions.sort_series(series))
    latest = engine.save(f"_latest_{tier}", expressions.find_latest(series))

    def write_series(path: Path) -> Written:
        return _write(path, engine.batches(lines, _SERIES_GROUP), _SERIES_GROUP)

    def write_latest(path: Path) -> Written:
        return _write(path, engine.batches(latest, _SERIES_GROUP), _SERIES_GROUP)

    return (
        Streamed(SERIES, tuple(lines.columns), True, write_series),
        Streamed(LATEST, tuple(latest.columns), False, write_latest),
    )


def _write(path: Path, groups: Iterable[Any], size: int, **options: Any) -> Written:
    """Write tables as the groups of one Parquet file."""
    writer: pq.ParquetWriter | None = None
    rows = 0
    sources: set[str] = set()
    try:
        for table in groups:
            if writer is None:
                writer = pq.ParquetWriter(
                    path, table.schema, compression="zstd", store_schema=False, **options
                )
            if len(table):
                writer.write_table(table, size)
            rows += len(table)
            if "source_id" in table.column_names:
                sources |= set(pc.unique(table["source_id"]).to_pylist())
    finally:
        if writer is not None:
            writer.close()
    sync_file(path)
    return Written(rows, len(sources))
