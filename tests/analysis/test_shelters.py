"""Sites by area in public: values a person can check in site_counts.csv and displacement.csv."""

from datetime import date

import pytest

from utils.analysis import places, shelters
from utils.analysis.model import Age
from utils.releases import Release

TODAY = date(2026, 11, 24)


def test_sites_known_stand_beside_the_national_count(public_release: Release) -> None:
    found = shelters.sites_known(public_release, TODAY)
    assert found.observation is not None
    assert (found.observation.value, found.observation.as_of) == (32.0, date(2026, 2, 1))
    assert found.observation.as_of_precision == "month"
    beside = found.beside[0].observation
    assert (beside.value, beside.as_of, beside.counted_by) == (102.0, date(2026, 1, 15), "ncdm")
    assert found.freshness.age is Age.DELINQUENT


def test_provinces_hold_their_districts_and_the_rest(public_release: Release) -> None:
    counts = {one.admin1: one for one in shelters.by_province(public_release)}
    assert {name: one.count for name, one in counts.items()} == {
        "Banteay Meanchey": 8,
        "Battambang": 6,
        "Preah Vihear": 6,
        "Oddar Meanchey": 5,
        "Siem Reap": 4,
        "Kampong Thom": 1,
        "Koh Kong": 1,
        "Pursat": 1,
    }
    parts = [(area.admin2, area.count) for area in counts["Banteay Meanchey"].areas]
    assert parts == [("Mongkol Borei", 3), ("Serei Saophoan", 2), ("", 3)]


def test_no_district_is_shown_with_a_single_site(public_release: Release) -> None:
    assert all(area.count > 1 for area in shelters.area_counts(public_release) if area.admin2)


def test_people_stand_beside_an_area_only_as_printed(public_release: Release) -> None:
    counts = {one.admin1: one for one in shelters.by_province(public_release)}
    latest = counts["Banteay Meanchey"].printed[0]
    assert (latest.value, latest.qualifier, latest.as_of) == (12000.0, "at_least", date(2026, 2, 4))
    assert [(row.indicator, row.value) for row in counts["Preah Vihear"].printed] == [
        ("people_in_sites", 40000.0),
        ("families_in_sites", 2596.0),
    ]
    assert counts["Siem Reap"].printed == ()
    assert all(area.printed == () for area in shelters.area_counts(public_release) if area.admin2)


def test_three_counts_of_the_first_days_of_august_are_points_and_no_line(public_release: Release) -> None:
    rows = shelters.open_over_time(public_release)
    first = [(row.as_of, row.value) for row in rows if row.as_of and row.as_of < date(2025, 8, 10)]
    assert first == [(date(2025, 8, 5), 150.0), (date(2025, 8, 6), 120.0), (date(2025, 8, 6), 134.0)]
    runs = [[row.value for row in run] for run in shelters.open_runs(public_release)]
    assert runs == [[77.0, 40.0, 25.0], [234.0, 196.0, 161.0, 127.0, 127.0, 102.0]]


def test_preah_vihear_went_from_fifteen_to_none_and_opened_again(public_release: Release) -> None:
    rows = shelters.open_by_province(public_release)["KH13"]
    assert [row.value for row in rows] == [15.0, 15.0, 19.0, 4.0, 0.0, 8.0, 8.0]
    assert rows[4].as_of == date(2025, 10, 29)
    assert set(shelters.open_by_province(public_release)) == {"KH13", "KH22", "KH01"}


def test_sites_that_may_be_named(public_release: Release) -> None:
    named = {site.site_id: site for site in shelters.named_sites(public_release)}
    assert set(named) == {
        "wat-por-5000",
        "chong-kal-district-hall",
        "srae-ambel-district-office",
        "srey-snam-donation-point",
    }
    closed = named["wat-por-5000"]
    assert closed.is_closed
    assert closed.last_reported == date(2025, 10, 30)
    assert [row.value for row in closed.reports] == [1500.0, 5000.0, 5331.0, 19000.0, 20000.0]
    assert {row.indicator for row in closed.reports} == {"people", "families"}
    assert all(not site.reports for site in named.values() if not site.is_closed)


@pytest.mark.parametrize(
    ("place_id", "names"),
    [
        ("x-osmach", ("O'Smach", "", "អូរស្មាច់")),
        ("t-preah-vihear", ("Preah Vihear temple", "Temple de Preah Vihear", "ប្រាសាទព្រះវិហារ")),
        ("x-poipet", ("Poipet", "", "ប៉ោយប៉ែត")),
    ],
)
def test_landmarks_carry_names_of_each_language(
    public_release: Release, place_id: str, names: tuple[str, str, str]
) -> None:
    place = {one.place_id: one for one in places.landmarks(public_release)}[place_id]
    assert tuple(place.names.get(lang, "") for lang in ("en", "fr", "km")) == names


def test_a_place_without_a_published_point_is_listed_and_not_placed(public_release: Release) -> None:
    listed = {place.place_id for place in places.without_point(public_release)}
    assert {"x-choam", "f-mom-bei", "x-stung-bot"} <= listed
    assert not listed & {place.place_id for place in places.landmarks(public_release)}
