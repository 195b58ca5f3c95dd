"""The pages of solidarity as a visitor gets them: whole in three languages, kind to a bad address."""

from collections import defaultdict
from pathlib import Path

import pytest

from tests.pages.opening import opened, printed
from tests.tiers import withheld_names
from utils.analysis.systems import SYSTEMS, System
from utils.text.locale import LANGUAGES

pytestmark = pytest.mark.usefixtures("record")

PAGES = (
    *("solidarity", "events", "organisations", "giving", "memory"),
    *("relief", "diplomacy", "information", "systems"),
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_whole_and_names_no_withheld_site(data_folder: Path, name: str, lang: str) -> None:
    app = opened(name, lang)
    html = printed(app)
    assert not app.exception
    assert "sk-notice-error" not in html
    written = str(app).casefold() + html.casefold()
    assert [found for found in withheld_names(data_folder) if found in written] == []


def test_one_city_alone_has_everything_in_it() -> None:
    html = printed(opened("solidarity", "en", city="paris"))
    assert html.count("data-city=") == 1
    assert "EUR\u00a080,000" in html
    assert "reported by one source" in html
    assert "EUR\u00a031,000" in html


@pytest.mark.parametrize("value", ["<script>", "../etc", "atlantis"])
def test_an_unknown_city_opens_all_cards(value: str) -> None:
    html = printed(opened("solidarity", "en", city=value))
    assert "<script" not in html
    assert html.count("data-city=") == 24


@pytest.mark.parametrize(
    ("lang", "where"),
    [
        ("en", "Australian Capital Territory, Australia"),
        ("fr", "Territoire de la capitale australienne, Australie"),
        ("km", "ដែនដីរាជធានីអូស្ត្រាលី, អូស្ត្រាលី"),
    ],
)
def test_the_region_on_a_card_is_in_the_language_of_the_page(lang: str, where: str) -> None:
    assert f'class="sk-muted">{where}<' in printed(opened("solidarity", lang, city="canberra"))


def test_a_filter_of_the_address_narrows_the_events() -> None:
    html = printed(opened("events", "en", kind="march", country="JPN"))
    assert "2 events" in html
    assert "at least 1,500 (Fresh News)" in html


def test_a_claim_is_shared_in_the_language_of_the_card() -> None:
    app = opened("information", "en", **{"item": "vfi-0024", "in": "fr"})
    assert "Vérifié par AFP Fact Check, 29 juil. 2025" in app.code[0].value
    assert 'data-item="vfi-0024"' in printed(app)


def test_a_refused_delivery_stands_apart() -> None:
    html = printed(opened("relief", "en", status="refused"))
    assert "1 line of goods" in html
    assert "Supporting Cambodia" in html


def test_health_facilities_are_listed_with_a_link_to_each_figure() -> None:
    html = printed(opened("relief", "en", facilities="3"))
    assert "53 counts of health facilities" in html
    assert 'href="figure?lang=en&amp;figure=imp-0074"' in html
    assert "19</a>" in html


def test_cards_are_offered_as_pictures_and_each_page_tells_how_to_add() -> None:
    city = printed(opened("solidarity", "en", city="lyon"))
    assert city.count("image/share-city-lyon-1200x675.png?lang=") == 3
    assert "information?lang=en&amp;add=adopted_needs" in city
    events = printed(opened("events", "en", q="ev057"))
    assert events.count("image/share-event-") == 1
    assert "information?lang=en&amp;add=events" in events


def test_each_system_of_the_article_stands_on_the_page_it_is_linked_to() -> None:
    by_page: dict[str, list[System]] = defaultdict(list)
    for one in SYSTEMS:
        if one.page:
            by_page[one.page].append(one)
    for name, linked in by_page.items():
        html = printed(opened(name, "en"))
        assert html.count("<h1") == 1, name
        for one in linked:
            if one.part:
                assert f"<h2>{one.part.msgid}</h2>" in html, one.number


def test_an_amount_of_a_claim_names_its_currency_once() -> None:
    said = printed(opened("diplomacy", "en"))
    assert "about EUR\u00a080,000</b> · " in said
    assert "EUR EUR" not in said


def test_goods_left_a_city_that_is_not_of_the_country_that_gave() -> None:
    said = printed(opened("relief", "en", q="Latter-day"))
    assert "Phnom Penh (giver: United States)" in said
    assert "Phnom Penh, United States" not in said


def test_promised_goods_are_not_counted_as_deliveries() -> None:
    said = printed(opened("relief", "en", status="pledged"))
    assert "6 lines of goods" in said


@pytest.mark.parametrize(("name", "called"), [("organisations", "តូក្យូ, ជប៉ុន"), ("events", "ចុងកាល់, កម្ពុជា")])
def test_cities_are_called_by_their_khmer_names(name: str, called: str) -> None:
    assert called in printed(opened(name, "km"))
