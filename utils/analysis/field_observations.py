"""Field observations of an organisation's own monitoring table: newest by province, and over days.

Only what a release computed for pages is read: the newest figures, and of the figures by day one line.
Lines of different counters, sources or bases are never joined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import pyarrow.compute as pc

from utils.analysis import observations
from utils.analysis.model import Observation
from utils.releases import Release, per_release

LATEST: Final = "field_latest"
SERIES: Final = "field_series"
Figure = Literal["printed", "summed", "withheld"]


@dataclass(frozen=True, slots=True)
class Line:
    """What is counted alike: one indicator by one counter of one source on one basis.

    ``code`` names it in an address.
    """

    code: str
    indicator: str
    area_basis: str
    counted_by: str
    source_id: str
    newest: date


@dataclass(frozen=True, slots=True)
class FieldFigure:
    """One figure, how it was made, and the number of rows behind it."""

    observation: Observation
    figure: Figure
    rows: int


def is_there(release: Release) -> bool:
    """Return whether the release has field observations of any province."""
    return LATEST in release.tables and bool(lines(release))


@per_release
def lines(release: Release) -> tuple[Line, ...]:
    """Return the lines that have a figure of a province, those with the newest first."""
    found: dict[tuple[str, str, str, str], date] = {}
    for row in observations.rows(release, LATEST):
        if row["level"] == "province":
            key = (row["indicator"], row["area_basis"], row["counted_by"], row["source_id"])
            found[key] = max(found.get(key, date.min), row["as_of"])
    every = [
        Line("~".join(key), indicator, basis, counter, source, day)
        for (key, day) in found.items()
        for indicator, basis, counter, source in [key]
    ]
    return tuple(sorted(every, key=lambda line: (-line.newest.toordinal(), line.code)))


def line_of(release: Release, code: str) -> Line:
    """Return the line of a code. Raises ``KeyError`` where the release has no such line."""
    return {line.code: line for line in lines(release)}[code]


def provinces(release: Release, line: Line) -> tuple[str, ...]:
    """Return the provinces of a line by their name in the table, the largest newest figure first."""
    return tuple(field_figure.observation.admin1 for field_figure in newest(release, line))


@per_release
def newest(release: Release, line: Line) -> tuple[FieldFigure, ...]:
    """Return the newest figure of each province in a line, the largest first; withheld ones last."""
    rows = [
        row for row in observations.rows(release, LATEST) if row["level"] == "province" and _is_of(row, line)
    ]
    found = [_figure(release, row) for row in rows]
    return tuple(sorted(found, key=lambda part: (-_size(part), part.observation.admin1)))


@per_release
def over_days(release: Release, line: Line, province: str) -> tuple[FieldFigure, ...]:
    """Return the figures of one province by day. Raises :class:`utils.releases.TableUnavailable`."""
    wanted = (
        (pc.field("indicator") == line.indicator)
        & (pc.field("level") == "province")
        & (pc.field("admin1") == province)
        & (pc.field("area_basis") == line.area_basis)
        & (pc.field("counted_by") == line.counted_by)
        & (pc.field("source_id") == line.source_id)
    )
    rows = release.dataset(SERIES).to_table(filter=wanted).to_pylist()
    return tuple(_figure(release, row) for row in sorted(rows, key=lambda row: row["as_of"]))


def _is_of(row: Mapping[str, Any], line: Line) -> bool:
    return (row["indicator"], row["area_basis"], row["counted_by"], row["source_id"]) == (
        *(line.indicator, line.area_basis, line.counted_by),
        line.source_id,
    )


def _size(field_figure: FieldFigure) -> float:
    return -1.0 if field_figure.observation.value is None else field_figure.observation.value


def _figure(release: Release, row: Mapping[str, Any]) -> FieldFigure:
    return FieldFigure(
        observation=Observation(
            observation_id="",
            indicator=row["indicator"],
            value=row["value"],
            unit=row["unit"],
            as_of=row["as_of"],
            sources=(observations.sources(release)[row["source_id"]],),
            qualifier=row["qualifier"],
            country=row["country"],
            admin1=row["admin1"],
            admin1_pcode=row["admin1_pcode"],
            area_basis=row["area_basis"] or "not_applicable",
            counted_by=row["counted_by"],
        ),
        figure=row["figure"],
        rows=int(row["rows"]),
    )
