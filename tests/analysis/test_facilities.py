"""Health facilities: every count of the record once, newest first, with its place, counter and source."""

from datetime import date

from utils.analysis import facilities, observations
from utils.releases import Release


def test_every_count_of_facilities_is_listed_once_newest_first(public_release: Release) -> None:
    shown = [one.counted for one in facilities.counts(public_release)]
    counted = [row for row in observations.rows(public_release, "impact") if row["unit"] == "facilities"]
    assert len(shown) == len(counted) == 53
    assert {row.observation_id for row in shown} == {row["observation_id"] for row in counted}
    days = [row.as_of for row in shown if row.as_of]
    assert days == sorted(days, reverse=True)
    assert (days[0], days[-1]) == (date(2026, 2, 18), date(2025, 7, 28))


def test_counts_of_one_day_stand_by_province(public_release: Release) -> None:
    newest = [(one.counted.admin1, one.counted.value) for one in facilities.counts(public_release)][:3]
    assert newest == [("Banteay Meanchey", 1), ("Oddar Meanchey", 7), ("Preah Vihear", 14)]


def test_two_sources_of_one_count_are_two_rows(public_release: Release) -> None:
    twice = [
        one.counted
        for one in facilities.counts(public_release)
        if one.counted.as_of == date(2025, 12, 21) and one.counted.indicator == "health_facilities_damaged"
    ]
    assert [row.value for row in twice] == [3, 3]
    assert len({row.sources[0].source_id for row in twice}) == 2
