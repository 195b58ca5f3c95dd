"""The wall in a real Chromium: read from the back row, current within a second, never blank."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.evening.hall import hall
from tests.evening.phone import Party, Phone, long_key
from tests.ledger.evenings import gala, give, money
from tests.publishing import publish
from tests.running import Running, free_port
from tests.server.conftest import ask
from utils.evening import http
from utils.evening.ledger.book import Book
from utils.evening.ledger.model import NewEntry
from utils.text.locale import LANGUAGES

pytestmark = pytest.mark.browser

MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")
_NOW = timedelta(0)
SIZES = ((1920, 1080), (1280, 720), (1024, 768), (1600, 1200))
NAME = "<img src=x onerror=alert(1)>"


@contextmanager
def wall(
    browser: Browser, server: Running, query: str, size: tuple[int, int] = (1280, 720)
) -> Iterator[Page]:
    """A wall that has every scene it needs."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        page.goto(f"{server.url}/wall?{query}")
        page.locator(".layer.shown .scene").wait_for()
        yield page
        assert complaints == []
    finally:
        page.close()


def fill(party: Party) -> None:
    """An evening with everything a wall may have to show."""
    book, evening = party.book, party.evening
    for new in (
        money(345_050),
        money(100_000, "USD", way="card"),
        money(4_000_000, "KHR"),
        money(150_000, kind="pledge"),
        NewEntry("gift", "cash", "EUR", 5000, organisation=NAME),
        NewEntry("gift", "cash", "EUR", 5000, organisation="សមាគមខ្មែរ"),
    ):
        book.enter(evening, new, volunteer="T1", key=long_key(), needs_second=False, age=_NOW)
    book.enter(evening, money(500_000), volunteer="T1", key=long_key(), needs_second=True, age=_NOW)


def all_scenes(page: Page, count: int) -> None:
    """Wait until the wall holds ``count`` scenes."""
    expect(page.locator("#stage")).to_have_attribute("data-scenes", str(count), timeout=60_000)


def turn_on(page: Page) -> tuple[str | None, str | None]:
    """Go to the next scene; returns its name and language."""
    page.keyboard.press("ArrowRight")
    scene = page.locator(".layer.shown .scene")
    return scene.get_attribute("data-scene"), scene.get_attribute("lang")


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES)
def test_every_scene_reads_from_the_back_row(
    browser: Browser, party: Party, size: tuple[int, int], theme: str
) -> None:
    fill(party)
    with wall(browser, party.server, f"evening={party.evening}&theme={theme}&seconds=600", size) as page:
        all_scenes(page, 30)
        expect(page.locator("#strip")).to_contain_text("EUR")
        seen, problems = set(), []
        for _turn in range(30):
            seen.add(turn_on(page))
            problems += page.evaluate(MEASURE)
        assert problems == []
        assert len(seen) == 10 * len(LANGUAGES)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("Association {} of the friends of displaced families along the whole border area", 2),
        ("Society {}", 10),
    ],
)
def test_ten_names_are_thanked_within_the_screen(
    browser: Browser, party: Party, name: str, least: int
) -> None:
    """Those that find no room are counted."""
    for number in range(10):
        new = NewEntry("gift", "cash", "EUR", 5000, organisation=name.format(number)[:80])
        party.book.enter(party.evening, new, volunteer="T1", key=long_key(), needs_second=False, age=_NOW)
    query = f"evening={party.evening}&scenes=thanks&seconds=600"
    with wall(browser, party.server, query, (1024, 768)) as page:
        all_scenes(page, len(LANGUAGES))
        for _turn in LANGUAGES:
            turn_on(page)
            assert page.evaluate(MEASURE) == []
            scene = page.locator(".layer.shown .scene")
            names = scene.locator(".names li").count()
            assert names == least
            if names < 10 and scene.get_attribute("lang") == "en":
                expect(scene).to_contain_text(f"and {10 - names} more")


def test_a_gift_is_on_the_wall_at_once_and_an_undo_too(browser: Browser, party: Party) -> None:
    phone = party.phone()
    with wall(browser, party.server, f"evening={party.evening}&scenes=tonight&lang=en") as page:
        received = page.locator(".shown [data-sum=received]")
        expect(received).to_have_text("EUR 0")
        _status, told = phone.enter("125.50")
        expect(received).to_have_text("EUR 125.50", timeout=3000)
        expect(page.locator("#strip")).to_contain_text("EUR 125.50")
        phone.enter("300", kind="pledge")
        expect(page.locator(".shown [data-sum=promise]")).to_have_text("EUR 300", timeout=3000)
        expect(received).to_have_text("EUR 125.50")
        phone.ask("counter", {"entry": told["id"], "reason": "undo", "key": long_key()})
        expect(received).to_have_text("EUR 0", timeout=3000)


def test_a_large_gift_waits_and_a_name_is_text(browser: Browser, party: Party) -> None:
    first, second = party.phone(), party.phone("Table 2")
    with wall(
        browser, party.server, f"evening={party.evening}&scenes=tonight,thanks&lang=fr&seconds=600"
    ) as page:
        _status, told = first.enter("5000")
        expect(page.locator(".shown .body")).to_contain_text("1 grande saisie attend", timeout=3000)
        received = page.locator(".shown [data-sum=received]")
        expect(received).to_have_attribute("data-minor", "0")
        second.ask("confirm", {"entry": told["id"]})
        expect(page.locator(".shown [data-sum=received]")).to_have_attribute(
            "data-minor", "500000", timeout=3000
        )
        first.enter("5", organisation=NAME, consent=True)
        page.keyboard.press("ArrowRight")
        expect(page.locator(".shown .names")).to_contain_text(NAME, timeout=3000)
        assert page.locator(".shown img").count() == 0


def test_keys_and_the_phone_remote_lead_the_wall(browser: Browser, party: Party) -> None:
    phone = party.phone()

    def remote(command: str) -> None:
        assert phone.ask("command", {"command": command, "key": long_key()})[0] == 200

    query = f"evening={party.evening}&scenes=sentence,curve,map&lang=en&seconds=600"
    with wall(browser, party.server, query) as page:
        all_scenes(page, 3)
        shown = page.locator(".shown .scene")
        expect(shown).to_have_attribute("data-scene", "sentence")
        assert turn_on(page) == ("curve", "en")
        page.keyboard.press("ArrowLeft")
        expect(shown).to_have_attribute("data-scene", "sentence")
        page.keyboard.press(" ")
        expect(page.locator("#note")).to_have_text("Paused")
        page.keyboard.press(" ")
        expect(page.locator("#note")).to_have_text("")
        page.keyboard.press("b")
        expect(page.locator("body")).to_have_class("wall blank")
        page.keyboard.press("b")
        remote("next")
        expect(shown).to_have_attribute("data-scene", "curve", timeout=3000)
        remote("next")
        expect(shown).to_have_attribute("data-scene", "map", timeout=3000)
        remote("previous")
        expect(shown).to_have_attribute("data-scene", "curve", timeout=3000)
        for command in ("pause", "blank", "light"):
            remote(command)
        expect(page.locator("body")).to_have_class("wall blank", timeout=3000)
        page.reload()
        expect(page.locator("body")).to_have_class("wall blank", timeout=5000)
        expect(page.locator("body")).to_have_attribute("data-theme", "light")
        expect(page.locator("#note")).to_have_text("Paused")
    assert party.stranger().ask("command", {"command": "next", "key": long_key()})[0] == 401


def test_scenes_turn_by_themselves_also_without_a_network(browser: Browser, party: Party) -> None:
    with wall(browser, party.server, "scenes=sentence:5,curve:5&lang=en") as page:
        all_scenes(page, 2)
        page.context.set_offline(True)
        expect(page.locator("#note")).to_contain_text("Offline since", timeout=10_000)
        for name in ("curve", "sentence"):
            expect(page.locator(".shown .scene")).to_have_attribute("data-scene", name, timeout=10_000)
            assert page.locator(".layer.shown").count() == 1
        page.context.set_offline(False)
        expect(page.locator("#note")).to_have_text("", timeout=10_000)


def test_the_wall_outlives_its_server_and_shows_what_came_meanwhile(
    browser: Browser, data_folder: Path, tmp_path: Path
) -> None:
    ledger, port = f"sqlite:///{tmp_path / 'ledger.sqlite'}", free_port()
    book = Book.open(ledger)
    book.open_evening(gala())
    page = browser.new_page()
    with hall(data_folder, ledger, port=port) as server:
        page.goto(f"{server.url}/wall?evening=gala&scenes=tonight&lang=en")
        expect(page.locator(".shown [data-sum=received]")).to_have_text("EUR 0")
        all_scenes(page, 1)
    expect(page.locator("#note")).to_contain_text("Offline since", timeout=15_000)
    expect(page.locator(".shown [data-sum=received]")).to_have_text("EUR 0")
    give(book, money(7700))
    with hall(data_folder, ledger, port=port):
        expect(page.locator(".shown [data-sum=received]")).to_have_text("EUR 77", timeout=15_000)
        expect(page.locator("#note")).to_have_text("")
    page.close()
    book.engine.dispose()


def test_a_locked_ledger_leaves_the_wall_as_it_is_and_the_phone_with_its_entry(
    browser: Browser, party: Party, ledger: str
) -> None:
    phone = party.phone()
    phone.enter("10")
    with wall(browser, party.server, f"evening={party.evening}&scenes=tonight&lang=en") as page:
        received = page.locator(".shown [data-sum=received]")
        expect(received).to_have_text("EUR 10")
        lock = sqlite3.connect(ledger.removeprefix("sqlite:///"), isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        key = long_key()
        status, told = phone.enter("20", key=key)
        assert status == 503
        assert "sent again" in told["message"]
        expect(received).to_have_text("EUR 10")
        lock.execute("ROLLBACK")
        lock.close()
        assert phone.enter("20", key=key)[0] == 200
        expect(received).to_have_text("EUR 30", timeout=3000)
        expect(page.locator("#note")).to_have_text("")


def test_a_release_replaced_mid_scene_is_taken_over(
    browser: Browser, data_folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(data_folder, data)
    before = (data / "CURRENT").read_text(encoding="ascii").strip()
    with (
        hall(data, f"sqlite:///{tmp_path / 'ledger.sqlite'}") as server,
        wall(browser, server, "scenes=thanks&lang=en&seconds=600") as page,
    ):
        expect(page.locator(".shown .asof")).to_contain_text(before)
        gifts = data / "curated" / "donations.csv"
        text = gifts.read_text(encoding="utf-8")
        gifts.write_text(text.replace("Nearly, in under", "Nearly in under", 1), encoding="utf-8")
        publish(data)
        after = (data / "CURRENT").read_text(encoding="ascii").strip()
        assert after != before
        expect(page.locator(".shown .asof")).to_contain_text(after, timeout=40_000)
        expect(page.locator("#note")).to_have_text("")


def test_an_old_figure_is_amber_with_its_date_also_when_the_day_changes_offline(
    browser: Browser, party: Party
) -> None:
    with wall(browser, party.server, "scenes=sentence&lang=en") as page:
        line = page.locator(".shown .asof")
        expect(line).to_contain_text("10 March 2026")
        expect(line).to_have_class("asof amber")
        assert str(line.get_attribute("data-amber-from")) > "2026-03-10"
    with wall(browser, party.server, "scenes=map&lang=en") as page:
        expect(page.locator(".shown .asof")).to_have_class("asof")


def test_the_code_opens_the_same_figure_on_the_public_view(browser: Browser, party: Party) -> None:
    with wall(browser, party.server, "scenes=map&lang=km") as page:
        address = page.locator(".shown .code").get_attribute("data-address")
        assert address == f"{party.server.url}/displacement?lang=km&day=2025-12-17"


def status(server: Running, path: str) -> tuple[int, str]:
    answer = ask(server, path)
    return answer.status, answer.body.decode()


def test_a_bad_address_tells_every_problem_and_no_casualties_are_shown(party: Party) -> None:
    code, text = status(party.server, "/wall?scenes=casualties,weather:1&theme=pink")
    assert code == 400
    for word in ("casualties = true", "weather", "seconds 1", "pink"):
        assert word in text
    assert status(party.server, "/wall/scene/casualties?lang=en")[0] == 404
    assert status(party.server, "/wall/scene/weather")[0] == 404
    assert status(party.server, "/wall?evening=nowhere")[0] == 400
    assert (
        status(party.server, "/wall?scenes=%3Cscript%3Ealert(1)%3C/script%3E")[1].count("<script>alert") == 0
    )


def test_a_committee_may_switch_casualties_on(browser: Browser, data_folder: Path, tmp_path: Path) -> None:
    scenes = tmp_path / "scenes.toml"
    scenes.write_text('casualties = true\n[[scene]]\nname = "casualties"\n', encoding="utf-8")
    ledger = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    with hall(data_folder, ledger, {"SAMAKI_SCENES": str(scenes)}) as server:
        code, text = status(server, "/wall/scene/casualties?lang=en")
        assert code == 200
        assert "soldiers killed" in text
        for size in SIZES[1:3]:
            with wall(browser, server, "seconds=600", size) as page:
                all_scenes(page, len(LANGUAGES))
                problems = []
                for _lang in LANGUAGES:
                    turn_on(page)
                    problems += page.evaluate(MEASURE)
                assert problems == []


def test_the_wall_never_reads_another_tier(monkeypatch: pytest.MonkeyPatch, data_folder: Path) -> None:
    monkeypatch.setenv("SAMAKI_TIER", "ngo")
    monkeypatch.setenv("SAMAKI_DATA", str(data_folder))
    assert http.release().tier == "public"


def test_the_state_tells_sums_and_nothing_of_single_entries(party: Party) -> None:
    fill(party)
    code, text = status(party.server, f"/wall/state?evening={party.evening}")
    assert code == 200
    assert set(json.loads(text)) == {"turns", "strip", "control"}
    assert "T1" not in text


def test_the_remote_asks_for_the_pin_first(party: Party) -> None:
    stranger = Phone(party.server, evening=party.evening)
    assert stranger.ask("remote")[0] == 303
    code, page = party.phone().ask("remote")
    assert code == 200
    assert b'data-command="blank"' in page
    assert b"Do not name any yourself" in page
