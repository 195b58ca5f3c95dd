"""Pictures beside Chromium's own drawing of Khmer; embeds in the page of another site."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, expect

from tests.browser.elsewhere import site
from tests.browser.visit import Visit, visiting
from tests.running import ROOT, Running
from utils.exports.image.svg import Pen, picture, plain_lines, rect
from utils.exports.pictures import convert_to_png
from utils.text.html import el

pytestmark = pytest.mark.browser

SIZE = 64.0
WORDS = ("ស្ត្រី", "កម្ពុជា", "ព្រះវិហារ", "ភៀសខ្លួន", "ក្រោយ", "ឧត្តរមានជ័យ")
FONT = next((ROOT / "static" / "fonts").glob("noto-sans-khmer-*.woff2"))


def ours(word: str) -> Image.Image:
    line = Pen("outline").line(20, 100, plain_lines([word])[0], size=SIZE, fill="#000")
    drawn = convert_to_png(
        picture(420, 160, rect(0, 0, 420, 160, fill="#fff"), line, title="", description="", lang="km")
    )
    return Image.open(io.BytesIO(drawn)).convert("L")


def theirs(browser: Browser, word: str, tmp_path: Path) -> Image.Image:
    """Return the word as Chromium shapes it in the font that the pages use."""
    text = el("text", word, x=20, y=100, font_size=SIZE, font_family="Khmer")
    svg = el("svg", text, xmlns="http://www.w3.org/2000/svg", width=420, height=160)
    face = f"@font-face{{font-family:Khmer;src:url({FONT.as_uri()})}}"
    page_file = tmp_path / "word.html"
    page_file.write_text(f"<meta charset=utf-8><style>{face}body{{margin:0}}</style>{svg}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 420, "height": 160})
    try:
        page.goto(page_file.as_uri())
        page.evaluate("document.fonts.load('64px Khmer', 'ក').then(() => document.fonts.ready)")
        return Image.open(io.BytesIO(page.screenshot())).convert("L")
    finally:
        page.close()


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Return the share of ink that two pictures have in common, from 0 to 1."""
    ink = [ImageChops.invert(image).point(lambda value: 255 if value > 96 else 0) for image in (one, other)]
    common = ImageChops.multiply(*ink).histogram()[255]
    either = ImageChops.lighter(*ink).histogram()[255]
    return common / either


@pytest.mark.parametrize("word", WORDS)
def test_khmer_in_pictures_is_as_chromium_shapes_it(browser: Browser, word: str, tmp_path: Path) -> None:
    assert likeness(ours(word), theirs(browser, word, tmp_path)) > 0.9


def test_the_comparison_would_see_letters_in_a_row(browser: Browser, tmp_path: Path) -> None:
    apart = "\u200b".join("ស្ត្រី")
    assert likeness(ours(apart), theirs(browser, "ស្ត្រី", tmp_path)) < 0.6


@pytest.fixture
def elsewhere(tmp_path: Path, app_server: Running) -> Iterator[str]:
    """A plain HTML page of another site that frames our embeds at three widths."""
    frames = "".join(
        f'<iframe src="{app_server.url}/embed/{name}?lang={lang}" width="{width}" height="700"></iframe>'
        for width, name, lang in (
            (320, "national", "en"),
            (640, "shelters-map", "km"),
            (1000, "provinces", "fr"),
            (320, "figure-displaced-latest", "km"),
            (320, "giving-money", "km"),
        )
    )
    with site(tmp_path, [frames]) as address:
        yield address


def test_another_site_can_frame_embeds_and_nothing_scrolls_sideways(
    browser: Browser, elsewhere: str, app_server: Running
) -> None:
    with visiting(browser, app_server.url, width=1100) as visitor:
        visitor.page.goto(elsewhere)
        held = [frame for frame in visitor.page.frames if "/embed/" in frame.url]
        assert len(held) == 5
        for frame in held:
            expect(frame.locator("main")).to_be_visible()
            wide = frame.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert wide[0] <= wide[1], frame.url
            assert frame.locator("script").count() == 0
            assert frame.locator("a[href*='://']").count() >= 1
        drawn = [frame.locator(".sk-drawn svg:visible").count() for frame in held]
        assert drawn == [1, 1, 1, 0, 1]
        expect(held[3].locator("[data-figure=displaced-latest]")).to_contain_text("45,559")
        assert {url.split("/")[2] for url in visitor.requests if url.startswith("http")} == {
            app_server.url.removeprefix("http://"),
            elsewhere.split("/")[2],
        }
        assert visitor.complaints == []


def test_no_page_of_ours_may_be_framed_elsewhere(
    browser: Browser, app_server: Running, tmp_path: Path
) -> None:
    with visiting(browser, app_server.url) as visitor:
        visitor.page.set_content(f'<iframe src="{app_server.url}/donations"></iframe>')
        visitor.page.wait_for_function("() => document.readyState === 'complete'")
        assert any("frame-ancestors" in text or "refused" in text.lower() for text in visitor.complaints)


def test_a_file_is_saved_from_the_menu_under_its_chart(visit: Visit) -> None:
    page = visit.open("displacement", query="day=2025-07-30")
    menu = page.locator("details.sk-away", has=page.locator("a[href*='export/displacement-map.csv']"))
    menu.locator("summary").click()
    with page.expect_download() as saved:
        menu.get_by_role("link", name="CSV", exact=True).click()
    assert saved.value.suggested_filename.startswith("samaki-displacement-map-2025-07-30-")
    with page.expect_download() as saved:
        menu.get_by_role("link", name="PNG 1200 × 675").click()
    picture_file = Image.open(saved.value.path())
    assert picture_file.size == (1200, 675)
    line = page.locator("details.sk-embed code", has_text="embed/displacement-map")
    expect(line).to_contain_text(f'src="{visit.base}/embed/displacement-map?lang=en&amp;')
    expect(line).to_contain_text("day=2025-07-30")
    assert page.locator(".sk-notice-error").count() == 0


def test_the_language_of_the_document_follows_the_choice(visit: Visit) -> None:
    page = visit.open("donations", lang="fr")
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.locator(".sk-languages").get_by_role("link", name="ខ្មែរ", exact=True).click()
    page.wait_for_url("**lang=km**")
    visit.ready()
    assert page.evaluate("document.documentElement.lang") == "km"
