"""Diplomacy: every event has its act and level; France offered documents; claims beside others."""

from utils.analysis import crisis_phases, diplomacy
from utils.releases import Release


def test_every_diplomatic_event_has_its_act(public_release: Release) -> None:
    events = {
        one.event_id for one in crisis_phases.events(public_release) if one.kind in {"diplomacy", "ceasefire"}
    }
    assert {one.event.event_id for one in diplomacy.acts(public_release)} == events


def test_france_offered_documents_and_backed_others(public_release: Release) -> None:
    found = [(one.event.event_id, one.commitment) for one in diplomacy.france(public_release)]
    assert found == [
        ("ev008", "documents_offered"),
        ("ev020", "none"),
        ("ev098", "supports_others"),
        ("ev159", "asks"),
    ]
    assert not any(one.commitment == "mediates" for one in diplomacy.france(public_release))


def test_a_level_goes_no_further_than_its_source(public_release: Release) -> None:
    found = {one.event.event_id: (one.act, one.commitment) for one in diplomacy.acts(public_release)}
    assert found["ev023"] == ("statement", "suspends")
    assert found["ev038"] == ("call", "none")
    assert found["ev130"] == ("meeting", "none")


def test_claims_of_the_article_keep_both_versions(public_release: Release) -> None:
    claims = diplomacy.claims(public_release)
    assert len(claims) == 9
    euros = next(one for one in claims if "euros" in one.said.msgid)
    assert [(one.observation.value, one.observation.unit) for one in euros.own] == [(80000, "EUR")]
    assert [one.observation.value for one in euros.figures] == [28000, 31000, 4889]
    isan = next(one for one in claims if "Isan" in one.said.msgid)
    assert (isan.own, isan.figures, isan.events) == ((), (), ())
    march = claims[0]
    assert [one.event_id for one in march.events] == ["ev014", "ev171"]


def test_no_figure_that_a_claim_names_is_missing(public_release: Release) -> None:
    written = sum(len(own.split()) + len(others.split()) for _said, own, others, _e, _v in diplomacy._CLAIMS)
    shown = sum(len(one.own) + len(one.figures) for one in diplomacy.claims(public_release))
    assert shown == written
