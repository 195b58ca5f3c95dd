"""The rule of small counts over a large table: entries from the engine, one province at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import ibis
import pyarrow as pa

from utils.curation.curated_tables import Record
from utils.curation.disclosure.cell_suppression import ENTRY, Cell, CellCounts
from utils.curation.disclosure.disclosed_cells import TOO_LATE
from utils.curation.disclosure.redaction import kinds_of, withheld, withheld_cells
from utils.curation.disclosure.suppression_history import read_suppression_history
from utils.curation.large_tables import expressions
from utils.curation.large_tables.model import LargeTable, Suppression
from utils.curation.problem_log import ProblemLog
from utils.curation.problems import Problem

_NEEDED: Final = frozenset({"observation_id", "value", *ENTRY[:-2]})
_CELL: Final = pa.schema([("as_of", pa.date32()), ("admin1", pa.string()), ("admin2", pa.string())])


def suppression_of(record: Record, table: LargeTable, releases: Sequence[str]) -> Suppression | None:
    """Return what of a table is hidden, ``None`` where its columns hold no counts by district.

    ``releases`` are the kept ones that are whole. It is worked out once. Raises ``OSError``.
    """
    if table.suppression is None and set(table.table.columns) >= _NEEDED:
        table.suppression = _suppress(record, table, releases)
    return table.suppression


def public_rows(table: LargeTable) -> Any:
    """Return the rows that may go public."""
    rows = table.relation
    rule = table.table.public
    for column in rule.empty if rule else ():
        rows = rows.filter(rows[column].isnull())
    return rows


def mark_suppressed(record: Record, table: LargeTable, releases: Sequence[str]) -> Any:
    """Return the rows that may go public with ``suppressed``."""
    suppression = suppression_of(record, table, releases)
    if suppression is None:
        return public_rows(table).mutate(suppressed=ibis.literal(False))
    return expressions.mark_suppressed(public_rows(table), suppression.cells, suppression.ids)


def find_disclosed_small(record: Record, table: LargeTable, releases: Sequence[str]) -> tuple[Problem, ...]:
    """Return small counts that cannot be hidden any more: kept releases disclose them by subtraction."""
    suppression = suppression_of(record, table, releases) if table.rows else None
    if suppression is None:
        return ()
    log = ProblemLog()
    file = f"{record.data.name}/{table.table.path}"
    keys = list(_CELL.names)
    rows = public_rows(table).semi_join(suppression.disclosed_small, keys)
    for some in table.open_engine().batches(rows.select("observation_id")):
        for key in some["observation_id"].to_pylist():
            log.add(Problem(file, 0, "value", key, TOO_LATE, "withheld-cell"))
    return log.problems()


def _suppress(record: Record, table: LargeTable, releases: Sequence[str]) -> Suppression:
    engine, rows = table.open_engine(), public_rows(table)
    name = table.table.name
    ids = pa.table({"observation_id": pa.array(sorted(withheld_cells(record)), pa.string())})
    listed = engine.store(f"_{name}_ids", ids)
    kept = {*withheld(record).cells, *engine.fetch(expressions.find_cells_of(rows, listed))}
    disclosed = read_suppression_history(record.data, releases, name).disclosed
    entries = engine.save(f"_{name}_entries", expressions.count_entries(rows))
    hidden: set[Cell] = set(kept)
    too_late: set[Cell] = set()
    for (province,) in engine.fetch(entries.select("admin1").distinct().order_by("admin1")):
        own = entries.filter(entries["admin1"].identical_to(ibis.literal(province, "string")))
        frame = pa.concat_tables(list(engine.batches(own))).select(list(ENTRY)).to_pandas()
        counts = CellCounts(frame, kinds_of(record), _of(disclosed, province))
        cells = counts.find_hidden(_of(kept, province))
        hidden |= cells
        too_late |= counts.find_disclosed(cells)
    return Suppression(
        engine.store(f"_{name}_hidden", _table_of(hidden)),
        listed,
        engine.store(f"_{name}_too_late", _table_of(too_late)),
    )


def _of(cells: frozenset[Cell] | set[Cell], province: str | None) -> frozenset[Cell]:
    return frozenset(cell for cell in cells if cell[1] == province)


def _table_of(cells: set[Cell]) -> Any:
    columns = list(zip(*sorted(cells, key=str), strict=True)) or [(), (), ()]
    return pa.table([pa.array(column, kind.type) for column, kind in zip(columns, _CELL, strict=True)], _CELL)
