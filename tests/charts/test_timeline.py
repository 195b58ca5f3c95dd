"""The timeline as lanes: where its dots stand, what is dark, and its twin."""

from __future__ import annotations

from datetime import date

import pytest

from tests.taking import context
from utils.analysis import timeline
from utils.charts.timeline import place_dots, timeline_lanes
from utils.releases import Release


def test_dots_of_near_days_stand_in_rows_of_their_own() -> None:
    days = [date(2025, 12, 8), date(2025, 12, 8), date(2025, 12, 9), date(2025, 12, 20)]
    assert place_dots(days) == [0, 1, -1, 0]
    assert place_dots([]) == []


def test_a_sixth_dot_of_a_day_begins_anew() -> None:
    assert place_dots([date(2025, 12, 8)] * 6) == [0, 1, -1, 2, -2, 0]


@pytest.mark.parametrize("lang", ["en", "fr", "km"])
def test_the_chosen_lane_is_dark_and_no_event_is_lost(public_release: Release, lang: str) -> None:
    chart = timeline_lanes(context(public_release, lang), "diplomacy", "all")
    assert chart is not None
    dots = [trace for trace in chart.figure.data if trace.mode == "markers"]
    events = timeline.list_moments(public_release)
    chosen = timeline.filter_moments(public_release, lane="diplomacy")
    assert [len(trace.x) for trace in dots] == [len(events) - len(chosen), len(chosen)]
    assert dots[0].marker.color != dots[1].marker.color
    assert len(chart.rows) == len(timeline.list_months(public_release))
    assert len(chart.columns) == len(timeline.LANES) + 1


def test_an_event_with_victims_is_pointed_at_by_its_place_only(public_release: Release) -> None:
    chart = timeline_lanes(context(public_release, "en"), "all", "all")
    assert chart is not None
    hovered = "\n".join(
        text for trace in chart.figure.data if trace.mode == "markers" for text in trace.hovertext
    )
    grave = [moment.event for moment in timeline.list_moments(public_release) if moment.event.grave]
    assert grave
    assert [event.title for event in grave if event.title in hovered] == []
