"""What holds of each page in the language that a module names: a module a language, so that workers share.

A page is opened once in a worker, and every test asks about what was seen then.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.look import Looks
from tests.browser.visit import PAGES, visiting
from tests.running import Running
from tests.tiers import withheld_names

__all__ = (
    "test_axe_finds_nothing",
    "test_no_name_of_a_hidden_site_is_sent",
    "test_nothing_scrolls_sideways_on_a_phone",
    "test_page_is_drawn_from_our_host_without_a_complaint",
    "usual_complaints",
)


@pytest.fixture(scope="module")
def usual_complaints(browser: Browser, empty_server: Running) -> set[str]:
    """What an empty Streamlit page makes the browser say, at its root and at a deeper address."""
    with visiting(browser, empty_server.url) as visitor:
        visitor.open()
        visitor.open("elsewhere")
        return set(visitor.complaints)


@pytest.mark.parametrize("path", PAGES)
def test_page_is_drawn_from_our_host_without_a_complaint(
    looks: Looks, usual_complaints: set[str], path: str, lang: str
) -> None:
    seen = looks(path, lang)
    assert seen.errors == []
    assert seen.foreign == []
    assert [text for text in seen.complaints if text not in usual_complaints] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_name_of_a_hidden_site_is_sent(looks: Looks, data_folder: Path, page: str, lang: str) -> None:
    sent = looks(page, lang).sent.casefold()
    described = ("(unnamed", "(group", "planned")  # descriptions of our own, not names
    names = [name for name in withheld_names(data_folder) if not any(mark in name for mark in described)]
    assert len(names) > 40
    assert [name for name in names if name in sent] == []


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(looks: Looks, page: str, lang: str) -> None:
    """Light and dark by turns, every fold open."""
    assert looks(page, lang).faults == []


@pytest.mark.parametrize("page", PAGES)
def test_nothing_scrolls_sideways_on_a_phone(looks: Looks, page: str, lang: str) -> None:
    assert looks(page, lang).fits
