"""City cards: what is theirs, how sure each sum is, and that an empty card says since when."""

from datetime import date

import pytest

from utils.analysis import donations, solidarity
from utils.analysis.solidarity import CityCard
from utils.releases import Release

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def cards(public_release: Release) -> dict[str, CityCard]:
    return {card.city.city_id: card for card in solidarity.cards(public_release, TODAY)}


def test_paris_holds_its_events_and_those_of_its_suburb(cards: dict[str, CityCard]) -> None:
    paris = cards["paris"]
    assert [one.event_id for one in paris.past] == ["ev086", "ev079", "ev069", "ev057", "ev054"]
    assert [part.city_id for part in paris.parts] == ["tremblay-en-france"]
    sums = [(one.gift.row_id, one.evidence) for one in paris.sums]
    assert sums == [("don-0001", "single_source"), ("don-0004", "announced")]


@pytest.mark.parametrize("city", ["lyon", "montreal", "san-jose-usa"])
def test_a_city_without_data_says_until_when_we_looked(cards: dict[str, CityCard], city: str) -> None:
    card = cards[city]
    assert card.city.in_article
    assert card.is_empty
    assert card.evidence == "none_found"
    assert card.searched_until == date(2026, 11, 22)
    assert card.organisations


def test_a_suburb_has_no_card_of_its_own(cards: dict[str, CityCard]) -> None:
    assert "dandenong" not in cards
    assert {one.event_id for one in cards["melbourne"].past} == {"ev043", "ev064", "ev116"}


def test_cities_of_one_name_are_told_apart_by_country(public_release: Release) -> None:
    named = {(one.names.en, one.country) for one in solidarity.cities(public_release)}
    assert len(named) == len(solidarity.cities(public_release))
    assert solidarity.by_id(public_release)["san-jose-usa"].region == "California"


@pytest.mark.parametrize(
    ("row", "evidence"),
    [
        ("don-0052", "confirmed"),  # told by Japan and by Cambodia's foreign ministry
        ("don-0061", "announced"),  # the Union's own word, carried by several
        ("don-0066", "announced"),  # a promise is never confirmed
        ("don-0006", "single_source"),  # two articles of one outlet
        ("don-0001", "single_source"),
    ],
)
def test_how_sure_a_sum_is(public_release: Release, row: str, evidence: str) -> None:
    gift = next(one for one in donations.gifts(public_release, "USD") if one.row_id == row)
    assert solidarity.evidence_of(public_release, gift) == evidence


def test_points_are_rounded_and_cards_with_data_come_first(
    public_release: Release, cards: dict[str, CityCard]
) -> None:
    for city in solidarity.cities(public_release):
        assert (round(city.lat, 1), round(city.lon, 1)) == (city.lat, city.lon)
    order = [(not card.city.in_article, card.is_empty) for card in cards.values()]
    assert order == sorted(order)
