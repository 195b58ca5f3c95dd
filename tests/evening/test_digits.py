"""Khmer digits on the evening's own pages, where the address asks for them, and nowhere else."""

from __future__ import annotations

import io
import json
import re
from urllib.parse import urlencode

import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from tests.evening.phone import Party
from tests.evening.test_entry_page import enter, phone
from tests.evening.test_wall import all_scenes, fill, turn_on, wall
from tests.running import Running
from tests.server.conftest import ask
from utils.evening.wall import playlist

KHMER = "lang=km&digits=khmer"
ASKED = urlencode({"lang": "km", "digits": "khmer"}).replace("&", "&amp;")
LATIN_NAMES = re.compile(r"[A-Za-z]\)? ?[\w.-]*\d[\w.]*|\d+[A-Za-z]\w*|\d{8,}\w*")
"""Names that keep their digits: licences, ids of a release, an organisation's own."""


def text(server: Running, path: str) -> str:
    answer = ask(server, path)
    assert answer.status == 200
    return answer.body.decode()


def plain(html: str) -> str:
    return re.sub(r"<[^>]*>", " ", html)


@pytest.fixture
def night(party: Party) -> Party:
    """An evening with everything a wall may have to show."""
    fill(party)
    return party


def test_every_scene_is_written_in_khmer_digits(night: Party) -> None:
    for name in (scene.name for scene in playlist.load().scenes):
        html = text(night.server, f"/wall/scene/{name}?evening={night.evening}&{KHMER}")
        assert 'lang="km-u-nu-khmr"' in html
        assert re.search(f'data-address="[^"]*{ASKED}', html), name
        assert re.findall(r"[0-9]+", LATIN_NAMES.sub("", plain(html).replace("alert(1)", ""))) == [], name
        assert re.search("[០-៩]", plain(html)) or name == "give", name


def test_numbers_a_person_can_check(night: Party) -> None:
    assert "៤៥.៥៥៩" in text(night.server, f"/wall/scene/sentence?{KHMER}")
    assert "45,559" in text(night.server, "/wall/scene/sentence?lang=km")
    assert "45,559" in text(night.server, "/wall/scene/sentence?lang=en&digits=khmer")
    state = json.loads(text(night.server, f"/wall/state?evening={night.evening}&{KHMER}"))
    assert re.search("EUR\u00a0[០-៩.,]+", state["strip"]["km"])
    assert re.search("EUR\u00a0[0-9.,]+", state["strip"]["en"])


@pytest.mark.browser
def test_the_wall_shows_khmer_digits_in_its_khmer_rounds_alone(browser: Browser, party: Party) -> None:
    with wall(browser, party.server, "scenes=sentence&lang=km,en&digits=khmer&seconds=600") as page:
        all_scenes(page, 2)
        expect(page.locator(".shown .number")).to_contain_text("៤៥.៥៥៩")
        page.context.set_offline(True)
        expect(page.locator("#note")).to_have_text(re.compile("[០-៩]{2}:[០-៩]{2}"), timeout=10_000)
        assert turn_on(page) == ("sentence", "en")
        expect(page.locator(".shown .number")).to_contain_text("45,559")


@pytest.mark.browser
def test_a_phone_reads_and_lists_amounts_in_khmer_digits(browser: Browser, party: Party) -> None:
    with phone(browser, party, lang=KHMER.removeprefix("lang=")) as page:
        page.locator("[name=amount]").fill("១២៥០")
        expect(page.locator("#reading")).to_have_text("= ១.២៥០,០០ EUR")
        enter(page, "50")
        expect(page.locator("#entries li").first).to_contain_text("EUR ៥០,០០")
        expect(page.locator("#sums")).to_contain_text("EUR ៥០,០០")
        for file in ("sheet.pdf", "sheet.xlsx", "remote"):
            expect(page.locator(f"a[href='{file}?{KHMER}']")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator(f"a[href='remote?{KHMER}']").tap()
        page.locator("[data-command=pause]").tap()
        expect(page.locator("#message")).not_to_have_text("")
        page.locator("nav a[lang=fr]").tap()
        page.wait_for_url("**/remote?lang=fr")


def test_the_sheet_to_sign_has_them_and_the_sheet_to_calculate_has_not(night: Party) -> None:
    table = night.phone(lang=KHMER.removeprefix("lang="))
    _status, paper = table.ask("sheet.pdf")
    printed = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper))
    assert "១.០០០,០០" in printed
    assert "1.000,00" not in printed
    _status, book = table.ask("sheet.xlsx")
    front = [str(cell) for row in openpyxl.load_workbook(io.BytesIO(book))["sheet"].values for cell in row]
    assert not [line for line in front if re.search("[០-៩]", line)]
