"""Claims, events and cities as pictures to pass on: source, day and address on each, in our own fonts."""

import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from utils.analysis import events, information, solidarity
from utils.exports.files import UnknownView
from utils.exports.image import text_shaping
from utils.exports.image.share_card import (
    SIZE,
    ShareCard,
    card_address,
    describe_event,
    draw_share_card,
    list_items,
    make_share_card,
)
from utils.exports.pictures import share_image
from utils.releases import Release
from utils.text.locale import LANGUAGES, translator

BASE = "https://example.org/"
TODAY = date(2026, 11, 24)


def every_key(release: Release) -> list[str]:
    return [
        *(f"claim-{one.item_id}" for one in information.claims(release)),
        *(f"event-{one.event_id}" for one in events.matching(release, TODAY)),
        *(f"city-{one.city.city_id}" for one in solidarity.cards(release, TODAY)),
    ]


def card(release: Release, key: str, lang: str = "en") -> ShareCard:
    return make_share_card(translator(lang), release, key, TODAY)


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_every_card_is_whole_in_our_letters(public_release: Release, lang: str) -> None:
    keys = every_key(public_release)
    assert len(keys) > 60
    for key in keys:
        one = card(public_release, key, lang)
        said = one.kind + one.title + "".join(one.facts) + "".join(s.publisher for s in one.sources)
        assert one.title
        assert one.facts
        assert text_shaping.missing_characters(said) == "", key


def test_a_claim_says_verdict_who_checked_and_when(public_release: Release) -> None:
    one = card(public_release, "claim-vfi-0024", "fr")
    assert "Vérifié par AFP Fact Check, 29 juil. 2025" in one.facts
    assert one.kind == "Affirmation · Verdict\u00a0: faux"
    assert one.kind == "Affirmation · Verdict\u00a0: faux"
    assert card_address(translator("fr"), one, BASE) == f"{BASE}information?lang=fr&item=vfi-0024"


def test_a_city_without_data_says_so_and_since_when(public_release: Release) -> None:
    one = card(public_release, "city-lyon")
    assert one.facts[0].startswith("Sums announced: none found. Sums looked for until")
    assert one.facts[2:] == ("Next gathering: none announced", "Needs adopted: none found")


def test_a_sum_stands_beside_how_sure_it_is(public_release: Release) -> None:
    assert "EUR\u00a080,000 (reported by one source" in card(public_release, "city-paris").facts[0]


@pytest.mark.parametrize(
    ("lang", "end"),
    [("en", "(2 Oct 2025) and 4 more"), ("fr", "(2 oct. 2025) et 4 autres"), ("km", "(2 តុលា 2025) និង 4 ទៀត")],
)
def test_a_city_says_how_many_acts_it_leaves_out(public_release: Release, lang: str, end: str) -> None:
    assert card(public_release, "city-paris", lang).facts[1].endswith(end)


def test_one_more_is_singular_in_french(public_release: Release) -> None:
    assert card(public_release, "city-tokyo", "fr").facts[0].endswith(" et 1 autre")


def test_each_source_on_a_city_card_has_its_date(public_release: Release) -> None:
    svg = str(
        draw_share_card(
            translator("en"), public_release, card(public_release, "city-tokyo"), BASE, "light", mode="text"
        )
    )
    for said in ("fundsforNGOs News (no date given)", "Embassy of Japan in France (15 Aug 2025)"):
        assert said in svg
    assert "Fresh News (15 Dec 2025)" in svg


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_nothing_on_a_city_card_is_cut(public_release: Release, lang: str) -> None:
    for one in solidarity.cards(public_release, TODAY):
        made = card(public_release, f"city-{one.city.city_id}", lang)
        svg = str(draw_share_card(translator(lang), public_release, made, BASE, "light", mode="text"))
        lines = svg.partition("</desc>")[2]
        assert "…" not in lines, one.city.city_id
        for fact in made.facts:
            assert fact.split()[-1] in lines, one.city.city_id


def test_a_title_too_long_for_its_lines_is_cut_and_its_day_is_not(public_release: Release) -> None:
    (one,) = events.matching(public_release, TODAY, text="ev057")
    long = replace(one, title="Rally " * 60)
    made = list_items(translator("en"), "What happened", [long, one, one], describe_event, "none found")
    assert made.text.endswith("Rally … (3 Aug 2025) and 2 more")
    assert made.shown == (long,)
    assert len(text_shaping.wrap(made.text, 25, SIZE[0] - 120)) == 2


def test_an_event_is_found_at_the_address_on_its_card(public_release: Release) -> None:
    one = card(public_release, "event-ev057")
    found = events.matching(public_release, TODAY, text=one.query["q"])
    assert [event.event_id for event in found] == ["ev057"]


@pytest.mark.parametrize(
    ("key", "lang"),
    [("claim-vfi-0024", "en"), ("event-ev057", "fr"), ("city-paris", "km"), ("city-lyon", "km")],
)
def test_a_card_is_a_picture_of_its_size(public_release: Release, key: str, lang: str) -> None:
    made = share_image(public_release, key, "png", TODAY, lang=lang, base=BASE, size=SIZE)
    assert Image.open(io.BytesIO(made.content)).size == (1200, 675)


def test_source_and_address_are_drawn(public_release: Release) -> None:
    one = card(public_release, "event-ev057")
    svg = str(draw_share_card(translator("en"), public_release, one, BASE, "light", mode="text"))
    assert one.sources[0].publisher in svg
    assert "https://example.org/events?lang=en&amp;q=ev057" in svg
    assert public_release.release_id in svg


@pytest.mark.parametrize("key", ["city-atlantis", "event-ev001", "claim-", "../etc", "city"])
def test_what_is_no_card_is_refused(public_release: Release, key: str) -> None:
    with pytest.raises(UnknownView):
        card(public_release, key)
