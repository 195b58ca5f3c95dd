"""Cells of large tables that earlier releases disclosed or suppressed; for small ones see disclosed_cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from utils.curation.contract import load
from utils.curation.disclosure.cell_suppression import Cell, cell_of
from utils.curation.disclosure.disclosed_cells import SHOWN_AGAIN
from utils.curation.problem_log import ProblemLog
from utils.curation.problems import Problem
from utils.releases.layout import folder_of

_CELL: Final = ["as_of", "admin1", "admin2"]
_COLUMNS: Final = ["observation_id", *_CELL, "value", "suppressed"]


@dataclass(frozen=True, slots=True)
class SuppressionHistory:
    """What kept releases say of a large table: ``hidden`` ids and cells, as Arrow texts; disclosed cells."""

    hidden_ids: Any
    hidden_cells: Any
    disclosed: frozenset[Cell]


def read_suppression_history(data: Path, releases: Iterable[str], table: str) -> SuppressionHistory:
    """Return what whole ``releases`` hide and disclose of a large table. Raises ``OSError``."""
    ids = cells = pa.array([], pa.string())
    disclosed: set[Cell] = set()
    for release in releases:
        path = folder_of(data, release) / "public" / f"{table}.parquet"
        for rows in _groups(path) if path.exists() else ():
            hidden = rows.filter(rows["suppressed"])
            ids = _union(ids, hidden["observation_id"])
            cells = _union(cells, _texts_of_cells(hidden))
            shown = _shown(rows).group_by(_CELL).aggregate([])
            disclosed |= {cell_of(row) for row in shown.to_pylist() if row["admin2"] is not None}
    return SuppressionHistory(ids, cells, frozenset(disclosed))


def find_shown_again_in_large(data: Path, public: Path, releases: Sequence[str]) -> tuple[Problem, ...]:
    """Return the rows of the large tables in ``public`` that show what a whole release hides.

    A hidden cell stays hidden under every id: a copy or a correction of it is hidden too. Raises ``OSError``.
    """
    log = ProblemLog()
    streamed = [table.name for table in load(data).tables.values() if table.streamed and table.public]
    for table in streamed:
        path = public / f"{table}.parquet"
        if not path.exists():
            continue
        history = read_suppression_history(data, releases, table)
        for rows in _groups(path) if len(history.hidden_ids) else ():
            shown = _shown(rows)
            by_id = pc.is_in(shown["observation_id"], value_set=history.hidden_ids)
            by_cell = pc.is_in(_texts_of_cells(shown), value_set=history.hidden_cells, skip_nulls=True)
            for row in shown.filter(pc.or_(by_id, by_cell))["observation_id"].to_pylist():
                name = f"{data.name}/curated/{table}.csv"
                log.add(Problem(name, 0, "value", row, SHOWN_AGAIN, "withheld-cell"))
    return log.problems()


def _shown(rows: Any) -> Any:
    return rows.filter(pc.and_(pc.invert(rows["suppressed"]), pc.is_valid(rows["value"])))


def _texts_of_cells(rows: Any) -> Any:
    """Return each row's cell as one text, null where it is no district's."""
    parts = [rows["as_of"].cast(pa.string()), rows["admin1"], rows["admin2"]]
    return pc.binary_join_element_wise(*parts, "\x1f")


def _union(known: Any, more: Any) -> Any:
    return pc.unique(pa.chunked_array([known, *more.drop_null().chunks], pa.string())) if len(more) else known


def _groups(path: Path) -> Iterator[Any]:
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            yield file.read_row_group(group, columns=_COLUMNS)
