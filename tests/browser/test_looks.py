"""Every page on a phone and at a desk, languages and themes dealt round; `make looks` opens the rest."""

from collections import Counter
from pathlib import Path

import pytest

from tests.browser.every_sight import (
    test_axe_finds_nothing,
    test_it_fits_and_the_keyboard_stops_beside_the_screen_nowhere,
    test_no_name_of_a_hidden_site_is_sent,
    test_the_blind_sum_is_nowhere,
    test_the_page_is_drawn_from_our_host_without_a_complaint,
    test_the_tab_names_its_page,
)
from tests.browser.look import ENGLISH, Looks, covering_set
from tests.browser.visit import LANGUAGES, PAGES
from tests.tiers import withheld_sites

__all__ = (
    "test_axe_finds_nothing",
    "test_it_fits_and_the_keyboard_stops_beside_the_screen_nowhere",
    "test_no_name_of_a_hidden_site_is_sent",
    "test_the_blind_sum_is_nowhere",
    "test_the_page_is_drawn_from_our_host_without_a_complaint",
    "test_the_tab_names_its_page",
)
pytestmark = pytest.mark.browser

SIGHTS = covering_set()
AT_A_DESK = {sight.path: sight for sight in SIGHTS if sight.width == 1440}
CHARTS = dict.fromkeys(PAGES, 0) | {"": 1, "displacement": 6, "shelters": 2, "donations": 3}
CHARTS |= {"relief": 1, "giving": 4}
MAPS = dict.fromkeys(PAGES, 0) | {"": 1, "displacement": 1, "shelters": 1}
MAPS |= {"relief": 1, "solidarity": 1}


def test_the_set_is_small_and_holds_each_page_language_width_and_theme() -> None:
    assert len(SIGHTS) == len(set(SIGHTS)) <= 40
    assert [sight.path for sight in SIGHTS if sight.width == 390] == list(PAGES)
    assert {(sight.lang, sight.width, sight.theme) for sight in SIGHTS} == {
        (lang, width, theme) for lang in LANGUAGES for width in (390, 1440) for theme in ("light", "dark")
    }
    assert {AT_A_DESK[page].lang for page in ENGLISH} == {"en"}
    assert len({sight.path for sight in SIGHTS if sight.menu}) == 3
    assert max(Counter(sight.lang for sight in SIGHTS).values()) <= 18


def test_the_search_for_names_would_find_one(looks: Looks) -> None:
    assert "wat por 5000" in looks(AT_A_DESK["shelters"]).sent.casefold(), "a closed site is named in public"


@pytest.mark.parametrize("page", ["", "displacement", "shelters"])
def test_no_point_of_a_hidden_site_is_sent(looks: Looks, data_folder: Path, page: str) -> None:
    sent = looks(AT_A_DESK[page]).sent
    hidden = [row for row in withheld_sites(data_folder) if row["coord_precision"] in {"village", "commune"}]
    assert len(hidden) == 14
    assert [row["lat"] for row in hidden if row["lat"] in sent and row["lon"] in sent] == []


@pytest.mark.parametrize(
    ("page", "figures"),
    [
        ("", ("45,559", "10 March 2026", "74,139", "649,163", "649,023", "172,094", "13.67 million")),
        ("displacement", ("476,179", "447,509", "182,820", "129,620", "46,441", "38,401", "34,521")),
        ("displacement", ("64,018", "109,758", "265,610", "30 July 2025", "27 December 2025")),
        ("donations", ("13.67 million", "4.04 million", "3.12 million", "5.01 million", "1.5 million")),
        ("donations", ("EUR\u00a080,000", "reported by one source")),
        ("sources", ("45,559", "512,263", "409,149")),
    ],
)
def test_figures_a_person_will_look_for(looks: Looks, page: str, figures: tuple[str, ...]) -> None:
    shown = looks(AT_A_DESK[page]).sent
    assert [figure for figure in figures if figure not in shown] == []


@pytest.mark.parametrize("page", [page for page in PAGES if CHARTS[page]])
def test_every_chart_and_map_has_a_name_and_a_twin(looks: Looks, page: str) -> None:
    seen = looks(AT_A_DESK[page])
    assert (seen.charts, seen.maps) == (CHARTS[page], MAPS[page])
    assert seen.named_charts >= CHARTS[page]
    assert seen.twins >= CHARTS[page] + MAPS[page]
