"""Tables that sort, fold and look words up in the page; how many sheets a page takes on paper."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visit import Visit, visiting
from tests.running import Running

pytestmark = pytest.mark.browser

SHEETS = {"": 3, "displacement": 5, "shelters": 4}
"""The most sheets of A4 that a page may take."""
ROW = "tbody tr:not([hidden])"
LIST = ".sk-table[data-ready]:visible"


def test_a_long_table_folds_grows_finds_and_sorts(visit: Visit) -> None:
    page = visit.open("sources")
    box = page.locator(LIST, has=page.locator("tr[hidden]")).first
    around = box.locator("xpath=..")
    expect(box.locator(ROW)).to_have_count(25)
    around.get_by_role("button", name="Show 25 more").click()
    assert box.locator(ROW).count() > 25
    around.get_by_role("searchbox").fill("no such word in any row")
    expect(box.locator(ROW)).to_have_count(0)
    expect(around.get_by_text("Nothing matches.")).to_be_visible()
    around.get_by_role("searchbox").fill("")
    expect(box.locator(ROW)).to_have_count(25)
    head = box.locator("th").first
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", re.compile("ascending|descending"))
    first = head.get_attribute("aria-sort")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") != first


def test_numbers_amounts_and_days_sort_by_value_and_khmer_digits_count(visit: Visit) -> None:
    page = visit.open("privacy")
    cells = [("២០", "10 Mar 2026"), ("3", "2 Dec 2025"), ("1,100", "—"), ("100", "30 Jul 2025")]
    body = "".join(f"<tr><td class='sk-num'>{number}</td><td>{day}</td></tr>" for number, day in cells)
    table = (
        "<div class='sk-table' id='made-up' data-more='m' data-none='n' data-search='s' data-decimal='.'"
        " data-months='jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'><table lang='en'><thead><tr>"
        f"<th class='sk-num'>N</th><th>Day</th></tr></thead><tbody>{body}</tbody></table></div>"
    )
    page.evaluate(
        "html => document.querySelector('.sk-page-foot').insertAdjacentHTML('beforeend', html)", table
    )
    box = page.locator("#made-up[data-ready]")
    read = "rows => rows.map(row => row.cells[0].textContent)"
    box.get_by_role("button", name="N", exact=True).click()
    assert box.locator("tbody tr").evaluate_all(read) == ["1,100", "100", "២០", "3"]
    box.get_by_role("button", name="Day").click()
    assert box.locator("tbody tr").evaluate_all(read) == ["100", "3", "២០", "1,100"]


def test_a_phone_shows_rows_as_cards_and_nothing_moves_sideways(
    browser: Browser, app_server: Running
) -> None:
    with visiting(browser, app_server.url, width=390) as visitor:
        page = visitor.open("donations")
        row = page.locator(f"{LIST} {ROW}").first
        expect(row).to_have_css("display", "flex")
        assert all(row.locator("td").evaluate_all("cells => cells.map(cell => cell.dataset.label)"))
        assert page.locator("[data-testid=stMain]").evaluate("one => one.scrollWidth") <= 390


@pytest.mark.parametrize("path", SHEETS)
def test_a_page_takes_few_sheets_of_paper(visit: Visit, path: str) -> None:
    paper = visit.open(path).pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) <= SHEETS[path]
