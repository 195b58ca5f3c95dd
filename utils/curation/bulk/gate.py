"""A count that a kept release hides stays hidden in a large table too: two could be subtracted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from utils.curation.bulk.found import Found
from utils.curation.disclosure.redaction import STREAMED
from utils.curation.problems import Problem
from utils.releases.layout import folder_of

_COLUMNS = ["observation_id", "suppressed"]


def shown_again_in_pieces(data: Path, public: Path, releases: Sequence[str]) -> tuple[Problem, ...]:
    """Return the cells of the large tables in ``public`` that one of the whole ``releases`` hides.

    A hidden cell stays hidden under its id; a correction is a row of its own. Raises ``OSError``.
    """
    found = Found()
    for table in STREAMED:
        path = public / f"{table}.parquet"
        if not path.exists():
            continue
        hidden = _hidden(data, table, releases)
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


def _hidden(data: Path, table: str, releases: Sequence[str]) -> Any:
    """Return the ids of the cells of a table that any of the releases hides."""
    ids = pa.array([], pa.string())
    for release in releases:
        path = folder_of(data, release) / "public" / f"{table}.parquet"
        if path.exists():
            with pq.ParquetFile(path) as file:
                for group in range(file.num_row_groups):
                    read = file.read_row_group(group, columns=_COLUMNS)
                    more = read["observation_id"].filter(read["suppressed"]).combine_chunks()
                    ids = pc.unique(pa.concat_arrays([ids, more]))
    return ids
