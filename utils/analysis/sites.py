"""Sites one by one, for the NGO tier only: its tables are not in a public release."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import record
from utils.analysis.model import SourceRef
from utils.store import Release, per_release

RADIUS: Final[Mapping[str, float]] = {
    "village": 1_000.0,
    "commune": 4_000.0,
    "district": 15_000.0,
    "none": 0.0,
}
"""Radius in metres of the circle within which a site may lie, by the precision of its point."""
AGES: Final = ("all", "365", "300", "180")
_OPEN: Final = frozenset({"open", "in_use", "emptying", "unknown"})


@dataclass(frozen=True, slots=True)
class Report:
    """One statement about a site by one source: a number in ``value`` or words in ``text``."""

    observation_id: str
    indicator: str
    value: float | None
    text: str
    unit: str
    qualifier: str
    as_of: date | None
    as_of_precision: str
    headline_ok: bool
    source: SourceRef
    note: str


@dataclass(frozen=True, slots=True)
class Site:
    """One site with every report. ``precision`` says how well its place is known."""

    site_id: str
    name: str
    kind: str
    admin1: str
    admin1_pcode: str
    admin2: str
    admin2_pcode: str
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
    reports: tuple[Report, ...]

    @property
    def is_open(self) -> bool:
        """Return whether the last known status is not closed, evacuated or planned."""
        return self.status in _OPEN


@per_release
def sites(release: Release) -> tuple[Site, ...]:
    """Return every site, the last reported first. Raises ``TableUnavailable`` in the public tier."""
    aliases = _grouped(release, "site_aliases", "alias")
    roles = _grouped(release, "site_roles", "role")
    reports = _reports(release)
    found = [
        Site(
            site_id=row["site_id"],
            name=row["name"],
            kind=row["kind"],
            admin1=row["admin1"],
            admin1_pcode=row["admin1_pcode"],
            admin2=row["admin2"],
            admin2_pcode=row["admin2_pcode"],
            lat=row["lat"],
            lon=row["lon"],
            precision=row["coord_precision"],
            location_basis=row["location_basis"],
            managing_body=row["managing_body"],
            status=row["last_known_status"],
            first_reported=row["first_reported"],
            last_reported=row["last_reported"],
            aliases=aliases.get(row["site_id"], ()),
            roles=roles.get(row["site_id"], ()),
            note=row["note"],
            reports=reports.get(row["site_id"], ()),
        )
        for row in record.rows(release, "sites")
    ]
    return tuple(sorted(found, key=lambda site: site.last_reported or date.min, reverse=True))


def _grouped(release: Release, table: str, column: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in record.rows(release, table):
        found[row["site_id"]].append(row[column])
    return {site_id: tuple(values) for site_id, values in found.items()}


def _reports(release: Release) -> Mapping[str, tuple[Report, ...]]:
    known = record.sources(release)
    found: dict[str, list[Report]] = defaultdict(list)
    for row in record.rows(release, "site_reports"):
        found[row["site_id"]].append(
            Report(
                observation_id=row["observation_id"],
                indicator=row["indicator"],
                value=row["value"],
                text=row["value_text"],
                unit=row["unit"],
                qualifier=row["qualifier"] or "exact",
                as_of=row["as_of"],
                as_of_precision=row["as_of_precision"] or "day",
                headline_ok=bool(row["headline_ok"]),
                source=known[row["source_id"]],
                note=row["note"],
            )
        )
    return {
        site_id: tuple(sorted(rows, key=lambda one: (one.indicator, one.as_of or date.min)))
        for site_id, rows in found.items()
    }


def matching(
    release: Release, *, province: str = "all", kind: str = "all", age: str = "all", today: date
) -> tuple[Site, ...]:
    """Return the sites of a province P-code and kind whose last report is at most ``age`` days old."""
    return tuple(
        site
        for site in sites(release)
        if province in ("all", site.admin1_pcode)
        and kind in ("all", site.kind)
        and (age == "all" or (site.last_reported is not None and (today - site.last_reported).days <= int(age)))
    )


def choices(release: Release, column: str) -> tuple[str, ...]:
    """Return the values of ``admin1_pcode`` or ``kind`` among the sites."""
    return tuple(sorted({getattr(site, column) for site in sites(release)}))


def find(release: Release, site_id: str) -> Site | None:
    """Return one site by id."""
    return next((site for site in sites(release) if site.site_id == site_id), None)
