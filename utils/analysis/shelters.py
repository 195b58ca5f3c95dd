"""Sites where people shelter, as the public tier may show them: counted by area, never singly.

Rules: docs/design.md §5. Every status is the last known one, with its date. People are shown only
where a source printed a total for the area; rows of sites are never summed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from utils.analysis import displacement, observations
from utils.analysis.displacement_series import (
    find_contradictions,
    list_national_rows,
    rank_reliability,
    split_runs,
)
from utils.analysis.freshness import assess_freshness, assess_settled
from utils.analysis.model import Beside, Finding, Observation, SourceRef
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_gettext, lazy_ngettext

PRINTED: Final = ("people_in_sites", "families_in_sites")
"""What a source may print for an area: people in sites, or families where it gave no people."""
LINE: Final = "ncdm"
"""The publisher whose national counts are joined by a line."""
_GAP: Final = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class AreaCount:
    """Sites last known open in a district, or elsewhere in a province (``admin2`` empty).

    ``sites`` is our own count, dated by the month of its newest report. ``printed`` are the newest
    totals that a source printed for exactly this area: people in sites, and families where newer.
    """

    admin1: str
    admin1_pcode: str
    admin2: str
    admin2_pcode: str
    sites: Observation
    last_month: str
    printed: tuple[Observation, ...]

    @property
    def count(self) -> int:
        """Return the number of sites."""
        return int(self.sites.value or 0)

    @property
    def pcode(self) -> str:
        """Return the P-code of the area."""
        return self.admin2_pcode or self.admin1_pcode


@dataclass(frozen=True, slots=True)
class ProvinceCount:
    """A province with its sites last known open, all areas together, and totals as printed.

    ``sites`` is ``None`` where our record holds none. The areas do not overlap, so they add up.
    """

    admin1: str
    pcode: str
    sites: Observation | None
    areas: tuple[AreaCount, ...]
    printed: tuple[Observation, ...]

    @property
    def count(self) -> int:
        """Return the number of sites; 0 means none in our record."""
        return int(self.sites.value or 0) if self.sites else 0


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
    last_reported: date | None
    source: SourceRef
    reports: tuple[Observation, ...]

    @property
    def is_closed(self) -> bool:
        """Return whether it was last known closed; else it is a place to hand over goods."""
        return self.status == "closed"


@per_release
def count_sites_by_area(release: Release) -> tuple[AreaCount, ...]:
    """Return the areas with sites last known open, districts before the rest of their province."""
    printed = _printed(release)
    return tuple(
        observations.build_from_row(
            AreaCount,
            row,
            sites=_own_count(
                row["sites"],
                row["last_reported_month"],
                (row["admin1"], row["admin1_pcode"], row["admin2"], row["admin2_pcode"]),
            ),
            last_month=row["last_reported_month"],
            printed=printed.get(row["admin2_pcode"] or row["admin1_pcode"], ()),
        )
        for row in observations.load_rows(release, "site_counts")
    )


def _own_count(
    sites: float, month: str, area: tuple[str, str, str, str], parts: tuple[str, ...] = ()
) -> Observation:
    """Return a count of our own record: no source prints it, so it names none."""
    return Observation(
        observation_id="",
        indicator="sites_open",
        value=float(sites),
        unit="sites",
        as_of=date.fromisoformat(f"{month}-01") if month else None,
        sources=(),
        as_of_precision="month",
        admin1=area[0],
        admin1_pcode=area[1],
        admin2=area[2],
        admin2_pcode=area[3],
        area_basis="sheltering",
        computed_from=parts,
    )


@per_release
def _printed(release: Release) -> Mapping[str, tuple[Observation, ...]]:
    """Return the newest printed totals by P-code of province or district.

    Rows that name a place below the district are of single sites: they are no total of an area.
    """
    by_area: dict[str, list[Observation]] = defaultdict(list)
    rows = observations.load_rows(release, "displacement")
    for row, observation in zip(rows, observations.load_observations(release, "displacement"), strict=True):
        pcode = observation.admin2_pcode if observation.admin2 else observation.admin1_pcode
        if (
            observation.country == "KHM"
            and observation.indicator in PRINTED
            and observation.headline_ok
            and observation.value is not None
            and observation.as_of
            and pcode
            and not row.get("place")
            and not row.get("site_id")
        ):
            by_area[pcode].append(observation)
    return {pcode: _newest_printed(of_area) for pcode, of_area in by_area.items()}


def _newest_printed(rows: Iterable[Observation]) -> tuple[Observation, ...]:
    """Return the newest total of people, and of families where it is newer than that of people."""
    newest: dict[str, Observation] = {}
    for row in sorted(rows, key=rank_reliability):
        earlier = newest.get(row.indicator)
        if earlier is None or (row.as_of or date.min) > (earlier.as_of or date.min):
            newest[row.indicator] = row
    people, families = (newest.get(indicator) for indicator in PRINTED)
    if people and families and (families.as_of or date.min) <= (people.as_of or date.min):
        families = None
    return tuple(row for row in (people, families) if row)


@per_release
def count_sites_by_province(release: Release) -> tuple[ProvinceCount, ...]:
    """Return the provinces with sites in our record or a printed total, most sites first."""
    areas: dict[str, list[AreaCount]] = defaultdict(list)
    names: dict[str, str] = {}
    for area in count_sites_by_area(release):
        areas[area.admin1_pcode].append(area)
        names[area.admin1_pcode] = area.admin1
    printed = {code: rows for code, rows in _printed(release).items() if not rows[0].admin2}
    for code, rows in printed.items():
        names.setdefault(code, rows[0].admin1)
    counts = [
        ProvinceCount(
            admin1=name,
            pcode=code,
            sites=_own_count(
                sum(area.count for area in areas[code]),
                max(area.last_month for area in areas[code]),
                (name, code, "", ""),
                tuple(area.pcode for area in areas[code]),
            )
            if areas[code]
            else None,
            areas=tuple(areas[code]),
            printed=printed.get(code, ()),
        )
        for code, name in names.items()
    ]
    return tuple(sorted(counts, key=lambda province: (-province.count, province.pcode)))


@per_release
def list_named_sites(release: Release) -> tuple[NamedSite, ...]:
    """Return closed sites and hand-over points, closed ones first."""
    sources = observations.load_sources(release)
    reports: dict[str, list[Observation]] = defaultdict(list)
    table = "named_site_reports"
    for row, observation in zip(
        observations.load_rows(release, table), observations.load_observations(release, table), strict=True
    ):
        reports[row["site_id"]].append(observation)
    sites = [
        observations.build_from_row(
            NamedSite,
            row,
            status=row["last_known_status"],
            source=sources[row["source_id"]],
            reports=tuple(reports[row["site_id"]]),
        )
        for row in observations.load_rows(release, "named_sites")
    ]
    return tuple(sorted(sites, key=lambda site: (not site.is_closed, site.name)))


@per_release
def list_pagodas_and_points(release: Release) -> tuple[NamedSite, ...]:
    """Return the pagodas and goods hand-over points that may be named."""
    return tuple(site for site in list_named_sites(release) if site.kind in {"pagoda", "collection_point"})


@per_release
def list_open_counts(release: Release) -> tuple[Observation, ...]:
    """Return every national count of open sites, oldest first: several may stand on one day."""
    rows = [row for row in list_national_rows(release, "sites_open") if row.headline_ok]
    return _once_a_day(rows)


@per_release
def list_open_runs(release: Release) -> tuple[tuple[Observation, ...], ...]:
    """Return the counts that a line may join: one publisher's, exact, that nobody contradicts.

    A new round or more than 45 days without a count begins a new stretch.
    """
    rows = list_open_counts(release)
    joined = [
        row
        for row in rows
        if row.counted_by == LINE and row.qualifier == "exact" and not find_contradictions(rows, row, days=1)
    ]
    return split_runs(joined, gap=_GAP)


@per_release
def list_open_by_province(release: Release) -> Mapping[str, tuple[Observation, ...]]:
    """Return published counts of open sites by province P-code, oldest first, most counted first."""
    by_province: dict[str, list[Observation]] = defaultdict(list)
    for row in observations.load_observations(release, "displacement"):
        if (
            row.indicator == "sites_open"
            and row.country == "KHM"
            and row.admin1_pcode
            and row.headline_ok
            and not row.admin2
            and row.as_of
        ):
            by_province[row.admin1_pcode].append(row)
    return {
        code: _once_a_day(sorted(rows, key=lambda row: row.as_of or date.min))
        for code, rows in sorted(by_province.items(), key=lambda item: (-len(item[1]), item[0]))
    }


def _once_a_day(rows: Iterable[Observation]) -> tuple[Observation, ...]:
    """Return the rows with a count that several outlets print of one day standing once."""
    seen: dict[tuple[date | None, float | None, str], Observation] = {}
    for row in rows:
        key = (row.as_of, row.value, row.counted_by)
        if key not in seen or rank_reliability(row) < rank_reliability(seen[key]):
            seen[key] = row
    return tuple(seen.values())


@per_release
def count_known_sites(release: Release, today: date) -> Finding:
    """Return how many sites of our record were last known open, the national count beside it."""
    areas = count_sites_by_area(release)
    label = lazy_gettext("sites last known open in our own record")
    if not areas:
        return Finding(
            key="sites-known",
            label=label,
            observation=None,
            why=lazy_gettext("The record names no site that was last known open."),
            freshness=assess_settled(None, today),
            absence="not_found",
        )
    total = _own_count(
        sum(area.count for area in areas),
        max(area.last_month for area in areas),
        ("", "", "", ""),
        tuple(area.pcode for area in areas),
    )
    counted = displacement.latest_open_sites(release, today).observation
    return Finding(
        key="sites-known",
        label=label,
        observation=total,
        why=lazy_gettext(
            "Sites that press and agencies named or described, whose last known status is not closed. "
            "Goods hand-over points and health sites are left out. No full list of sites was found, "
            "so the national counts are larger."
        ),
        freshness=assess_freshness(
            total.as_of, observations.load_indicators(release)["sites_open"].expected_frequency, today
        ),
        beside=(Beside(lazy_gettext("sites in the latest national count found"), counted),)
        if counted
        else (),
        caveats=(
            lazy_gettext("The month is that of the newest report; most sites were last reported earlier."),
            *_withdrawn_since(release),
        ),
    )


def _withdrawn_since(release: Release) -> tuple[Message, ...]:
    """Return what a reader must know of a count made before sites were withdrawn from view."""
    if not release.hidden.sites or "sites" not in release.tables:
        return ()
    gone = release.withdrawn_rows("sites")
    return (
        lazy_ngettext(
            "Counted when the release was made: {count} site that the curator withdrew since may be in it.",
            "Counted when the release was made: {count} sites that the curator withdrew since may be in it.",
            gone,
        ),
    )


def prepare_strip(release: Release, today: date) -> Mapping[Message, Callable[[], Finding]]:
    """Return the key figures of shelters by their short labels, each made on its own."""
    return {
        lazy_gettext("Sites open, national count"): partial(displacement.latest_open_sites, release, today),
        lazy_gettext("Sites we can place"): partial(count_known_sites, release, today),
        lazy_gettext("Still displaced"): partial(displacement.latest_displaced, release, today),
    }


def summarise_shelters(release: Release, today: date) -> tuple[Message, ...]:
    """Return in one or two sentences how many sites were open, when, and how many this record can place."""
    counted = displacement.latest_open_sites(release, today).observation
    known = count_known_sites(release, today).observation
    sentences = []
    if counted is not None and counted.value is not None and counted.as_of:
        sentences.append(
            lazy_gettext(
                "{count} sites were open in Cambodia on {day}.", count=counted.value, day=counted.as_of
            )
        )
    if known is not None and known.value is not None:
        sentences.append(
            lazy_gettext(
                "This record knows the district or province of {count} sites last known open.",
                count=known.value,
            )
        )
    return tuple(sentences) or (lazy_gettext("No count of sites was found."),)
