"""The evening: from typed to visible on the wall, five hours at speed, and the change of a scene.

Real Chromium for the wall; the phones speak the API as the page does. The hall's server runs without
Streamlit, as in the tests, so the memory is that of the evening's own pages.
"""

from __future__ import annotations

import http.client
import itertools
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Browser, Page

from tests.benchmarks.machine import load_average, resident
from tests.benchmarks.report import Line
from tests.evening.hall import hall
from tests.evening.phone import Party, Phone, long_key
from tests.ledger.evenings import gala
from utils import releases
from utils.evening.ledger.book import Book

PHONES: Final = 10
_EVERY_SECONDS: Final = 2.0
_AGAIN_SECONDS: Final = 4.0
"""After how long the page of a phone sends again what it kept."""
_HOURS: Final = 5
_SCENE_SECONDS: Final = 20
_LAPS: Final = 10
_WATCH: Final = """
() => {
  window.samakiSeen = [];
  const read = () => {
    const shown = document.querySelector('.shown [data-sum=received]');
    if (!shown) return;
    const minor = Number(shown.dataset.minor);
    const last = window.samakiSeen.at(-1);
    if (!last || last[0] !== minor) window.samakiSeen.push([minor, Date.now()]);
  };
  new MutationObserver(() => requestAnimationFrame(read)).observe(
    document.getElementById('stage'),
    { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] },
  );
  read();
}
"""
_FRAMES: Final = """
() => new Promise((done) => {
  let least = 1;
  const before = document.querySelector('.shown .scene').dataset.scene;
  const began = performance.now();
  dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
  const look = () => {
    const seen = [...document.querySelectorAll('.layer')].map(
      (layer) => (layer.firstElementChild ? Number(getComputedStyle(layer).opacity) : 0));
    least = Math.min(least, 1 - seen.reduce((rest, one) => rest * (1 - one), 1));
    if (performance.now() - began < 900) requestAnimationFrame(look);
    else done([least, document.querySelector('.shown .scene').dataset.scene !== before]);
  };
  requestAnimationFrame(look);
})
"""


@dataclass(frozen=True)
class Hall:
    """A hall with one evening, its ledger, and the wall in a browser."""

    party: Party
    wall: Page


@contextmanager
def _hall(browser: Browser, query: str) -> Iterator[Hall]:
    with tempfile.TemporaryDirectory(prefix="samaki-evening-") as folder:
        ledger = f"sqlite:///{Path(folder) / 'ledger.sqlite'}"
        book = Book.open(ledger)
        book.open_evening(replace(gala(), goal=100_000_000, second_person_from=10_000_000))
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        try:
            with hall(releases.data_folder(), ledger) as server:
                page.goto(f"{server.url}/wall?evening=gala&lang=en&{query}")
                page.locator(".layer.shown .scene").wait_for()
                yield Hall(Party(server, book, "gala"), page)
        finally:
            page.close()
            book.engine.dispose()


def evening(browser: Browser, minutes: float, laps: int = _LAPS, hours: float = _HOURS) -> list[Line]:
    """(f) Ten phones entering every two seconds; five hours at speed; frames of a change of scene."""
    return [*visible(browser, minutes), *long_evening(browser, laps, hours), *frames(browser)]


def visible(browser: Browser, minutes: float) -> list[Line]:
    """From the tap to the frame in which the wall's sum holds the gift."""
    with _hall(browser, "scenes=tonight&seconds=600") as night:
        night.wall.evaluate(_WATCH)
        typed, busy = _typed(night.party, minutes * 60)
        total = sum(cents for cents, _at in typed)
        night.wall.wait_for_function(
            "(total) => window.samakiSeen.at(-1)[0] === total", arg=total, timeout=30_000
        )
        seen = night.wall.evaluate("window.samakiSeen")
        entered = [line.amount or 0 for line in night.party.lines()]
    waits = _waits(typed, seen, entered)
    part = f"Typed to visible on the wall: {PHONES} phones every {_EVERY_SECONDS:.0f} s for {minutes:g} min"
    return [
        Line(part, "median", median(waits), "s", 1.5),
        Line(part, "worst", max(waits), "s", 3.0),
        Line(part, "gifts", len(waits), "", note=f"load average {load_average():.1f}"),
        Line(part, "answers that the ledger is busy, sent again", busy, ""),
    ]


def _typed(party: Party, seconds: float) -> tuple[list[tuple[int, float]], int]:
    """Let the phones enter, each gift of another amount.

    Returns cents and the moment of the tap, and how often the ledger was busy: a phone sends again then.
    """
    numbers, lock = itertools.count(100), threading.Lock()
    typed: list[tuple[int, float]] = []
    busy: list[int] = []
    began = time.time()

    def work(phone: Phone, number: int) -> None:
        for turn in range(max(1, int(seconds / _EVERY_SECONDS))):
            due = began + turn * _EVERY_SECONDS + number * _EVERY_SECONDS / PHONES
            time.sleep(max(0.0, due - time.time()))
            with lock:
                cents = next(numbers)
            moment = time.time()
            key, amount = long_key(), f"{cents // 100}.{cents % 100:02d}"
            while (answer := phone.enter(amount, key=key))[0] == 503:
                busy.append(cents)
                time.sleep(_AGAIN_SECONDS)
            if answer[0] != 200:
                raise AssertionError(answer)
            with lock:
                typed.append((cents, moment))

    phones = [party.phone(f"Table {number}") for number in range(PHONES)]
    threads = [threading.Thread(target=work, args=(one, number)) for number, one in enumerate(phones)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return typed, len(busy)


def _waits(typed: list[tuple[int, float]], seen: list[list[float]], entered: list[int]) -> list[float]:
    """Return for each gift, in the ledger's order, the seconds until the wall's sum held it."""
    moments = dict(typed)
    total, waits = 0, []
    for cents in entered:
        total += cents
        shown = next(at for minor, at in seen if minor >= total)
        waits.append(shown / 1000 - moments[cents])
    return waits


def long_evening(browser: Browser, laps: int, hours: float) -> list[Line]:
    """As many changes of scene and questions to the server as in ``hours``; a gift at every tenth."""
    turns = int(hours * 3600) // _SCENE_SECONDS
    with _hall(browser, "seconds=600") as night:
        phone = night.party.phone()
        night.wall.locator("#stage[data-scenes='10']").wait_for(timeout=60_000)
        _turn(night, phone, turns // laps)
        heap, memory = [_heap(night.wall)], [resident(night.party.server.pid)]
        for _lap in range(laps - 1):
            _turn(night, phone, turns // laps)
            heap.append(_heap(night.wall))
            memory.append(resident(night.party.server.pid))
    part = f"{hours:g} hours at speed: {turns} changes of scene, {turns // 10} gifts"
    return [
        Line(part, "wall's heap, growth", (heap[-1] / heap[0] - 1) * 100, "%", 10, _from_to(heap)),
        Line(part, "server's memory, growth", (memory[-1] / memory[0] - 1) * 100, "%", 10, _from_to(memory)),
    ]


def _turn(night: Hall, phone: Phone, count: int) -> None:
    """Change the scene; between two changes ask the server as often as the wall does."""
    for number in range(count):
        _ask(night.party.server.port)
        if number % 10 == 0:
            phone.enter(f"{10 + number}")
            night.wall.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        night.wall.keyboard.press("ArrowRight")
        night.wall.evaluate("() => new Promise(requestAnimationFrame)")


def _ask(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for _second in range(_SCENE_SECONDS):
        connection.request("GET", "/wall/state?evening=gala&lang=en&after=0")
        connection.getresponse().read()
    connection.close()


def _heap(page: Page) -> float:
    """Return the wall's JavaScript heap after a collection, in MB."""
    used = page.evaluate("() => { gc(); gc(); return performance.memory.usedJSHeapSize; }")
    return float(used) / 1e6


def _from_to(values: list[float]) -> str:
    return f"{values[0]:.1f} to {values[-1]:.1f} MB, most {max(values):.1f}; after the first tenth"


def frames(browser: Browser) -> list[Line]:
    """The faintest frame of ten changes of scene: 1 is a full picture, 0 an empty ground."""
    with _hall(browser, "seconds=600") as night:
        night.wall.locator("#stage[data-scenes='10']").wait_for(timeout=60_000)
        seen = [night.wall.evaluate(_FRAMES) for _change in range(10)]
    part = "Change of scene, frame by frame"
    empty = sum(least < 0.5 for least, _changed in seen)
    note = f"faintest frame covers {min(least for least, _changed in seen) * 100:.0f} % of the ground"
    return [
        Line(part, "frames that are half empty or more", empty, "failures", 0, note),
        Line(
            part, "changes that did not happen", sum(not changed for _least, changed in seen), "failures", 0
        ),
    ]
