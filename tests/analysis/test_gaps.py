"""Known, old, contested, missing: cells a person can check against the record."""

from dataclasses import replace
from datetime import date, timedelta

from utils.analysis import gaps
from utils.analysis.displacement_series import list_national_rows
from utils.analysis.gaps import GapCell
from utils.analysis.model import Observation
from utils.analysis.series_status import assess_series
from utils.components.gaps import find_tone
from utils.releases import Release
from utils.text.locale import translator

TODAY = date(2026, 11, 24)


def at(release: Release, area: str, topic: str, today: date = TODAY) -> GapCell:
    return gaps.build_gap_cell(release, area, topic, today)


def test_the_grid_has_a_row_for_each_area_and_a_cell_for_each_topic(public_release: Release) -> None:
    rows = gaps.build_gap_grid(public_release, TODAY)
    assert [row[0].area for row in rows] == list(gaps.AREAS)
    assert {tuple(cell.topic for cell in row) for row in rows} == {tuple(gaps.TOPICS)}


def test_the_latest_national_figure_is_old(public_release: Release) -> None:
    cell = at(public_release, "KHM", "displaced")
    assert cell.observation is not None
    assert cell.freshness is not None
    assert (cell.state, cell.observation.value, cell.freshness.days) == ("old", 45559, 259)


def test_the_same_figure_was_known_the_day_after(public_release: Release) -> None:
    assert at(public_release, "KHM", "displaced", date(2026, 3, 11)).state == "known"


def test_pailin_has_no_figure_and_none_is_zero(public_release: Release) -> None:
    for topic in gaps.TOPICS:
        cell = at(public_release, "KH24", topic)
        assert (cell.state, cell.observation) == ("missing", None)


def test_oddar_meanchey_leads_with_those_who_shelter_there(public_release: Release) -> None:
    cell = at(public_release, "KH22", "displaced")
    assert cell.observation is not None
    assert (cell.observation.value, cell.observation.as_of) == (38401, date(2025, 12, 17))


def test_people_in_sites_are_contested_in_january(public_release: Release) -> None:
    cell = at(public_release, "KHM", "in_sites")
    assert cell.state == "contested"
    assert cell.observation is not None
    assert cell.observation.value == 64018
    assert len(cell.contested_by) == 1


def test_the_sentence_counts_the_cells(public_release: Release) -> None:
    rows = gaps.build_gap_grid(public_release, TODAY)
    count = gaps.count_states(rows)
    assert sum(count.values()) == 63
    assert translator("en").translate(gaps.summarise_gaps(rows)) == (
        f"Of 63 questions: {count['known']} with a figure that is up to date, {count['old']} with an old "
        f"one, {count['contested']} with one that others contradict, {count['missing']} where nothing was "
        "found."
    )
    assert count == {"known": 0, "old": 31, "contested": 1, "missing": 31}


def test_a_share_of_one_village_does_not_lead_its_province(public_release: Release) -> None:
    """98 percent of the homes of Chouk Chey are no figure of Banteay Meanchey."""
    found = gaps.build_gap_cell(public_release, "KH01", "harm", TODAY)
    assert found.observation is not None
    assert found.observation.indicator == "health_facilities_closed"
    assert found.observation.value == 1


def test_what_an_agency_reached_is_not_a_need(public_release: Release) -> None:
    """The newest row of the table of needs says that one agency reached 144,000 people."""
    needs = at(public_release, "KHM", "needs")
    assert needs.observation is not None
    assert needs.observation.as_of == date(2025, 12, 31)
    assert "reached" not in needs.observation.indicator


def test_the_tone_of_a_cell_grows_with_its_age() -> None:
    assert [find_tone(days) for days in (1, 30, 31, 90, 91, 180, 181, 300)] == [1, 1, 2, 2, 3, 3, 4, 4]


def row(release: Release, **changes: object) -> Observation:
    return replace(list_national_rows(release, "displaced_people")[0], **changes)  # type: ignore[arg-type]


def test_a_figure_by_another_of_the_same_days_contests(public_release: Release) -> None:
    day = date(2026, 11, 20)
    led = row(public_release, as_of=day, value=100.0, counted_by="moi", qualifier="exact")
    other = replace(led, counted_by="ncdm", value=120.0, as_of=day - timedelta(days=2))
    long_ago = replace(other, as_of=day - timedelta(days=30))
    contested = assess_series(public_release, [led, other], TODAY)
    alone = assess_series(public_release, [led, long_ago], TODAY)
    assert contested is not None
    assert alone is not None
    assert (contested.state, contested.contested_by) == ("contested", (other,))
    assert alone.state != "contested"


def test_a_figure_set_aside_does_not_fill_a_gap(public_release: Release) -> None:
    aside = row(public_release, headline_ok=False)
    assert assess_series(public_release, [aside], TODAY) is None
    assert assess_series(public_release, [replace(aside, headline_ok=True, value=None)], TODAY) is None
