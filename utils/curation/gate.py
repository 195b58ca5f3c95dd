"""The last gate before a release: everything bound for the public is read again, as files.

A rule of redaction may be wrong; this looks at what came out, not at how. Names are compared in all
scripts by the name gate, points by their distance to a hidden site.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from utils.curation.bulk.leaks import MANY_ROWS, in_columns
from utils.curation.names import OPENLY_NAMED, NameGate
from utils.curation.read import Problem
from utils.curation.record import Record
from utils.curation.redact import Shape
from utils.curation.shelf import folder_of, shelf

NEAR_KM: Final = 5.0
_KM_PER_DEGREE: Final = 111.2
_POINTS_OF_PLACES: Final = frozenset({"places"})
"""Tables of public geography: where a town or district lies says nothing about a shelter."""
_PAIR: Final = re.compile(r"(?<![\d.])(1[0-4]\.\d{2,})\D{1,12}?(10[2-7]\.\d{2,})(?![\d])")
_EXACT: Final = frozenset({"village", "commune"})


@dataclass(frozen=True, slots=True)
class Secret:
    """What the public may not see: hidden names in all scripts, and hidden points."""

    names: NameGate
    points: tuple[tuple[float, float], ...]

    def tells(self, text: str) -> bool:
        """Return whether ``text`` names a hidden site, or holds a pair of coordinates near one."""
        if self.names.hits(text):
            return True
        return any(self.is_near(float(lat), float(lon)) for lat, lon in _PAIR.findall(text))

    def is_near(self, lat: float, lon: float) -> bool:
        """Return whether a point given to more than one decimal lies within 5 km of a hidden one."""
        if round(lat, 1) == lat and round(lon, 1) == lon:
            return False
        return any(_km(lat, lon, *point) < NEAR_KM for point in self.points)


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    across = (lon - other_lon) * math.cos(math.radians(lat))
    return math.hypot(lat - other_lat, across) * _KM_PER_DEGREE


def secret_of(record: Record) -> Secret:
    """Return what the record hides; nothing where the restricted folder is not there."""
    points = (
        (row["lat"], row["lon"])
        for row in record.rows("restricted_sites")
        if row["public_display"] != OPENLY_NAMED and row["coord_precision"] in _EXACT
    )
    found = tuple(
        (float(lat), float(lon))
        for lat, lon in points
        if isinstance(lat, float | int) and isinstance(lon, float | int)
    )
    return Secret(record.gate(), found)


def leaks_in_files(record: Record, folder: Path) -> tuple[Problem, ...]:
    """Return where the files of a public tier tell what is hidden: values, metadata, contract, manifest.

    What is told is not repeated in the problems. Raises ``OSError``.
    """
    secret = secret_of(record)
    found: list[Problem] = []
    for path in sorted(folder.iterdir()):
        name = f"public/{path.name}"
        if path.suffix == ".parquet":
            is_large = pq.read_metadata(path).num_rows > MANY_ROWS
            found += in_columns(path, name, secret) if is_large else _in_table(path, name, secret)
        elif secret.tells(path.read_text("utf-8")):
            found.append(_problem(name, 0, ""))
    return tuple(found)


def _in_table(path: Path, name: str, secret: Secret) -> Iterator[Problem]:
    file = pq.ParquetFile(path)
    for key, value in (file.metadata.metadata or {}).items():
        if key != b"ARROW:schema" and secret.tells(f"{key.decode()} {value.decode('utf-8', 'replace')}"):
            yield _problem(name, 0, "metadata")
    verdict: dict[str, bool] = {}
    line = 0
    for batch in file.iter_batches():
        for row in batch.to_pylist():
            line += 1
            yield from _in_row(row, name, line, secret, verdict, path.stem not in _POINTS_OF_PLACES)


def _in_row(
    row: Mapping[str, Any], name: str, line: int, secret: Secret, verdict: dict[str, bool], points: bool
) -> Iterator[Problem]:
    for column, value in row.items():
        if isinstance(value, str):
            if value not in verdict:
                verdict[value] = secret.tells(value)
            if verdict[value]:
                yield _problem(name, line, column)
    lat, lon = row.get("lat"), row.get("lon")
    if points and isinstance(lat, float) and isinstance(lon, float) and secret.is_near(lat, lon):
        yield _problem(name, line, "lat")


def _problem(file: str, line: int, column: str) -> Problem:
    wanted = "no name and no point of a site that is not closed"
    return Problem(file, line, column, "withheld", wanted, "restricted")


def shown_again(data: Path, public: Mapping[str, Shape]) -> tuple[Problem, ...]:
    """Return cells that a kept release hides and this one would show: two releases could be subtracted.

    A hidden cell stays hidden under its id; a correction is a row of its own.
    """
    hidden = hidden_cells(data)
    if not hidden:
        return ()
    _columns, rows = public["displacement"]
    return tuple(
        Problem(
            f"{data.name}/curated/displacement.csv",
            0,
            "value",
            str(row["observation_id"]),
            "a cell that stays hidden, as in an earlier release: list it in withheld_cells.csv",
            "withheld-cell",
        )
        for row in rows
        if row["observation_id"] in hidden and not row["suppressed"]
    )


def hidden_cells(data: Path) -> frozenset[str]:
    """Return the ids of the cells that any kept release hides."""
    return frozenset(
        observation
        for release in shelf(data)
        if release.whole
        for observation in _hidden_in(folder_of(data, release.release) / "public" / "displacement.parquet")
    )


def _hidden_in(path: Path) -> Iterable[str]:
    table = pq.read_table(path, columns=["observation_id", "suppressed"], filters=[("suppressed", "=", True)])
    return [str(value) for value in table["observation_id"].to_pylist()]
