"""Where the crisis stands in time, from stages.csv and events.csv."""

from datetime import date

import pytest

from utils.analysis import crisis_phases, overview
from utils.releases import Release
from utils.text.locale import translator


def test_the_two_ceasefires(public_release: Release) -> None:
    assert [event.on for event in crisis_phases.ceasefires(public_release)] == [
        date(2025, 7, 28),
        date(2025, 12, 27),
    ]


@pytest.mark.parametrize(
    ("today", "stage", "days"),
    [
        (date(2025, 7, 24), "july_war", 0),
        (date(2025, 12, 27), "december_war", 20),
        (date(2025, 12, 28), "second_truce", 0),
        (date(2026, 11, 24), "second_truce", 331),
    ],
)
def test_the_stage_of_a_day(public_release: Release, today: date, stage: str, days: int) -> None:
    found = crisis_phases.state(public_release, today)
    assert (found.stage.stage_id, found.days_in_stage) == (stage, days)


def test_the_break_of_the_ministry_is_known(public_release: Release) -> None:
    (only,) = crisis_phases.breaks(public_release)
    assert (only.counted_by, only.starts_on, only.ends_on) == ("moi", date(2026, 1, 1), date(2026, 1, 2))


def test_the_newest_event(public_release: Release) -> None:
    assert crisis_phases.events(public_release)[0].on == date(2026, 6, 19)


@pytest.mark.parametrize("lang", ["en", "fr", "km"])
def test_the_state_of_the_crisis_in_words(public_release: Release, lang: str) -> None:
    _ = translator(lang)
    said = " ".join(_.translate(one) for one in overview.sentences(public_release, date(2026, 11, 24)))
    assert _.format(45559) in said
    assert _.format(649163) in said
    assert _.format(date(2026, 3, 10)) in said


def test_the_overview_says_now_of_nothing(public_release: Release) -> None:
    _ = translator("en")
    said = " ".join(_.translate(one) for one in overview.sentences(public_release, date(2026, 11, 24)))
    assert "Latest figure found: 45,559" in said
    assert "currently" not in said
