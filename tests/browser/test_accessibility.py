"""WCAG 2.2 AA by axe on every page, the keyboard, reduced motion, cookies; the statement says no more."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.look import RULES, findings
from tests.browser.visit import Visit, visiting
from tests.running import Running

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["national", "shelters-map", "figure-displaced-latest"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_embeds(browser: Browser, app_server: Running, name: str, theme: str) -> None:
    with visiting(browser, app_server.url, width=640) as visitor:
        visitor.page.goto(f"{app_server.url}/embed/{name}?lang=km&theme={theme}")
        assert findings(visitor.page, RULES[:-1]) == []


def test_axe_would_find_a_fault(visit: Visit) -> None:
    page = visit.open("privacy")
    page.evaluate(
        "document.querySelector('.sk-lead').innerHTML = '<img src=data:,><i style=color:#eee>hardly readable'"
    )
    found = " ".join(findings(page))
    assert "image-alt" in found
    assert "color-contrast" in found


def test_the_keyboard_reaches_every_control_and_leaves_it(visit: Visit) -> None:
    page = visit.open("donations")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] :is(a[href], button, input, summary)')]
            .filter(one => one.checkVisibility() && one.tabIndex >= 0 && !one.disabled
                && (one.type !== 'radio' || one.checked)).length"""
    )
    page.locator(".sk-bar").evaluate("one => { one.tabIndex = -1; one.focus(); }")
    seen: set[str] = set()
    for _ in range(wanted * 2):
        page.keyboard.press("Tab")
        mark = page.evaluate(
            """() => { const one = document.activeElement; if (!one || one === document.body) return '';
                window.seen = window.seen || new Map();
                if (!window.seen.has(one)) window.seen.set(one, String(window.seen.size));
                return one.closest('[data-testid=stMain]') ? window.seen.get(one) : 'outside'; }"""
        )
        if mark in ("", "outside") and len(seen) > 5:
            break
        seen.add(mark)
    assert len(seen) >= wanted - 1, f"{len(seen)} of {wanted}"


def test_every_area_and_mark_of_a_map_is_reached_and_named(visit: Visit) -> None:
    page = visit.open("shelters")
    frame = page.frame_locator("iframe[title*='folium']")
    marks = frame.locator("path[role=button]")
    assert marks.count() > 15
    for mark in marks.all():
        assert mark.get_attribute("tabindex") == "0"
        assert mark.get_attribute("aria-label")
    marks.first.focus()
    page.keyboard.press("Tab")
    expect(marks.nth(1)).to_be_focused()
    assert page.locator("summary", has_text="The map as a list").count() == 1


def test_the_tip_of_a_mark_at_the_edge_stays_within_its_map(visit: Visit) -> None:
    page = visit.open("solidarity")
    frame = page.frame_locator("iframe[title*='folium']")
    frame.locator("path[aria-label^='Melbourne']").focus()
    tip, drawn = frame.locator(".sk-tip"), frame.locator(".leaflet-container")
    expect(tip).to_contain_text("Melbourne")
    inner, outer = tip.bounding_box(), drawn.bounding_box()
    assert inner is not None
    assert outer is not None
    assert inner["y"] >= outer["y"]
    assert inner["y"] + inner["height"] <= outer["y"] + outer["height"]


def test_a_link_of_the_navigation_shows_that_it_has_the_focus(visit: Visit) -> None:
    page = visit.open("privacy")
    link = page.get_by_role("link", name="Displacement").first
    link.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(link).to_be_focused()
    expect(link).to_have_css("outline-style", "solid")


def test_a_key_named_in_khmer_has_a_font_with_khmer_signs(visit: Visit) -> None:
    page = visit.open("projector", lang="km")
    family = page.locator("dl code").first.evaluate("one => getComputedStyle(one).fontFamily")
    assert "Noto Sans Khmer" in family


def test_paper_has_the_headings_and_the_whole_width_of_a_table(browser: Browser, app_server: Running) -> None:
    with visiting(browser, app_server.url, width=720) as visitor:
        page = visitor.open("relief")
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", name="How deliveries are counted")).to_be_visible()
        expect(page.get_by_role("heading", name="Who does what where")).to_be_visible()
        expect(page.locator("[data-testid=stHeader]")).to_be_hidden()
        tables = "one => [...one.querySelectorAll('.sk-table')].map(t => t.scrollWidth - t.clientWidth)"
        assert set(page.locator("body").evaluate(tables)) == {0}


def test_on_a_phone_a_wide_drawing_opens_as_its_list_and_the_keyboard_pushes_it(
    browser: Browser, app_server: Running
) -> None:
    with visiting(browser, app_server.url, width=390) as visitor:
        page = visitor.open("giving")
        page.locator("[data-testid=stExpander] summary").first.click()
        twin = page.locator(".sk-twin-first .sk-table").first
        expect(twin).to_be_visible()
        twin.focus()
        expect(twin.locator("th", has_text="Amount")).to_be_in_viewport(ratio=1)
        frame = page.locator(".st-key-wide-giving-money")
        frame.locator("[tabindex='0']").first.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("one => one.scrollLeft > 0", arg=frame.element_handle())
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_who_asks_for_less_motion_gets_none(browser: Browser, app_server: Running) -> None:
    context = browser.new_context(reduced_motion="reduce")
    try:
        page = context.new_page()
        visitor = Visit(page, app_server.url)
        visitor.open("donations")
        moving = page.evaluate(
            """() => [...document.querySelectorAll('.stApp *')].filter(one => {
                const look = getComputedStyle(one);
                return look.animationName !== 'none'
                    || look.transitionDuration.split(',').some(time => parseFloat(time) > 0.001);
            }).map(one => one.outerHTML.slice(0, 120)).slice(0, 5)"""
        )
        assert moving == []
    finally:
        context.close()


def test_a_printed_page_keeps_its_headings_and_leaves_out_its_menus(visit: Visit) -> None:
    page = visit.open("shelters")
    page.emulate_media(media="print")
    headings = page.locator("[data-testid=stMain] header.sk-heading:not(.sk-heard)")
    assert headings.count() > 3
    assert all(one.is_visible() for one in headings.all())
    assert not page.locator(".sk-away").first.is_visible()


def test_the_keyboard_sees_where_it_is(visit: Visit) -> None:
    page = visit.open("privacy")
    for _stop in ("Skip to main content", "the page, which scrolls", "Samaki", "Overview"):
        page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Overview")
    expect(focused).to_have_css("outline-style", "solid")


def test_the_menu_of_a_phone_is_left_by_escape_and_out_of_the_tab_order_when_closed(phone: Visit) -> None:
    page = phone.open("shelters")
    menu, head = page.locator(".sk-menu"), page.locator(".sk-menu > summary")
    pages = menu.locator(".sk-menu-bar-pages a")
    expect(pages.first).to_be_hidden()
    head.focus()
    page.keyboard.press("Enter")
    expect(pages).to_have_count(9)
    expect(menu.locator(".sk-menu-bar-pages a[aria-current=page]")).to_have_text("Shelters")
    page.keyboard.press("Tab")
    expect(pages.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(head).to_be_focused()
    expect(pages.first).to_be_hidden()
    head.click()
    pages.filter(has_text="Timeline").click()
    page.wait_for_url("**/timeline?lang=en")
    phone.ready()
    expect(pages.first).to_be_hidden()


def test_a_theme_chosen_in_the_menu_stays(visit: Visit) -> None:
    page = visit.open("privacy")
    for name, ink in (("Dark", "rgb(232, 237, 242)"), ("Light", "rgb(26, 37, 48)")):
        page.locator(".sk-menu > summary").click()
        with page.expect_navigation():
            page.locator(".sk-menu").get_by_role("button", name=name, exact=True).click()
        visit.ready()
        visit.open("press")
        expect(page.locator(".sk-bar-name")).to_have_css("color", ink)


def test_one_cookie_and_no_other(visit: Visit) -> None:
    page = visit.open("privacy")
    assert [cookie["name"] for cookie in page.context.cookies()] == ["_streamlit_xsrf"]
    kept = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert [name for name in kept if not name.startswith(("stActiveTheme", "stSidebar"))] == []
    expect(page.locator("[data-testid=stMain]")).to_contain_text("_streamlit_xsrf")


def test_the_foot_leads_to_pages_that_the_bar_leaves_out(visit: Visit) -> None:
    page = visit.open(lang="fr")
    assert page.locator(".sk-bar-pages").get_by_text("Vie privée").count() == 0
    page.locator(".sk-foot-links").get_by_role("link", name="Vie privée").click()
    page.wait_for_url("**/privacy?lang=fr")
    visit.ready()
    expect(page.locator("h1")).to_have_text("Vie privée")


def test_the_contact_is_what_the_deployer_set_and_nothing_else(visit: Visit, browser: Browser) -> None:
    expect(visit.open("press").locator("[data-figure=contact]")).to_contain_text("have not given a contact")
