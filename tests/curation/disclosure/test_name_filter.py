"""The name gate finds invented sites in every spelling and script, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.curation.disclosure.name_filter import Hidden, NameGate, area_of, build_gate, letters
from utils.curation.read import Row


def site(site_id: str, name: str, **more: str) -> Row:
    plain: Row = {
        "site_id": site_id,
        "name": name,
        "name_km": None,
        "village": None,
        "kind": "pagoda",
        "admin1": "Northland",
        "admin2": "Riverside",
        "admin2_pcode": "KH9901",
        "public_display": "district_only",
    }
    return plain | more


VILLAGE = Hidden(site_id="vil-orlu-tmei", area="Hillside district")
COUNTED = {"KH9901"}
GATE = build_gate(
    sites=[
        site("wat-zorvath-kandir", "Wat Zorvath Kandir", name_km="វត្តហ្សូវ៉ាត់", village="Phlong Trâpe"),
        site("riverside-camp", "Riverside camp", kind="camp"),
        site("pra-vong", "วัดประวงศ์", admin2=""),
        site("camp-unnamed", "Camp 30 km from Riverside (unnamed)", kind="camp"),
        site("hillside-hall", "Hillside goods hall", public_display="name_and_district"),
    ],
    aliases=[{"site_id": "wat-zorvath-kandir", "alias": "Zorwat Kandyr pagoda"}],
    villages=[("Orlu Tmei", VILLAGE), ("អូរលូថ្មី", VILLAGE)],
    khmer={"wat-zorvath-kandir": ["ផ្សារហ្សូវ៉ាត់"]},
    public_names=["Northland", "Riverside", "Hillside"],
    counted=COUNTED,
)


@pytest.mark.parametrize(
    "text",
    [
        "Families at Wat Zorvath Kandir.",
        "families at WAT ZORVATH KANDIR",
        "Zorvath Kandir",
        "wat-zorvath-kandir",
        "https://news.example/2025/wat_zorvath_kandir.html",
        "https://news.example/wat%20zorvath%20kandir",
        "https://news.example/?q=%E1%9E%A0%E1%9F%92%E1%9E%9F%E1%9E%BC%E1%9E%9C%E1%9F%89%E1%9E%B6%E1%9E%8F%E1%9F%8B",
        "Wat  Zorvath\u00a0Kandir",
        "Wat Zor\u200bvath Kan\u00addir",
        "Wat Zôrvâth Kandïr",
        "Wat Zo\u0302rvath Kandir",
        "Ｗａｔ Ｚｏｒｖａｔｈ Ｋａｎｄｉｒ",  # full width
        "Wat Zorvath'Kandir",
        "Wat Zorvath–Kandir",
        "WatZorvathKandir",
        "at Zorvathkandir pagoda",
        "Zorwat-Kandyr",
        "village of Phlong Trape",
        "phlong-trâpe",
        "នៅវត្តហ្សូវ៉ាត់ក្នុងស្រុក",
        "នៅហ្សូវ៉ាត់",
        "ហ្សូ\u200bវ៉ាត់",
        "ผู้คนที่วัดประวงศ์วันนี้",
        "Riverside camp",
        "the camp Riverside",
        "Orlu Tmei",
        "ភូមិអូរលូថ្មី",
    ],
)
def test_a_hidden_name_is_found_in_any_spelling_and_script(text: str) -> None:
    assert GATE.hits(text)
    assert not GATE.hits(GATE.replace(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Riverside district",
        "Families in Riverside, Northland",
        "A camp 30 km from Riverside",
        "Camps across Riverside",
        "Hillside goods hall",
        "Zorvath",
        "Kandir",
        "phlong",
        "ស្រុក",
        "172,094 people",
    ],
)
def test_public_places_and_openly_named_sites_pass(text: str) -> None:
    assert GATE.hits(text) == ()
    assert GATE.replace(text) == text


def test_a_short_name_counts_only_as_words_of_its_own() -> None:
    gate = NameGate({"Ou Rasa": Hidden(site_id="ou-rasa", area="Riverside district")})
    assert gate.hits("at Ou Rasa today")
    assert gate.hits("at OuRasa, today")
    assert not gate.hits("you rasa")
    assert not gate.hits("four asan")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("810 at Wat Zorvath Kandir, many ill", "810 at a site in Riverside district, many ill"),
        ("Zorwat Kandyr pagoda takes in families", "A site in Riverside district takes in families"),
        ("Tents for Zorvath Kandir Safety Center now", "Tents for a site in Riverside district now"),
        ("Aid to WAT ZÔRVATH-KANDIR.", "Aid to a site in Riverside district."),
        ("Orlu Tmei to Riverside camp", "A site in Hillside district to a site in Riverside district"),
        ("ที่วัดประวงศ์", "ที่a site in Northland province"),
        ("see /wat%20zorvath%20kandir", "A site in Riverside district"),
    ],
)
def test_a_hidden_name_becomes_a_site_in_its_area(text: str, safe: str) -> None:
    assert GATE.replace(text) == safe


def test_the_area_of_a_site_says_no_more_than_its_display_allows() -> None:
    assert area_of(site("a", "A"), COUNTED) == "Riverside district"
    assert area_of(site("a", "A", public_display="province_only"), COUNTED) == "Northland province"
    assert area_of(site("a", "A", admin2="Riverside (municipality)"), COUNTED) == "Riverside municipality"


def test_a_district_that_no_count_names_is_not_named_in_the_place_of_a_site() -> None:
    assert area_of(site("a", "A", admin2_pcode="KH9902"), COUNTED) == "Northland province"
    assert area_of(site("a", "A"), set()) == "Northland province"


def test_a_gate_without_names_lets_everything_pass() -> None:
    gate = build_gate(sites=[], aliases=[], khmer={}, villages=[], public_names=["Riverside"], counted=())
    assert len(gate) == 0
    assert gate.hits("Wat Zorvath Kandir") == ()


@given(st.text(), st.text())
def test_no_text_around_a_long_name_hides_it(before: str, after: str) -> None:
    text = f"{before}Wat Zorvath Kandir{after}"
    assert GATE.hits(text)
    assert "zorvathkandir" not in letters(GATE.replace(text))


@given(st.text())
def test_a_replaced_text_names_no_site(text: str) -> None:
    assert GATE.hits(GATE.replace(text)) == ()


@given(
    st.text(),
    st.sampled_from(["\u200b", "\u00ad", "\u2060", "\ufeff", " ", "-", "'", "’", ".", "_", "\u0301"]),
)
def test_signs_between_letters_make_no_difference(text: str, sign: str) -> None:
    assert letters(sign.join(text)) == letters(text)
