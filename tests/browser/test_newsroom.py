"""As a newsroom works: from a card to the page of its figure, a copied link, a place, a folded note."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visit import Visit, visiting

pytestmark = pytest.mark.browser


def test_a_card_leads_to_a_figure_whose_link_opens_the_same_view(visit: Visit, browser: Browser) -> None:
    page = visit.open()
    card = page.locator("[data-figure=displaced-peak-december]")
    card.locator("summary").click()
    expect(card).to_contain_text("You may say: On 27 December 2025, 649,163 people")
    card.get_by_role("link", name="History, citations, link, how to challenge it").click()
    page.wait_for_url("**/figure?**figure=dsp-0447**")
    visit.ready()
    expect(page.locator("h1")).to_have_text("People displaced, Cambodia")
    address = page.locator("[data-testid=stCode]").nth(1).inner_text().strip()
    assert address.startswith(f"{visit.base}/figure?")
    with visiting(browser, visit.base) as other:
        other.page.goto(address)
        other.ready()
        said = other.page.locator("[data-testid=stCode]").first.inner_text()
        assert said == page.locator("[data-testid=stCode]").first.inner_text()


def test_the_grid_leads_to_a_place_on_a_phone(phone: Visit) -> None:
    page = phone.open()
    page.locator(".sk-gaps").get_by_role("link", name="Oddar Meanchey").click()
    page.wait_for_url("**/places?**place=prov-oddar-meanchey**")
    phone.ready()
    expect(page.locator("[data-testid=stMain]")).to_contain_text("38,401")
    width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= 390


def test_victims_stay_folded_until_the_keyboard_opens_them(visit: Visit) -> None:
    page = visit.open("timeline", query="q=ev093")
    told = page.get_by_text("Gunfire at Prey Chan").first
    expect(told).to_be_hidden()
    page.locator("details.sk-grave summary").first.focus()
    page.keyboard.press("Enter")
    expect(told).to_be_visible()
