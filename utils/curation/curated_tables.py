"""The whole curated record, read once: every table, its restricted part, every problem of reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from utils.curation.contract import RESTRICTED, Contract, load
from utils.curation.read import Problem, Reading, Row, read_table


@dataclass(frozen=True, slots=True)
class Record:
    """All readings by table name. ``has_restricted`` tells whether the restricted folder is there."""

    data: Path
    contract: Contract
    readings: Mapping[str, Reading]
    has_restricted: bool

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the problems of reading."""
        return tuple(problem for reading in self.readings.values() for problem in reading.problems)

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return the rows of a table; none where it is not there."""
        reading = self.readings.get(table)
        return reading.rows if reading else ()

    def overlaid(self, subject: str) -> tuple[Row, ...]:
        """Return a table with its restricted rows: those of the same key replace, others are added."""
        open_rows, hidden = self.rows(subject), self.rows(RESTRICTED + subject)
        if not hidden:
            return open_rows
        key = self.contract.tables[RESTRICTED + subject].key
        merged = {tuple(str(row[column]) for column in key): row for row in (*open_rows, *hidden)}
        return tuple(merged[known] for known in sorted(merged))


def read_record(data: Path, *, on_table: Callable[[str], object] = str) -> Record:
    """Read every table of a data folder, telling ``on_table`` each name before it is read.

    Raises :class:`utils.curation.contract.ContractError`.
    """
    contract = load(data)
    described = any(table.restricted for table in contract.tables.values())
    has_restricted = described and (data / "curated" / "restricted").is_dir()
    readings = {}
    for name, table in contract.tables.items():
        if (has_restricted or not table.restricted) and not table.streamed:
            on_table(name)
            readings[name] = read_table(data, table)
    return Record(data=data, contract=contract, readings=readings, has_restricted=has_restricted)
