"""The timeline: filters, search, victims apart, claims of both sides alike."""

import pytest

from tests.hostile import CORPUS
from utils.analysis import timeline
from utils.analysis.timeline import Moment
from utils.releases import Release


def ids(moments: tuple[Moment, ...]) -> set[str]:
    return {moment.event.event_id for moment in moments}


def test_every_event_is_there_newest_first(public_release: Release) -> None:
    moments = timeline.moments(public_release)
    days = [moment.event.on for moment in moments]
    assert len(moments) == 174
    assert days == sorted(days, reverse=True)


def test_filters_narrow_together(public_release: Release) -> None:
    ceasefires = timeline.matching(public_release, kind="ceasefire")
    assert len(ceasefires) == 4
    assert {moment.event.kind for moment in ceasefires} == {"ceasefire"}
    december = timeline.matching(public_release, kind="ceasefire", phase="2025-12")
    assert ids(december) < ids(ceasefires)
    assert timeline.matching(public_release, kind="march", country="THA") == ()


@pytest.mark.parametrize("text", ["Prey Chan", "PREY chan", "2025-11-12", "kills\u200b chan", "ev093"])
def test_a_search_finds_the_shooting_at_prey_chan(public_release: Release, text: str) -> None:
    assert "ev093" in ids(timeline.matching(public_release, text=text))


def test_a_search_knows_khmer_names_of_provinces(public_release: Release) -> None:
    found = timeline.matching(public_release, text="ព្រះវិហារ")
    assert found
    assert {moment.event.admin1_pcode for moment in found} == {"KH13"}


@pytest.mark.parametrize("text", CORPUS)
def test_a_hostile_search_finds_nothing_or_everything(public_release: Release, text: str) -> None:
    found = len(timeline.matching(public_release, text=text))
    assert found == (len(timeline.moments(public_release)) if not timeline.folded(text).split() else 0)


def test_figures_of_victims_stand_apart(public_release: Release) -> None:
    (shooting,) = (one for one in timeline.moments(public_release) if one.event.event_id == "ev093")
    assert shooting.event.grave
    assert {claim.metric for claim in shooting.victims} == {"deaths", "injured"}
    assert shooting.claims == ()
    march = next(one for one in timeline.moments(public_release) if one.event.event_id == "ev014")
    assert not march.event.grave
    assert {claim.metric for claim in march.claims} == {"participants"}
    assert len({claim.claimed_by for claim in march.claims}) > 1


def test_claims_of_both_sides_are_told_alike(public_release: Release) -> None:
    claims = timeline.checked(public_release)
    assert len(claims) == 20
    assert {"th", "km"} <= {claim.language for claim in claims}
    assert all(claim.verdict in timeline.CHECKED and claim.checker and claim.source for claim in claims)
    dated = [claim.on for claim in claims if claim.on]
    assert dated == sorted(dated, reverse=True)
    assert [claim.on for claim in claims[len(dated) :]] == [None] * (20 - len(dated))


def test_checked_claims_are_searched(public_release: Release) -> None:
    assert {one.verdict for one in timeline.checked_matching(public_release, verdict="misleading")} == {
        "misleading"
    }
    assert len(timeline.checked_matching(public_release, text="poison GAS")) == 2
    assert timeline.checked_matching(public_release, text="<img src=x onerror=alert(1)>") == ()


def test_the_claims_of_one_article(public_release: Release) -> None:
    claims = timeline.of_seed(public_release)
    assert [(claim.metric, claim.observation.value) for claim in claims] == [
        ("amount_raised", 80000),
        ("deaths", 30),
        ("displaced", 80000),
        ("displaced", 200000),
    ]
