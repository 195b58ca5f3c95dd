"""Events: who came by each source, past and announced, how quickly people acted."""

from datetime import date

import pytest

from utils.analysis import events as analysis_events
from utils.releases import Release

TODAY = date(2026, 11, 24)


def test_attendance_stays_apart_by_each_source_that_counted(public_release: Release) -> None:
    march = analysis_events.by_id(public_release)["ev171"]
    said = {one.claimed_by: one.observation.value for one in march.attendance}
    assert said == {"Kambodscha Aktuell": 10000, "UCA News": 10000, "warp.bz": 300000}
    assert all(one.observation.as_of == date(2025, 12, 18) for one in march.attendance)


def test_the_march_of_25_july_is_reported_by_one_source(public_release: Release) -> None:
    events = analysis_events.by_id(public_release)
    assert not events["ev034"].confirmed
    assert events["ev014"].confirmed


def test_an_event_of_several_cities_belongs_to_each(public_release: Release) -> None:
    rallies = analysis_events.by_id(public_release)["ev115"]
    assert set(rallies.cities) == {"tokyo", "osaka", "aichi", "hiroshima", "fukuoka"}
    (in_osaka, first) = analysis_events.matching(public_release, TODAY, city="osaka")
    assert (in_osaka.event_id, first.event_id) == ("ev115", "ev107")


@pytest.mark.parametrize(("today", "announced"), [(date(2025, 8, 3), 2), (date(2025, 8, 4), 1), (TODAY, 0)])
def test_what_is_still_to_come_is_announced(public_release: Release, today: date, announced: int) -> None:
    found = analysis_events.matching(public_release, today, country="FRA", when="announced")
    assert len([one for one in found if one.on and one.on <= date(2025, 8, 17)]) >= announced
    assert all(one.is_announced(today) for one in found)


def test_filters_narrow_and_unknown_words_find_nothing(public_release: Release) -> None:
    marches = analysis_events.matching(public_release, TODAY, kind="march")
    assert len(marches) == 16
    assert analysis_events.matching(public_release, TODAY, text="no such words") == ()
    assert analysis_events.matching(public_release, TODAY, when="undated") == ()


def test_weeks_of_a_month_run_from_monday_to_sunday() -> None:
    weeks = analysis_events.weeks(date(2025, 8, 1))
    assert [week[0].isoformat() for week in weeks] == [
        "2025-07-28",
        "2025-08-04",
        "2025-08-11",
        "2025-08-18",
        "2025-08-25",
    ]
    assert all(len(week) == 7 for week in weeks)


def test_speed_is_in_days_and_says_what_hours_a_day_can_mean(public_release: Release) -> None:
    found = analysis_events.speed(public_release)
    first = found[0]
    assert (first.observation.observation_id, first.days, first.hours) == ("ev033", 1, (0, 48))
    assert [one.days for one in found] == sorted(one.days for one in found)
    march = next(one for one in found if one.actor.msgid == "march")
    assert (march.observation.observation_id, march.days, march.hours) == ("ev041", 3, (48, 96))
    assert not any(one.observation.observation_id == "ev034" for one in found)


def test_acts_by_country_are_past_dated_and_confirmed(public_release: Release) -> None:
    found = analysis_events.by_country(public_release, TODAY)
    counts = [len(acts) for _country, acts in found]
    assert counts == sorted(counts, reverse=True)
    assert {"KHM", "FRA"} <= {country for country, _acts in found}
    acts = [act for _country, listed in found for act in listed]
    assert len({act.event_id for act in acts}) == len(acts)
    assert all(act.on and act.on < TODAY and act.confirmed and act.event_id != "seed" for act in acts)
    assert analysis_events.by_country(public_release, date(2025, 6, 1)) == ()
