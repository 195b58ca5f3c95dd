"""A place is found by any spelling or code, among twenty thousand; its card holds its figures only."""

import random
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.hostile import CORPUS
from utils.analysis import place_card, place_search
from utils.analysis.place_search import build_index, find_places, normalise_spelling, search_index
from utils.releases import Release
from utils.text.locale import translator

TODAY = date(2026, 11, 24)


def found(release: Release, query: str) -> list[str]:
    return [hit.place.place_id for hit in find_places(release, query)]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("Oddar Meanchey", "prov-oddar-meanchey"),
        ("oddar-MEANCHEY", "prov-oddar-meanchey"),
        ("Otdar Mean Chey", "prov-oddar-meanchey"),
        ("Uddor Mean Chey", "prov-oddar-meanchey"),
        ("ឧត្ដរមានជ័យ", "prov-oddar-meanchey"),
        ("ឧត្តរមានជ័យ", "prov-oddar-meanchey"),
        ("ឧត្ដរ\u200bមានជ័យ", "prov-oddar-meanchey"),
        ("KH22", "prov-oddar-meanchey"),
        ("kh-22", "prov-oddar-meanchey"),
        ("KH២២", "prov-oddar-meanchey"),
        ("KH2204", "dist-oddar-meanchey-samraong"),
        ("o smach", "x-osmach"),
        ("O'Smach", "x-osmach"),
        ("O’Smach", "x-osmach"),
        ("Cambodge", "khm"),
        ("KHM", "khm"),
        ("TH", "tha"),
        ("Sâmraông", "dist-oddar-meanchey-samraong"),
        ("preah vihear", "prov-preah-vihear"),
    ],
)
def test_a_place_is_found_by_any_spelling(public_release: Release, query: str, place: str) -> None:
    assert found(public_release, query)[0] == place


def test_names_that_several_places_bear_list_them_all(public_release: Release) -> None:
    assert set(found(public_release, "Preah Vihear")) == {
        "prov-preah-vihear",
        "dist-preah-vihear-preah-vihear",
        "t-preah-vihear",
    }


@pytest.mark.parametrize("query", [*CORPUS, "", " ", "-"])
def test_hostile_or_empty_text_finds_no_place(public_release: Release, query: str) -> None:
    assert found(public_release, query) == []


@given(st.text(max_size=200))
@example("℠")
def test_any_text_is_compared_alike_twice(text: str) -> None:
    assert normalise_spelling(normalise_spelling(text)) == normalise_spelling(text)
    assert "\n" not in normalise_spelling(text)


def spellings(count: int) -> list[tuple[str, str]]:
    """Return made-up spellings of made-up places, the same on every run."""
    dice = random.Random(20)  # noqa: S311  # reproducible names, no secret
    parts = ("an", "long", "veng", "kouk", "mean", "chey", "sam", "raong", "ta", "prasat", "svay", "thma")
    khmer = ("កោះ", "ភ្នំ", "ស្វាយ", "ថ្ម", "បាត់", "ដំបង", "អន្លង់", "វែង")
    made = []
    for number in range(count):
        letters = khmer if number % 4 == 0 else parts
        words = [dice.choice(letters) for _ in range(dice.randint(2, 5))]
        made.append((f"place-{number % (count // 3)}", f"{'-'.join(words)} {number}"))
    return made


def test_twenty_thousand_spellings_give_what_a_plain_search_gives() -> None:
    pairs = spellings(20_000)
    index = build_index(pairs)
    for query in ("svay-thma", "ANLONG veng", "ភ្នំស្វាយ", "19999", pairs[7][1]):
        key = normalise_spelling(query)
        expected = {place for place, spelling in pairs if key in normalise_spelling(spelling)}
        got = search_index(index, query, most=20_000)
        assert {place for place, _spelling, _match in got} == expected
        assert len(got) == len(expected), "each place once"
    assert search_index(index, pairs[7][1])[0] == (*pairs[7], "exact")
    assert len(search_index(index, "a")) <= place_search.MOST


def test_a_crossing_shows_the_figures_of_the_areas_it_lies_in(public_release: Release) -> None:
    card = place_card.build_place_card(public_release, "x-osmach", TODAY)
    assert card is not None
    assert [area.place_id for area in card.within] == [
        "dist-oddar-meanchey-samraong",
        "prov-oddar-meanchey",
        "khm",
    ]
    assert [area.place.place_id for area in card.areas] == [
        "dist-oddar-meanchey-samraong",
        "prov-oddar-meanchey",
    ]
    assert card.spellings == ("Chong Chom", "Chong Jom", "O Smach", "Ou Smach")


def test_a_province_holds_its_own_figures_and_leads_with_none_set_aside(public_release: Release) -> None:
    card = place_card.build_place_card(public_release, "prov-oddar-meanchey", TODAY)
    assert card is not None
    (area,) = card.areas
    rows = [series.standing.observation for series in area.series]
    assert {row.admin1_pcode for row in rows} == {"KH22"}
    assert all(row.headline_ok and not row.admin2 for row in rows)
    displaced = next(series for series in area.series if series.indicator.indicator == "displaced_people")
    assert displaced.standing.observation.value == 38401
    assert area.sites is not None
    assert area.sites.value == 5


def test_a_thai_province_without_a_code_keeps_to_its_name(public_release: Release) -> None:
    card = place_card.build_place_card(public_release, "prov-th-surin", TODAY)
    assert card is not None
    assert {series.standing.observation.admin1 for area in card.areas for series in area.series} == {"Surin"}


def sentences(release: Release, place_id: str) -> str:
    card = place_card.build_place_card(release, place_id, TODAY)
    assert card is not None
    return " ".join(map(translator("en").translate, place_card.summarise_place(release, card)))


def test_the_sentence_of_a_country_is_its_headline(public_release: Release) -> None:
    """64,018 in sites is of 8 January; 45,559 still displaced is of 10 March."""
    assert sentences(public_release, "khm").startswith(
        "Cambodia: 45,559 people were still displaced in Cambodia (10 March 2026)"
    )


def test_people_who_fled_from_a_district_were_not_counted_in_it(public_release: Release) -> None:
    """34,336 fled from Choam Khsant; about 10,000 were still displaced in the province months later."""
    summary = sentences(public_release, "t-preah-vihear")
    assert "34,336" not in summary
    assert summary == (
        "Preah Vihear temple: about 10,000 people were still displaced in Preah Vihear "
        "(about 14 February 2026), the newest count found."
    )


def test_the_sentence_names_sites_and_keeps_what_is_about(public_release: Release) -> None:
    assert sentences(public_release, "x-osmach") == (
        "O'Smach – Chong Chom: about 12,000 people were counted in sites in Oddar Meanchey "
        "(about 5 January 2026), the newest count found."
    )
    assert "no count of people was found" in sentences(public_release, "prov-kep")


def test_the_strip_never_shows_people_from_elsewhere_as_people_there(public_release: Release) -> None:
    for place_id in ("t-preah-vihear", "dist-preah-vihear-choam-khsant", "prov-preah-vihear"):
        card = place_card.build_place_card(public_release, place_id, TODAY)
        assert card is not None
        rows = [make().observation for make in place_card.prepare_strip(card, TODAY).values()]
        assert all(row is not None and row.area_basis != "origin" for row in rows)
        assert any(row is not None and row.value == 10_000 for row in rows)


def test_a_misspelt_address_finds_the_place_most_like_it(public_release: Release) -> None:
    assert place_search.find_nearest_place(public_release, "x-osmatch") == "x-osmach"
    for text in (*CORPUS, "", "nosuch"):
        assert place_search.find_nearest_place(public_release, text) == ""


def test_an_unknown_place_has_no_card(public_release: Release) -> None:
    for wanted in (*CORPUS, "com-220405-osmach", "vil-22040506-osmach-village"):
        assert place_card.build_place_card(public_release, wanted, TODAY) is None
