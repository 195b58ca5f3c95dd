"""What holds of each page, however it is opened. A module names its views in ``SIGHTS``."""

from pathlib import Path

from tests.browser.look import Looks, Sight
from tests.tiers import withheld_names
from utils.product import sitemap
from utils.text.locale import translator

__all__ = (
    "test_axe_finds_nothing",
    "test_it_fits_and_the_keyboard_stops_beside_the_screen_nowhere",
    "test_no_name_of_a_hidden_site_is_sent",
    "test_the_blind_sum_is_nowhere",
    "test_the_page_is_drawn_from_our_host_without_a_complaint",
    "test_the_tab_names_its_page",
)


def test_the_page_is_drawn_from_our_host_without_a_complaint(
    looks: Looks, usual_complaints: set[str], sight: Sight
) -> None:
    seen = looks(sight)
    assert seen.errors == []
    assert seen.foreign == []
    assert [text for text in seen.complaints if text not in usual_complaints] == []


def test_no_name_of_a_hidden_site_is_sent(looks: Looks, data_folder: Path, sight: Sight) -> None:
    sent = looks(sight).sent.casefold()
    described = ("(unnamed", "(group", "planned")  # descriptions of our own, not names
    names = [name for name in withheld_names(data_folder) if not any(mark in name for mark in described)]
    assert len(names) > 40
    assert [name for name in names if name in sent] == []


def test_the_blind_sum_is_nowhere(looks: Looks, sight: Sight) -> None:
    sent = looks(sight).sent
    assert [wrong for wrong in ("240,970", "240970", "240.97", "241 million") if wrong in sent] == []


def test_axe_finds_nothing(looks: Looks, sight: Sight) -> None:
    """Every fold open; with the menu open where the view asks for it."""
    seen = looks(sight)
    assert seen.faults == []
    assert seen.menu_faults == []


def test_it_fits_and_the_keyboard_stops_beside_the_screen_nowhere(looks: Looks, sight: Sight) -> None:
    seen = looks(sight)
    assert seen.fits
    assert seen.unseen == []


def test_the_tab_names_its_page(looks: Looks, sight: Sight) -> None:
    page = sitemap.find_page(sight.path or sitemap.PAGES[0].name)
    assert looks(sight).title == f"{translator(sight.lang).translate(page.title)} · Samaki"
