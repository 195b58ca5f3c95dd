"""Sites one by one, for the NGO tier only: its tables are not in a public release."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import Final

from utils.analysis import observations
from utils.analysis.model import Observation, SourceRef
from utils.releases import Release, per_release
from utils.text.locale import Names

RADIUS: Final[Mapping[str, float]] = {"village": 1_000.0, "commune": 4_000.0, "district": 15_000.0}
"""Radius in metres of the circle within which a site may lie, by the precision of its point.

A site of any other precision stands in the list only.
"""
AGES: Final = ("all", "30", "90", "180", "365", "older")
"""Codes of the filter by age: last reported within so many days, or more than a year ago."""
CAPACITY: Final = ("capacity_people", "capacity_families", "spare_capacity_families")
_YEAR: Final = 365
_OPEN: Final = frozenset({"open", "in_use", "emptying", "unknown"})
_SAME_TIME: Final = timedelta(days=14)
_SAME_COUNT: Final = timedelta(days=3)
"""People come and go: two counts of them are of one time within three days only."""
_ABOUT: Final = 0.1
"""A figure printed as "about" may be off by this share."""


@dataclass(frozen=True, slots=True)
class Report:
    """One statement about a site by one source: a figure, or words in ``text``.

    ``disputed`` says that another source gives a different figure for about the same time.
    """

    observation: Observation
    text: str
    disputed: bool

    @property
    def source(self) -> SourceRef:
        """Return who says so."""
        return self.observation.sources[0]


@dataclass(frozen=True, slots=True)
class Site:
    """One site with every report. ``precision`` says how well its place is known."""

    site_id: str
    names: Names
    kind: str
    admin1: str
    admin1_pcode: str
    admin2: str
    admin2_pcode: str
    admin3: str
    village: str
    lat: float | None
    lon: float | None
    precision: str
    location_basis: str
    managing_body: str
    status: str
    first_reported: date | None
    last_reported: date | None
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    note: str
    source: SourceRef
    reports: tuple[Report, ...]

    @property
    def name(self) -> str:
        """Return the English name."""
        return self.names.en

    @property
    def is_open(self) -> bool:
        """Return whether the last known status is not closed, evacuated or planned."""
        return self.status in _OPEN

    @property
    def radius(self) -> float | None:
        """Return the radius in metres within which the site may lie, ``None`` without a circle."""
        return RADIUS.get(self.precision) if self.lat is not None and self.lon is not None else None

    @property
    def capacity(self) -> tuple[Observation, ...]:
        """Return the reported capacity, in people or families; empty where none was published."""
        return tuple(
            report.observation
            for report in self.reports
            if report.observation.indicator in CAPACITY and report.observation.value is not None
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """Sites that share one circle: the record knows their place only as the same village or area."""

    lat: float
    lon: float
    radius: float
    sites: tuple[Site, ...]


@per_release
def sites(release: Release) -> tuple[Site, ...]:
    """Return every site, the last reported first. Raises ``TableUnavailable`` in the public tier."""
    known = observations.sources(release)
    aliases = _grouped(release, "site_aliases", "alias")
    roles = _grouped(release, "site_roles", "role")
    reports = _reports(release)
    found = [
        Site(
            **{column: row[column] for column in _SAME_NAME},
            names=Names.of_row(row),
            precision=row["coord_precision"],
            status=row["last_known_status"],
            aliases=aliases.get(row["site_id"], ()),
            roles=roles.get(row["site_id"], ()),
            source=known[row["source_id"]],
            reports=reports.get(row["site_id"], ()),
        )
        for row in observations.rows(release, "sites")
    ]
    return tuple(sorted(found, key=lambda site: (site.last_reported or date.min, site.name), reverse=True))


_SAME_NAME: Final = (
    "site_id",
    "kind",
    "admin1",
    "admin1_pcode",
    "admin2",
    "admin2_pcode",
    "admin3",
    "village",
    "lat",
    "lon",
    "location_basis",
    "managing_body",
    "first_reported",
    "last_reported",
    "note",
)


def _grouped(release: Release, table: str, column: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in observations.rows(release, table):
        found[row["site_id"]].append(row[column])
    return {site_id: tuple(values) for site_id, values in found.items()}


def _reports(release: Release) -> Mapping[str, tuple[Report, ...]]:
    found: dict[str, list[tuple[Observation, str]]] = defaultdict(list)
    table = "site_reports"
    for row, item in zip(
        observations.rows(release, table), observations.observations(release, table), strict=True
    ):
        found[row["site_id"]].append((item, row["value_text"]))
    return {site_id: _in_order(rows) for site_id, rows in found.items()}


def _in_order(rows: Iterable[tuple[Observation, str]]) -> tuple[Report, ...]:
    """Return the reports of a site, those of one indicator together and the oldest first."""
    ordered = sorted(
        rows, key=lambda item: (item[0].indicator, item[0].as_of or date.min, item[0].value or 0)
    )
    figures = [row for row, _text in ordered]
    return tuple(Report(row, text, _disputed(row, figures)) for row, text in ordered)


def _disputed(row: Observation, others: Iterable[Observation]) -> bool:
    """Return whether another source gives a figure of about that time that cannot be the same."""
    span = _SAME_COUNT if row.indicator in {"people", "families"} else _SAME_TIME
    return any(
        other.indicator == row.indicator
        and other.sources[0].source_id != row.sources[0].source_id
        and other.as_of is not None
        and row.as_of is not None
        and abs(other.as_of - row.as_of) <= span
        and _apart(row, other)
        for other in others
    )


def _apart(row: Observation, other: Observation) -> bool:
    """Return whether no number satisfies both: a floor below a figure agrees with it."""
    if row.value is None or other.value is None:
        return False
    (low, high), (other_low, other_high) = _span(row), _span(other)
    return high < other_low or other_high < low


def _span(row: Observation) -> tuple[float, float]:
    value = row.value or 0.0
    return {
        "exact": (value, value),
        "about": (value * (1 - _ABOUT), value * (1 + _ABOUT)),
        "at_least": (value, inf),
        "at_most": (-inf, value),
    }[row.qualifier]


def matching(
    release: Release, *, province: str = "all", kind: str = "all", age: str = "all", today: date
) -> tuple[Site, ...]:
    """Return the sites of a province P-code and a kind, last reported in the span of ``age``."""
    return tuple(
        site
        for site in sites(release)
        if province in ("all", site.admin1_pcode)
        and kind in ("all", site.kind)
        and _of_age(site.last_reported, age, today)
    )


def _of_age(last_reported: date | None, age: str, today: date) -> bool:
    if age == "all":
        return True
    if last_reported is None:
        return False
    days = (today - last_reported).days
    return days > _YEAR if age == "older" else days <= int(age)


def choices(release: Release, column: str) -> tuple[str, ...]:
    """Return the values of ``admin1_pcode`` or ``kind`` among the sites."""
    return tuple(sorted({getattr(site, column) for site in sites(release)}))


def spots(shown: Iterable[Site]) -> tuple[Spot, ...]:
    """Return the circles of sites, widest first; sites of the same circle stand together."""
    found: dict[tuple[float, float, float], list[Site]] = defaultdict(list)
    for site in shown:
        if site.radius is not None and site.lat is not None and site.lon is not None:
            found[site.lat, site.lon, site.radius].append(site)
    return tuple(
        Spot(lat, lon, radius, tuple(here))
        for (lat, lon, radius), here in sorted(found.items(), key=lambda item: -item[0][2])
    )


def beside(shown: Iterable[Site], site: Site) -> tuple[Site, ...]:
    """Return the other sites that share the circle of ``site``."""
    for spot in spots(shown):
        if site in spot.sites:
            return tuple(other for other in spot.sites if other is not site)
    return ()
