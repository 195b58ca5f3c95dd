"""Sites one by one: the NGO tier only, with every report."""

from datetime import date
from pathlib import Path

import pytest

from tests.tiers import open_ngo
from utils.analysis import shelters, sites
from utils.releases import Release, TableUnavailable

TODAY = date(2026, 2, 20)


@pytest.fixture(scope="module")
def ngo(data_folder: Path) -> Release:
    return open_ngo(data_folder)


def by_id(release: Release) -> dict[str, sites.Site]:
    return {site.site_id: site for site in sites.sites(release)}


def test_the_public_tier_holds_no_site(public_release: Release) -> None:
    with pytest.raises(TableUnavailable):
        sites.sites(public_release)


def test_every_site_and_every_report(ngo: Release) -> None:
    found = sites.sites(ngo)
    assert len(found) == 41
    assert sum(len(site.reports) for site in found) == 93
    assert all(report.observation.sources for site in found for report in site.reports)


@pytest.mark.parametrize(
    ("precision", "count"), [("village", 10), ("commune", 4), ("district", 13), ("none", 14)]
)
def test_precision_of_the_places(ngo: Release, precision: str, count: int) -> None:
    found = [site for site in sites.sites(ngo) if site.precision == precision]
    assert len(found) == count
    assert {site.radius for site in found} == {sites.RADIUS.get(precision)}


def test_a_site_with_its_spellings_and_capacity(ngo: Release) -> None:
    site = by_id(ngo)["wat-martinslea"]
    assert site.aliases == ("Martinslea pagoda",)
    assert [row.value for row in site.capacity] == [1400.0, 5700.0]
    distances = [
        (report.observation.value, report.disputed)
        for report in site.reports
        if report.observation.indicator == "distance_to_conflict_km"
    ]
    assert distances == [(60.0, True), (10.0, True)]


def test_figures_that_fit_each_other_are_not_called_different(ngo: Release) -> None:
    people = [
        report
        for report in by_id(ngo)["wat-por-5000"].reports
        if report.observation.indicator == "people" and report.observation.as_of == date(2025, 8, 5)
    ]
    assert [report.observation.value for report in people] == [19000.0, 20000.0]
    assert not any(report.disputed for report in people)


def test_doubtful_reports_are_marked(ngo: Release) -> None:
    doubtful = {
        report.observation.observation_id
        for site in sites.sites(ngo)
        for report in site.reports
        if not report.observation.headline_ok
    }
    assert doubtful == {"srp-0046", "srp-0055", "srp-0077"}


def test_filters(ngo: Release) -> None:
    assert len(sites.matching(ngo, province="KH13", today=TODAY)) == 8
    assert len(sites.matching(ngo, province="KH13", kind="pagoda", today=TODAY)) == 5
    recent = sites.matching(ngo, age="30", today=TODAY)
    assert all(site.last_reported and site.last_reported >= date(2026, 1, 21) for site in recent)
    older = sites.matching(ngo, age="older", today=date(2026, 8, 6))
    assert sorted(site.admin1_pcode for site in older) == ["KH06", "KH13", "KH17", "KH17", "KH22"]
    assert all(site.last_reported and site.last_reported < date(2025, 8, 6) for site in older)


def test_sites_of_one_circle_stand_together(ngo: Release) -> None:
    pagoda, camp = (site for site in sites.sites(ngo) if site.admin2_pcode == "KH0106")
    assert [site.site_id for site in sites.beside(sites.sites(ngo), pagoda)] == [camp.site_id]
    placed = sum(len(spot.sites) for spot in sites.spots(sites.sites(ngo)))
    assert placed == 27


def test_rows_of_sites_are_no_total_of_their_district(ngo: Release, public_release: Release) -> None:
    def printed(release: Release) -> list[tuple[str, tuple[object, ...]]]:
        return [(one.pcode, tuple(row.value for row in one.printed)) for one in shelters.by_province(release)]

    assert printed(ngo) == printed(public_release)
