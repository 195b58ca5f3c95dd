"""What each source feeds, how fresh each series is, where counts conflict, what each column means."""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import observations
from utils.analysis.freshness import freshness
from utils.analysis.model import Freshness, Observation, SourceRef
from utils.releases import Release, TableUnavailable, per_release
from utils.text.locale import Names, read_titles

GRADES: Final = ("A", "B", "C", "D")
_SERIES_TABLES: Final = ("displacement", "impact", "needs")
_CONFLICT_INDICATORS: Final = ("displaced_people", "remaining_displaced_people", "sites_open")


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source with the number of rows it feeds, by table."""

    source: SourceRef
    rows: Mapping[str, int]
    note: str

    @property
    def total(self) -> int:
        """Return the number of rows this source feeds."""
        return sum(self.rows.values())


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator of one country: newest row, number of rows and age."""

    indicator: observations.Indicator
    country: str
    newest: Observation
    count: int
    freshness: Freshness


@dataclass(frozen=True, slots=True)
class Conflict:
    """Different national figures of one indicator for one day, by others than one counter."""

    indicator: observations.Indicator
    country: str
    on: date
    figures: tuple[Observation, ...]

    @property
    def spread(self) -> float:
        """Return the difference between highest and lowest as a share of the lowest."""
        values = [row.value for row in self.figures if row.value]
        return max(values) / min(values) - 1 if values else 0.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a public table, from the contract."""

    name: str
    titles: Names
    kind: str
    unit: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """One public table, from the contract."""

    name: str
    titles: Names
    columns: tuple[Column, ...]
    rows: int
    licence: str
    streamed: bool


@per_release
def uses(release: Release) -> tuple[SourceUse, ...]:
    """Return every source with what it feeds, the most used first."""
    fed: dict[str, Tally[str]] = defaultdict(Tally)
    for table in release.tables:
        if table in {"sources", "source_origins", "fx_rates"}:
            continue
        try:
            frame = release.table(table)
        except TableUnavailable:
            continue
        for column in frame.columns:
            if column.endswith("source_id"):
                for source_id in frame[column]:
                    if source_id:
                        fed[source_id][table] += 1
    notes = {row["source_id"]: row["note"] for row in observations.rows(release, "sources")}
    found = [
        SourceUse(source=source, rows=dict(fed[source_id]), note=notes[source_id])
        for source_id, source in observations.sources(release).items()
    ]
    return tuple(sorted(found, key=lambda use: (-use.total, use.source.publisher.casefold())))


def matching(
    release: Release, *, grade: str = "all", kind: str = "all", text: str = ""
) -> tuple[SourceUse, ...]:
    """Return the sources of a grade and kind whose publisher, title or id holds ``text``."""
    wanted = text.casefold()
    return tuple(
        use
        for use in uses(release)
        if grade in ("all", use.source.grade)
        and kind in ("all", use.source.kind)
        and (
            not wanted
            or wanted in f"{use.source.publisher} {use.source.title} {use.source.source_id}".casefold()
        )
    )


def kinds(release: Release) -> tuple[str, ...]:
    """Return the kinds of publishers in the record."""
    return tuple(sorted({source.kind for source in observations.sources(release).values()}))


@per_release
def series(release: Release, today: date) -> tuple[Series, ...]:
    """Return the age of every series of the record on ``today``, the oldest last."""
    newest: dict[tuple[str, str], Observation] = {}
    count: Tally[tuple[str, str]] = Tally()
    for table in _SERIES_TABLES:
        for row in observations.observations(release, table):
            key = (row.indicator, row.country)
            count[key] += 1
            if row.as_of and (key not in newest or row.as_of > (newest[key].as_of or date.min)):
                newest[key] = row
    known = observations.indicators(release)
    found = [
        Series(
            indicator=known[indicator],
            country=country,
            newest=row,
            count=count[indicator, country],
            freshness=freshness(row.as_of, known[indicator].expected_frequency, today),
        )
        for (indicator, country), row in newest.items()
    ]
    return tuple(sorted(found, key=lambda item: item.newest.as_of or date.min, reverse=True))


@per_release
def conflicts(release: Release) -> tuple[Conflict, ...]:
    """Return the days on which counters published different national totals, widest spread first."""
    by_day: dict[tuple[str, str, date], list[Observation]] = defaultdict(list)
    for row in observations.observations(release, "displacement"):
        national = not row.admin1 and row.country in {"KHM", "THA"} and row.as_of
        if national and row.indicator in _CONFLICT_INDICATORS and row.qualifier == "exact":
            by_day[row.indicator, row.country, row.as_of or date.min].append(row)
    known = observations.indicators(release)
    found = []
    for (indicator, country, on), rows in by_day.items():
        figures: dict[tuple[float | None, str], Observation] = {}
        for row in rows:
            figures.setdefault((row.value, row.counted_by), row)
        if len({row.value for row in figures.values()}) > 1:
            ordered = tuple(sorted(figures.values(), key=lambda row: -(row.value or 0)))
            found.append(Conflict(known[indicator], country, on, ordered))
    return tuple(sorted(found, key=lambda conflict: -conflict.spread))


@per_release
def definitions(release: Release) -> tuple[observations.Indicator, ...]:
    """Return the definitions of all indicators, by id."""
    return tuple(sorted(observations.indicators(release).values(), key=lambda indicator: indicator.indicator))


@per_release
def dictionary(release: Release) -> tuple[Table, ...]:
    """Return the tables of this tier with their columns, from the contract, less those withdrawn."""
    shown = frozenset(release.tables)
    found = []
    for resource in release.contract()["resources"]:
        name = resource["name"]
        if name not in shown:
            continue
        licences = resource.get("licenses") or []
        found.append(
            Table(
                name=name,
                titles=read_titles(resource, resource["name"]),
                columns=tuple(
                    Column(
                        name=field["name"],
                        titles=read_titles(field, field["name"]),
                        kind=field.get("type", ""),
                        unit=field.get("unit", ""),
                        description=field.get("description", ""),
                    )
                    for field in resource["schema"]["fields"]
                ),
                rows=_rows(release, name),
                licence=licences[0].get("name", "") if licences else "",
                streamed=release.loaded.entries[name].streamed,
            )
        )
    return tuple(found)


def _rows(release: Release, table: str) -> int:
    """Return how many rows a table shows, or should hold where its file is missing or damaged."""
    try:
        return release.rows(table)
    except TableUnavailable:
        return release.loaded.entries[table].rows
