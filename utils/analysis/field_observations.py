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
_LINE: Final = ("indicator", "area_basis", "counted_by", "source_id")
FigureOrigin = Literal["printed", "summed", "withheld"]


@dataclass(frozen=True, slots=True)
class FieldLine:
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
    figure: FigureOrigin
    rows: int


def has_field_figures(release: Release) -> bool:
    """Return whether the release has field observations of any province."""
    return LATEST in release.tables and bool(list_field_lines(release))


@per_release
def list_field_lines(release: Release) -> tuple[FieldLine, ...]:
    """Return the lines that have a figure of a province, those with the newest first."""
    newest: dict[tuple[str, str, str, str], date] = {}
    for row in observations.load_rows(release, LATEST):
        if row["level"] == "province":
            key = (row["indicator"], row["area_basis"], row["counted_by"], row["source_id"])
            newest[key] = max(newest.get(key, date.min), row["as_of"])
    every = [FieldLine("~".join(key), *key, day) for key, day in newest.items()]
    return tuple(sorted(every, key=lambda line: (-line.newest.toordinal(), line.code)))


def find_field_line(release: Release, code: str) -> FieldLine:
    """Return the line of a code. Raises ``KeyError`` where the release has no such line."""
    return {line.code: line for line in list_field_lines(release)}[code]


def list_line_provinces(release: Release, line: FieldLine) -> tuple[str, ...]:
    """Return the provinces of a line by their name in the table, the largest newest figure first."""
    return tuple(field_figure.observation.admin1 for field_figure in list_newest_figures(release, line))


@per_release
def list_newest_figures(release: Release, line: FieldLine) -> tuple[FieldFigure, ...]:
    """Return the newest figure of each province in a line, the largest first; withheld ones last."""
    rows = [
        row
        for row in observations.load_rows(release, LATEST)
        if row["level"] == "province" and _is_of(row, line)
    ]
    figures = [_figure(release, row) for row in rows]
    return tuple(sorted(figures, key=lambda part: (-_size(part), part.observation.admin1)))


@per_release
def list_daily_figures(release: Release, line: FieldLine, province: str) -> tuple[FieldFigure, ...]:
    """Return the figures of one province by day. Raises :class:`utils.releases.TableUnavailable`."""
    wanted = (pc.field("level") == "province") & (pc.field("admin1") == province)
    for column in _LINE:
        wanted &= pc.field(column) == getattr(line, column)
    rows = release.dataset(SERIES).to_table(filter=wanted).to_pylist()
    return tuple(_figure(release, row) for row in sorted(rows, key=lambda row: row["as_of"]))


def _is_of(row: Mapping[str, Any], line: FieldLine) -> bool:
    return all(row[column] == getattr(line, column) for column in _LINE)


def _size(field_figure: FieldFigure) -> float:
    return -1.0 if field_figure.observation.value is None else field_figure.observation.value


def _figure(release: Release, row: Mapping[str, Any]) -> FieldFigure:
    return FieldFigure(
        observation=observations.build_from_row(
            Observation,
            row,
            observation_id="",
            sources=(observations.load_sources(release)[row["source_id"]],),
            area_basis=row["area_basis"] or "not_applicable",
        ),
        figure=row["figure"],
        rows=int(row["rows"]),
    )
