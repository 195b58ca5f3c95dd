"""A wall that was away: its computer slept for an hour, or its network stopped half way in an answer."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.evening.phone import Party, long_key

pytestmark = pytest.mark.browser

STATE = re.compile("/wall/state")
EIGHT = "2026-11-28T20:00:00Z"
WATCH = """
() => {
  window.samakiShown = [];
  const read = () => {
    const scene = document.querySelector(".layer.shown .scene").dataset.scene;
    if (window.samakiShown.at(-1) !== scene) window.samakiShown.push(scene);
  };
  new MutationObserver(read).observe(
    document.getElementById("stage"),
    { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] },
  );
  read();
}
"""


@contextmanager
def slow_wall(browser: Browser, party: Party, query: str) -> Iterator[Page]:
    """A wall whose clock stands still at eight unless the test turns it."""
    page = browser.new_page(reduced_motion="reduce")
    try:
        page.clock.install(time=EIGHT)
        page.goto(f"{party.server.url}/wall?evening={party.evening}&lang=en&{query}")
        page.locator(f"#stage[data-scenes='{query.count(',') + 1}']").wait_for()
        page.clock.pause_at("2026-11-28T20:01:00Z")
        page.evaluate(WATCH)
        yield page
    finally:
        page.close()


def shown(page: Page) -> list[str]:
    """The scenes that were shown since the wall stood still, in order."""
    found: list[str] = page.evaluate("window.samakiShown")
    return found


def turn(page: Page, seconds: int) -> None:
    """Let time pass second by second, each with a real way to the server and back for its answers."""
    for _second in range(seconds):
        page.clock.run_for(1000)
        page.evaluate("fetch('/version', {cache: 'no-store'}).then(answer => answer.text())")


def test_after_an_hour_of_sleep_the_wall_shows_the_newest_sum_and_turns_on(
    browser: Browser, party: Party
) -> None:
    phone = party.phone()
    with slow_wall(browser, party, "scenes=tonight,sentence,curve&seconds=20") as page:
        while shown(page)[-1] != "tonight":
            page.keyboard.press("ArrowRight")
        page.evaluate("window.samakiShown = ['tonight']")
        received = page.locator(".shown [data-sum=received]")
        expect(received).to_have_text("EUR 0")
        phone.enter("125.50")
        for command in ("next", "next", "light"):
            phone.ask("command", {"command": command, "key": long_key()})
        expect(received).to_have_text("EUR 0")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.clock.fast_forward("01:00:00")
        expect(received).to_have_text("EUR 125.50")
        expect(page.locator("body")).to_have_attribute("data-theme", "light")
        expect(page.locator("#note")).to_have_text("")
        assert shown(page) == ["tonight"]
        states = [url for url in asked if "/wall/state" in url]
        scenes = [url for url in asked if "/wall/scene" in url]
        assert (len(states), len(scenes), len(asked)) == (1, 1, 2)
        turn(page, 21)
        assert shown(page) == ["tonight", "sentence"]
        turn(page, 20)
        assert shown(page) == ["tonight", "sentence", "curve"]


class Stuck(socketserver.BaseRequestHandler):
    """Begins an answer and never ends it."""

    def handle(self) -> None:
        self.request.recv(65536)
        self.request.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"
        )
        self.request.recv(1)


@pytest.fixture
def stuck() -> Iterator[str]:
    """The address of a server whose answers stop half way."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Stuck) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/wall/state"
        server.shutdown()
        thread.join()


def test_an_answer_that_stops_half_way_does_not_stop_the_wall(
    browser: Browser, party: Party, stuck: str
) -> None:
    phone = party.phone()
    with slow_wall(browser, party, "scenes=tonight") as page:
        page.route(STATE, lambda route: route.continue_(url=stuck))
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        while not any(STATE.search(url) for url in asked):
            turn(page, 1)
        page.unroute_all()
        phone.enter("20")
        turn(page, 10)
        expect(page.locator(".shown [data-sum=received]")).to_have_text("EUR 20")
