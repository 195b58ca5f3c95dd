"""A count that a kept release hides stays hidden in a large table too: two could be subtracted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from utils.curation.bulk.found import Found
from utils.curation.contract import load
from utils.curation.problems import Problem
from utils.curation.shelf import folder_of, shelf

_COLUMNS = ["observation_id", "suppressed"]


def shown_again_in_pieces(data: Path, public: Path) -> tuple[Problem, ...]:
    """Return the cells of the large tables in ``public`` that a kept release hides.

    A hidden cell stays hidden under its id; a correction is a row of its own. Raises ``OSError``.
    """
    found = Found()
    streamed = [table.name for table in load(data).tables.values() if table.streamed and table.public]
    for table in streamed:
        path = public / f"{table}.parquet"
        if not path.exists():
            continue
        hidden = _hidden(data, table)
        if not len(hidden):
            continue
        wanted = "a cell that stays hidden, as in an earlier release: list it in withheld_cells.csv"
        with pq.ParquetFile(path) as file:
            for group in range(file.num_row_groups):
                read = file.read_row_group(group, columns=_COLUMNS)
                again = pc.and_(
                    pc.invert(read["suppressed"]), pc.is_in(read["observation_id"], value_set=hidden)
                )
                for cell in read["observation_id"].filter(again).to_pylist():
                    name = f"{data.name}/curated/{table}.csv"
                    found.add([Problem(name, 0, "value", cell, wanted, "withheld-cell")])
    return found.problems()


def _hidden(data: Path, table: str) -> Any:
    """Return the ids of the cells of a table that any kept release hides."""
    ids = pa.array([], pa.string())
    for kept in shelf(data):
        path = folder_of(data, kept.release) / "public" / f"{table}.parquet"
        if kept.whole and path.exists():
            with pq.ParquetFile(path) as file:
                for group in range(file.num_row_groups):
                    read = file.read_row_group(group, columns=_COLUMNS)
                    more = read["observation_id"].filter(read["suppressed"]).combine_chunks()
                    ids = pc.unique(pa.concat_arrays([ids, more]))
    return ids
