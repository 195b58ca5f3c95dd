"""With texts forty per cent longer nothing is cut off and nothing scrolls sideways on a phone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.visit import PAGES, Visit, visiting
from tests.pseudo import LONGER, pseudo
from tests.running import Running, running

pytestmark = pytest.mark.browser

_CUT = """main => [...main.querySelectorAll('h1, h2, h3, p, li, summary, label, button, a')]
    .filter(one => one.checkVisibility() && one.clientWidth && !one.closest('.sk-table, details:not([open])')
        && getComputedStyle(one).overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 160)).slice(0, 5)"""


@pytest.fixture(scope="module")
def longer_server(data_folder: Path) -> Iterator[Running]:
    """The public tier with longer texts."""
    with running(data=data_folder, command=[sys.executable, "-m", "tests.pseudo"]) as server:
        yield server


def test_the_longer_text_is_longer_and_keeps_its_parameters() -> None:
    made = pseudo("People displaced: {people} on {day}")
    assert len(made) >= len("People displaced: {people} on {day}") + LONGER * len("Peopledisplaced") - 2
    assert "{people}" in made
    assert "{day}" in made


@pytest.fixture(scope="module")
def reader(browser: Browser, longer_server: Running) -> Iterator[Visit]:
    """A reader of the longer texts on a phone."""
    with visiting(browser, longer_server.url, width=390, height=844) as visitor:
        yield visitor


@pytest.mark.parametrize("page", PAGES)
def test_longer_texts_fit_a_phone(reader: Visit, page: str) -> None:
    opened = reader.open(page)
    assert pseudo("Every figure is the latest found") in opened.content()
    main = opened.locator("[data-testid=stMain]")
    whole = opened.evaluate("document.documentElement.scrollWidth")
    assert max(main.evaluate("one => one.scrollWidth"), whole) <= 390
    assert main.evaluate(_CUT) == []
