"""The timeline: filters, search, victims apart, claims of both sides alike."""

import pytest

from tests.hostile import CORPUS
from utils.analysis import timeline
from utils.analysis.timeline import Moment
from utils.releases import Release


def ids(moments: tuple[Moment, ...]) -> set[str]:
    return {moment.event.event_id for moment in moments}


def test_every_event_is_there_newest_first(public_release: Release) -> None:
    moments = timeline.list_moments(public_release)
    days = [moment.event.on for moment in moments]
    assert len(moments) == 174
    assert days == sorted(days, reverse=True)


def test_filters_narrow_together(public_release: Release) -> None:
    ceasefires = timeline.filter_moments(public_release, kind="ceasefire")
    assert len(ceasefires) == 4
    assert {moment.event.kind for moment in ceasefires} == {"ceasefire"}
    december = timeline.filter_moments(public_release, kind="ceasefire", month="2025-12")
    assert ids(december) < ids(ceasefires)
    assert timeline.filter_moments(public_release, kind="march", country="THA") == ()


@pytest.mark.parametrize("text", ["Prey Chan", "PREY chan", "2025-11-12", "kills\u200b chan", "ev093"])
def test_a_search_finds_the_shooting_at_prey_chan(public_release: Release, text: str) -> None:
    assert "ev093" in ids(timeline.filter_moments(public_release, text=text))


def test_a_search_knows_khmer_names_of_provinces(public_release: Release) -> None:
    found = timeline.filter_moments(public_release, text="ព្រះវិហារ")
    assert found
    assert {moment.event.admin1_pcode for moment in found} == {"KH13"}


@pytest.mark.parametrize("text", CORPUS)
def test_a_hostile_search_finds_nothing_or_everything(public_release: Release, text: str) -> None:
    found = len(timeline.filter_moments(public_release, text=text))
    assert found == (
        len(timeline.list_moments(public_release)) if not timeline.fold_text(text).split() else 0
    )


def test_figures_of_victims_stand_apart(public_release: Release) -> None:
    (shooting,) = (one for one in timeline.list_moments(public_release) if one.event.event_id == "ev093")
    assert shooting.event.grave
    assert {claim.metric for claim in shooting.victims} == {"deaths", "injured"}
    assert shooting.claims == ()
    march = next(one for one in timeline.list_moments(public_release) if one.event.event_id == "ev014")
    assert not march.event.grave
    assert {claim.metric for claim in march.claims} == {"participants"}
    assert len({claim.claimed_by for claim in march.claims}) > 1


def test_claims_of_both_sides_are_told_alike(public_release: Release) -> None:
    claims = timeline.list_checked_claims(public_release)
    assert len(claims) == 20
    assert {"th", "km"} <= {claim.language for claim in claims}
    assert all(claim.verdict in timeline.CHECKED and claim.checker and claim.source for claim in claims)
    dated = [claim.on for claim in claims if claim.on]
    assert dated == sorted(dated, reverse=True)
    assert [claim.on for claim in claims[len(dated) :]] == [None] * (20 - len(dated))


def test_checked_claims_are_searched(public_release: Release) -> None:
    assert {one.verdict for one in timeline.filter_checked_claims(public_release, verdict="misleading")} == {
        "misleading"
    }
    assert len(timeline.filter_checked_claims(public_release, text="poison GAS")) == 2
    assert timeline.filter_checked_claims(public_release, text="<img src=x onerror=alert(1)>") == ()


def test_the_claims_of_one_article(public_release: Release) -> None:
    claims = timeline.list_seed_claims(public_release)
    assert [(claim.metric, claim.observation.value) for claim in claims] == [
        ("amount_raised", 80000),
        ("deaths", 30),
        ("displaced", 80000),
        ("displaced", 200000),
    ]


def test_every_kind_of_event_has_a_lane_and_lanes_add_to_all(public_release: Release) -> None:
    counts = timeline.count_lanes(public_release)
    assert list(counts) == list(timeline.LANES) == list(timeline.LANE_NAMES)
    assert sum(counts.values()) == len(timeline.list_moments(public_release))
    for lane, count in counts.items():
        assert len(timeline.filter_moments(public_release, lane=lane)) == count


def test_months_add_to_all_and_the_busiest_has_most(public_release: Release) -> None:
    moments = timeline.list_moments(public_release)
    months = timeline.count_months(public_release)
    assert [month.code for month in months] == list(timeline.list_months(public_release))
    assert sum(sum(month.counts.values()) for month in months) == len(moments)
    extent = timeline.measure_extent(moments)
    assert extent is not None
    assert (extent.first, extent.last) == (moments[-1].event.on, moments[0].event.on)
    assert extent.most == len(timeline.filter_moments(public_release, month=f"{extent.busiest:%Y-%m}"))
    assert extent.most == max(sum(month.counts.values()) for month in months)
    assert timeline.measure_extent(()) is None
