"""Sites where people shelter, as the public tier may tell of them: by area, never one by one.

Rules: docs/design.md §5. Every status is the last known one, with its date. People are shown only
where a source printed a total for the area; rows of sites are never summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from utils.analysis import record
from utils.analysis.displacement_series import national, reliability
from utils.analysis.freshness import settled
from utils.analysis.model import Finding, Observation, SourceRef
from utils.locale import M_
from utils.store import Release, per_release

_PEOPLE: Final = "people_in_sites"


@dataclass(frozen=True, slots=True)
class AreaCount:
    """Number of sites last known open in a district, or elsewhere in a province.

    ``people`` is the newest total of people in sites that a source printed for exactly this area,
    ``None`` where none did.
    """

    admin1: str
    admin1_pcode: str
    admin2: str
    admin2_pcode: str
    sites: int
    first_month: str
    last_month: str
    people: Observation | None

    @property
    def pcode(self) -> str:
        """Return the P-code of the area."""
        return self.admin2_pcode or self.admin1_pcode


@dataclass(frozen=True, slots=True)
class NamedSite:
    """A closed site or a goods hand-over point, which may be named, with what was reported of it."""

    site_id: str
    name: str
    kind: str
    admin1: str
    admin1_pcode: str
    admin2: str
    admin2_pcode: str
    status: str
    first_reported: date | None
    last_reported: date | None
    source: SourceRef
    reports: tuple[Observation, ...]


@per_release
def area_counts(release: Release) -> tuple[AreaCount, ...]:
    """Return the areas with sites last known open, districts before the rest of their province."""
    return tuple(
        AreaCount(
            admin1=row["admin1"],
            admin1_pcode=row["admin1_pcode"],
            admin2=row["admin2"],
            admin2_pcode=row["admin2_pcode"],
            sites=int(row["sites"]),
            first_month=row["first_reported_month"],
            last_month=row["last_reported_month"],
            people=_people(release, row),
        )
        for row in record.rows(release, "site_counts")
    )


def _people(release: Release, row: dict[str, Any]) -> Observation | None:
    """Return the newest printed total of people in sites for the area itself."""
    level = "admin2_pcode" if row["admin2_pcode"] else "admin1_pcode"
    found = [
        one
        for one in record.observations(release, "displacement")
        if one.indicator == _PEOPLE
        and one.headline_ok
        and one.value is not None
        and getattr(one, level) == row[level]
        and (level == "admin2_pcode" or not one.admin2)
    ]
    return max(found, key=lambda one: (one.as_of or date.min, one.qualifier == "exact"), default=None)


@per_release
def by_province(release: Release) -> dict[str, int]:
    """Return the number of sites last known open by province P-code, districts included."""
    totals: dict[str, int] = {}
    for area in area_counts(release):
        totals[area.admin1_pcode] = totals.get(area.admin1_pcode, 0) + area.sites
    return totals


@per_release
def named_sites(release: Release) -> tuple[NamedSite, ...]:
    """Return closed sites and hand-over points, closed ones first."""
    known = record.sources(release)
    reports: dict[str, list[Observation]] = {}
    for row in record.rows(release, "named_site_reports"):
        reports.setdefault(row["site_id"], []).append(
            Observation(
                observation_id=row["observation_id"],
                indicator=row["indicator"],
                value=row["value"],
                unit=row["unit"],
                as_of=row["as_of"],
                sources=(known[row["source_id"]],),
                qualifier=row["qualifier"] or "exact",
                as_of_precision=row["as_of_precision"] or "day",
                note=row["note"],
                headline_ok=bool(row["headline_ok"]),
            )
        )
    found = [
        NamedSite(
            site_id=row["site_id"],
            name=row["name"],
            kind=row["kind"],
            admin1=row["admin1"],
            admin1_pcode=row["admin1_pcode"],
            admin2=row["admin2"],
            admin2_pcode=row["admin2_pcode"],
            status=row["last_known_status"],
            first_reported=row["first_reported"],
            last_reported=row["last_reported"],
            source=known[row["source_id"]],
            reports=tuple(reports.get(row["site_id"], ())),
        )
        for row in record.rows(release, "named_sites")
    ]
    return tuple(sorted(found, key=lambda site: (site.status != "closed", site.name)))


@per_release
def open_over_time(release: Release) -> tuple[Observation, ...]:
    """Return every national count of open sites, oldest first: several may stand on one day."""
    seen: dict[tuple[date | None, float | None, str], Observation] = {}
    for row in national(release, "sites_open"):
        key = (row.as_of, row.value, row.counted_by)
        if row.headline_ok and (key not in seen or reliability(row) < reliability(seen[key])):
            seen[key] = row
    return tuple(sorted(seen.values(), key=lambda row: (row.as_of or date.min, row.value or 0)))


@per_release
def open_by_province(release: Release) -> dict[str, tuple[Observation, ...]]:
    """Return published counts of open sites by province P-code, oldest first."""
    found: dict[str, list[Observation]] = {}
    for row in record.observations(release, "displacement"):
        if row.indicator == "sites_open" and row.admin1_pcode and row.headline_ok and not row.admin2:
            found.setdefault(row.admin1_pcode, []).append(row)
    return {
        code: tuple(sorted(rows, key=lambda row: row.as_of or date.min))
        for code, rows in sorted(found.items(), key=lambda item: -len(item[1]))
    }


def sites_known(release: Release, today: date) -> Finding:
    """Return how many sites of the record were last known open, as one computed observation."""
    areas = area_counts(release)
    last = max((area.last_month for area in areas), default="")
    as_of = date.fromisoformat(f"{last}-01") if last else None
    total = Observation(
        observation_id="",
        indicator="sites_open",
        value=float(sum(area.sites for area in areas)),
        unit="sites",
        as_of=as_of,
        sources=(),
        as_of_precision="month",
        computed_from=tuple(area.pcode for area in areas),
    )
    return Finding(
        key="sites-known",
        label=M_("sites named in press and reports that were last known open, by our own count"),
        observation=total if areas else None,
        why=M_(
            "Sites of our record whose last known status is not closed. Hand-over points and health "
            "sites are left out. The national count is larger, and about half of the displaced lived "
            "outside sites."
        ),
        freshness=settled(as_of, today),
        caveats=(M_("Shown by district or province only. Statuses are the last known ones, never “now”."),),
        absence="" if areas else "not_found",
    )
