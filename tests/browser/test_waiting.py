"""A file that takes long: the menu says how far it is, it is made once for all, nothing else waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.visit import Visit, visiting
from tests.gated import Gate, gated
from tests.server.conftest import ask

pytestmark = pytest.mark.browser

PNG, LARGE, SVG = "PNG 1200 × 675", "PNG 1920 × 1080", "SVG 1200 × 675"


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Iterator[Gate]:
    with gated(tmp_path_factory.mktemp("gate"), data_folder) as held:
        yield held


@pytest.fixture
def others(browser: Browser, gate: Gate) -> Iterator[list[Visit]]:
    """Two visitors of the gated server."""
    with visiting(browser, gate.server.url) as one, visiting(browser, gate.server.url, width=390) as two:
        yield [one, two]


def menu(page: Page) -> Locator:
    held = page.locator("details.sk-away", has=page.locator("a[href*='export/provinces.csv']"))
    held.locator("summary").click()
    return held


def test_whoever_waits_is_told_and_a_picture_is_made_once(others: list[Visit], gate: Gate) -> None:
    before = gate.painted
    menus = [menu(visitor.open("displacement", lang="km")) for visitor in others]
    links = [one.get_by_role("link", name=PNG) for one in menus]
    for link in links:
        link.press("Enter")
    told = [one.get_by_role("status") for one in menus]
    for status in told:
        expect(status).to_have_text(f"{PNG} កំពុងរៀបចំ…")
        expect(status.get_by_role("progressbar", name=PNG)).to_be_visible()
    links[0].press("Enter")
    expect(told[0].get_by_role("progressbar")).to_have_count(1)
    menus[1].get_by_role("link", name=SVG).click()
    expect(told[1].locator("p").nth(1)).to_have_text(f"{SVG} កំពុងរង់ចាំ ឯកសារ 1 ត្រូវធ្វើមុន…")
    assert ask(gate.server, "/healthz").status == 200
    with others[0].page.expect_download() as first, others[1].page.expect_download() as second:
        gate.let("go")
    names = [one.value.suggested_filename for one in (first, second)]
    assert all(name.startswith("samaki-provinces-") for name in names)
    for status in told:
        expect(status.locator("p").first).to_have_text(f"{PNG} រួចរាល់ កម្មវិធីរុករករបស់អ្នករក្សាទុកវា")
        expect(status.get_by_role("progressbar")).to_have_count(0)
    assert gate.painted == before + 1


def test_a_picture_that_fails_is_told_kindly_and_may_be_asked_again(others: list[Visit], gate: Gate) -> None:
    before = gate.painted
    held = menu(others[0].open("displacement", lang="fr"))
    for word, said in (
        ("stop", "n’a pas pu être préparé ; réessayez dans une minute"),
        ("go", "prêt : votre navigateur l’enregistre"),
    ):
        held.get_by_role("link", name=LARGE).click()
        gate.let(word)
        expect(held.get_by_role("status")).to_have_text(f"{LARGE} {said}")
    assert gate.painted == before + 2
