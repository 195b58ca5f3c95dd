"""Maps and charts in a real Chromium: drawn whole, the map first, in the theme of the page."""

import pytest
from playwright.sync_api import Browser

from tests.browser.visit import Visit, visiting
from tests.running import Running

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["", "displacement", "shelters"])
def test_map_frame_holds_a_drawn_map(visit: Visit, path: str) -> None:
    frame = visit.open(path).frame_locator('iframe[title*="folium"]').first
    assert frame.locator(".leaflet-container[data-samaki-ready]").count() == 1
    assert frame.locator(".leaflet-container path").count() > 10


NAMES = """async e => {
  await Promise.all([...document.fonts].map(font => font.load()));
  await document.fonts.ready;
  await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const map = e.getBoundingClientRect();
  const names = [...e.querySelectorAll('.sk-label:not(.sk-off):not(.sk-label-text)')];
  return names.map(name => {
    const box = name.getBoundingClientRect();
    const room = [box.left - map.left, box.top - map.top, map.right - box.right, map.bottom - box.bottom];
    return [name.textContent, ...room];
  });
}"""


@pytest.mark.parametrize(
    ("path", "lang", "city"),
    [("solidarity", "km", "ប៉ារីស"), ("solidarity", "en", "Melbourne"), ("relief", "fr", "Thma Da")],
)
def test_no_name_is_cut_at_the_edge_of_a_map_on_a_phone(
    phone: Visit, path: str, lang: str, city: str
) -> None:
    frame = phone.open(path, lang=lang).frame_locator("iframe[title*='folium']").first
    names = frame.locator(".leaflet-container").evaluate(NAMES)
    assert city in [name for name, *_room in names]
    assert [name for name, *room in names if min(room) < 0] == []


def test_the_charts_wait_for_the_map(visit: Visit) -> None:
    page = visit.open()
    engine = [url for url in visit.requests if "PlotlyChart" in url]
    base = [url for url in visit.requests if "/app/static/geo/base" in url]
    assert len(engine) == 2
    assert visit.requests.index(base[0]) < visit.requests.index(engine[1])
    page.get_by_role("link", name="Displacement", exact=True).first.click()
    page.wait_for_url("**/displacement**")
    visit.ready()
    assert [url for url in visit.requests if "PlotlyChart" in url] == engine


def test_the_map_follows_a_dark_theme(browser: Browser, app_server: Running) -> None:
    with visiting(browser, app_server.url, theme="dark") as visitor:
        frame = visitor.open().frame_locator("iframe[title*='folium']")
        colour = frame.locator(".leaflet-container").evaluate("e => getComputedStyle(e).backgroundColor")
        assert max(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")) < 80
