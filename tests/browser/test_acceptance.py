"""What a person will check: figures, safety of places, Khmer, addresses, keyboard, names and twins."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visit import Visit, visiting
from tests.running import Running

pytestmark = pytest.mark.browser


def test_khmer_is_drawn_with_its_own_letters(visit: Visit) -> None:
    visit.open("shelters", lang="km")
    frames = [frame for frame in visit.page.frames if "folium" in frame.url or frame == visit.page.main_frame]
    assert len(frames) == 2
    for frame in frames:
        loaded = frame.evaluate(
            """async () => {
                await document.fonts.ready;
                return [...document.fonts].filter(f => f.status === 'loaded')
                    .map(f => f.family.replaceAll('"', ''));
            }"""
        )
        assert "Noto Sans Khmer" in loaded
        widths = frame.evaluate(
            """() => {
                const pen = document.createElement('canvas').getContext('2d');
                pen.font = "40px 'Noto Sans', 'Noto Sans Khmer'";
                return ['ក', 'ឃ', 'ឈ', 'ណ', 'ស្ត្រី', 'ក្ក'].map(text => pen.measureText(text).width);
            }"""
        )
        assert len(set(widths)) >= 5, "boxes would all be as wide as each other"


def test_a_copied_address_opens_the_same_view(visit: Visit, browser: Browser) -> None:
    page = visit.open("donations")
    page.get_by_text("EUR", exact=True).first.click()
    card = page.locator("[data-strip=donations-documented]")
    expect(card).to_contain_text("EUR")
    expect(page).to_have_url(re.compile("currency=EUR"))
    with visiting(browser, visit.base) as other:
        other.page.goto(page.url)
        other.ready()
        assert other.page.locator("[data-strip=donations-documented]").inner_text() == card.inner_text()


def test_a_chosen_day_moves_map_chart_and_figures(visit: Visit) -> None:
    page = visit.open("displacement", query="day=2025-07-30")
    expect(page.locator("[data-testid=stMain]")).to_contain_text(
        "Where displaced people sheltered, 30 July 2025"
    )
    expect(page.locator("[data-testid=stMain]")).to_contain_text("172,094 people counted")
    frame = page.frame_locator("iframe[title*='folium']")
    expect(frame.locator("path[aria-label*='Siem Reap'][aria-label*='61,907']").first).to_be_attached()


def choose_language(page: Page, name: str) -> None:
    """Choose a language in the bar."""
    page.locator(".sk-languages").get_by_role("link", name=name, exact=True).click()


def test_a_change_of_language_keeps_the_view(visit: Visit) -> None:
    page = visit.open("donations", query="currency=EUR")
    choose_language(page, "FR")
    expect(page.locator("h1")).to_have_attribute("lang", "fr")
    expect(page.locator("[data-strip=donations-documented]")).to_contain_text("EUR")
    assert "currency=EUR" in page.url
    assert "lang=fr" in page.url


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("", "x=1&lang=%3Cscript%3Ealert(1)%3C/script%3E"),
        ("displacement", "day=9999&basis=x"),
        ("donations", "currency=XXX&page=-1&slice=%22"),
        ("sources", "q=%3Cimg%20src=x%20onerror=alert(1)%3E&grade=Z"),
        ("shelters", "site=../../etc/passwd"),
    ],
)
def test_a_hostile_address_opens_a_good_page(visit: Visit, page: str, query: str) -> None:
    dialogs: list[str] = []
    visit.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    opened = visit.open(page, query=query)
    assert dialogs == []
    assert opened.locator(".sk-notice-error, [data-testid=stException], img[src=x]").count() == 0
    assert opened.locator("h1").count() == 1


def test_the_keyboard_reaches_figures_and_map(visit: Visit) -> None:
    page = visit.open()
    card = page.locator("[data-figure=displaced-peak-december]")
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(card.locator("details")).to_have_attribute("open", "")
    frame = page.frame_locator("iframe[title*='folium']")
    frame.locator("path[aria-label*='Banteay Meanchey'][tabindex='0']").first.focus()
    page.keyboard.press("Enter")
    expect(frame.locator(".sk-tip")).to_contain_text("182,820")
    page.keyboard.press("Escape")
    expect(frame.locator(".sk-tip")).to_have_count(0)


def test_the_ngo_tier_shows_circles_and_every_site(browser: Browser, ngo_server: Running) -> None:
    with visiting(browser, ngo_server.url) as visitor:
        page = visitor.open("shelters")
        frame = page.frame_locator("iframe[title*='folium']").first
        assert frame.locator("img.leaflet-marker-icon").count() == 0
        assert frame.locator("path[role=button]").count() > 10
        expect(page.locator("[data-testid=stMain]")).to_contain_text("41 sites match")
        assert visitor.foreign() == []


def test_a_missing_table_takes_down_its_panels_only(browser: Browser, broken_server: Running) -> None:
    with visiting(browser, broken_server.url) as visitor:
        page = visitor.open("")
        notice = page.locator(".sk-notice-error")
        expect(notice.first).to_contain_text("donations")
        assert page.locator("[data-figure=displaced-latest]").count() == 1
        assert page.locator(".js-plotly-plot").count() == 1
        assert page.locator("[data-testid=stException]").count() == 0
