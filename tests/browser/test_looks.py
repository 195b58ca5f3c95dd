"""Every page in English, and what is looked at in one language: figures, points, names and twins."""

from pathlib import Path

import pytest

from tests.browser.every_page import (
    test_axe_finds_nothing,
    test_no_name_of_a_hidden_site_is_sent,
    test_nothing_scrolls_sideways_on_a_phone,
    test_page_is_drawn_from_our_host_without_a_complaint,
    usual_complaints,
)
from tests.browser.look import Looks
from tests.browser.visit import PAGES
from tests.tiers import withheld_sites

__all__ = (
    "test_axe_finds_nothing",
    "test_no_name_of_a_hidden_site_is_sent",
    "test_nothing_scrolls_sideways_on_a_phone",
    "test_page_is_drawn_from_our_host_without_a_complaint",
    "usual_complaints",
)
pytestmark = pytest.mark.browser

CHARTS = dict.fromkeys(PAGES, 0) | {"": 1, "displacement": 8, "shelters": 2, "donations": 3}
CHARTS |= {"relief": 1, "giving": 3}
MAPS = dict.fromkeys(PAGES, 0) | {"": 1, "displacement": 1, "shelters": 1}
MAPS |= {"relief": 1, "solidarity": 1}


@pytest.fixture(scope="module")
def lang() -> str:
    """The language of this module."""
    return "en"


def test_the_search_for_names_would_find_one(looks: Looks) -> None:
    assert "wat por 5000" in looks("shelters", "en").sent.casefold(), "a closed site is named in public"


@pytest.mark.parametrize("page", ["", "displacement", "shelters"])
def test_no_point_of_a_hidden_site_is_sent(looks: Looks, data_folder: Path, page: str) -> None:
    sent = looks(page, "en").sent
    hidden = [row for row in withheld_sites(data_folder) if row["coord_precision"] in {"village", "commune"}]
    assert len(hidden) == 14
    assert [row["lat"] for row in hidden if row["lat"] in sent and row["lon"] in sent] == []


@pytest.mark.parametrize(
    ("page", "figures"),
    [
        ("", ("45,559", "10 March 2026", "74,139", "649,163", "649,023", "172,094", "13.67 million")),
        ("displacement", ("476,179", "447,509", "182,820", "129,620", "46,441", "38,401", "34,521")),
        ("displacement", ("64,018", "109,758", "192,173", "265,610", "30 July 2025", "27 December 2025")),
        ("donations", ("13.67 million", "4.04 million", "3.12 million", "5.01 million", "1.5 million")),
        ("donations", ("EUR\u00a080,000", "reported by one source")),
        ("sources", ("45,559", "512,263", "409,149")),
    ],
)
def test_figures_a_person_will_look_for(looks: Looks, page: str, figures: tuple[str, ...]) -> None:
    shown = looks(page, "en").sent
    assert [figure for figure in figures if figure not in shown] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_blind_sum_is_nowhere(looks: Looks, page: str) -> None:
    shown = looks(page, "en").sent
    for wrong in ("240,970", "240970", "240.97", "241 million"):
        assert wrong not in shown


@pytest.mark.parametrize("page", [page for page in PAGES if CHARTS[page]])
def test_every_chart_and_map_has_a_name_and_a_twin(looks: Looks, page: str) -> None:
    seen = looks(page, "en")
    assert (seen.charts, seen.maps) == (CHARTS[page], MAPS[page])
    assert seen.named_charts >= CHARTS[page]
    assert seen.twins >= CHARTS[page] + MAPS[page]
