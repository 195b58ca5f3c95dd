"""``python -m tests.benchmarks``: measures the app beside an empty Streamlit page.

Prints a table with each target and what misses; ``--json FILE`` writes the same for machines. The
numbers depend on the machine and on what else it does, so both stand above the table.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Browser

from tests.benchmarks.bulk import bulk
from tests.benchmarks.evening import evening
from tests.benchmarks.link import Link, link
from tests.benchmarks.machine import calibration, load_average, processor_seconds, resident
from tests.benchmarks.mapping import redraws
from tests.benchmarks.opening import Opening, middle, next_page_bytes, open_cold
from tests.benchmarks.report import Line, percentile, save, table
from tests.benchmarks.sizes import SMOKE, Sizes
from tests.benchmarks.taking import taking
from tests.benchmarks.visitor import Answer, Filter, Visitor
from tests.benchmarks.written import written_files
from tests.chromium import chromium
from tests.running import ROOT, Running, empty_page, running
from utils.analysis import place_search
from utils.product.sitemap import PAGES as SITEMAP

PAGES: Final = {
    "overview": "",
    "displacement": "displacement",
    "shelters": "shelters",
    "donations": "donations",
    "timeline": "timeline",
    "places": "places",
    "sources": "sources",
    "figure": "figure",
}
QUERIES: Final = {"places": "&place=prov-preah-vihear", "figure": "&figure=displaced-latest"}
"""What a page that opens one thing is asked for."""
NEXT_PAGES: Final = ("displacement", "shelters", "donations", "timeline", "places", "sources")
_PARTS: Final = (
    "opening",
    "slow",
    "processor",
    "crowd",
    "map",
    "search",
    "bulk",
    "taking",
    "written",
    "evening",
)


def opening(browser: Browser, sizes: Sizes) -> list[Line]:
    """(a) First visits, cold cache, each beside the empty page, and the bytes of the next page."""
    lines = []
    rounds = sizes.rounds
    measured = dict(list(PAGES.items())[: sizes.pages])
    with (
        empty_page() as empty,
        running(rehearsed=sizes.rehearsed) as app,
        link(empty.port) as bare,
        link(app.port) as ours,
    ):
        for name, path in measured.items():
            open_cold(browser, ours, f"/{path}?lang=en{QUERIES.get(name, '')}")
        floors: list[Opening] = []
        pages: dict[str, list[Opening]] = {name: [] for name in measured}
        for _ in range(rounds):
            floors.append(open_cold(browser, bare, "/"))
            for name, path in measured.items():
                address = f"/{path}?lang=en{QUERIES.get(name, '')}"
                pages[name].append(open_cold(browser, ours, address))
        floor = middle(floors)
        part = "First visit on this machine, cold cache (median of " + f"{rounds})"
        lines.append(Line(part, "empty Streamlit page: ready", floor.painted, "s"))
        lines.append(Line(part, "empty Streamlit page: bytes", floor.bytes / 1e6, "MB"))
        for name, seen in pages.items():
            one = middle(seen)
            first = name == "overview"
            word = "; ".join(one.failed)
            fastest = min(empty_one.painted for empty_one in floors)
            for what, times, most in (
                ("figures readable", [visit.figures for visit in seen], 1.4),
                ("map drawn", [visit.map for visit in seen], 1.8),
                ("all painted", [visit.painted for visit in seen], 3.0),
            ):
                value = median(times)
                if value:
                    note = f"{value / floor.painted:.2f} times the empty page; best of each: "
                    note += f"{min(times):.2f} s, {min(times) / fastest:.2f} times"
                    target = most * floor.painted if first else None
                    lines.append(Line(part, f"{name}: {what}", value, "s", target, note))
            lines.append(Line(part, f"{name}: bytes", one.bytes / 1e6, "MB", 2.4 if first else None, word))
        part = "Next page, bytes both ways"
        for wanted in (page for page in SITEMAP if page.name in NEXT_PAGES[: sizes.pages]):
            size = next_page_bytes(browser, ours, "/?lang=en", wanted) / 1e3
            lines.append(Line(part, wanted.name, size, "kB", 150))
    return lines


def slow_link(browser: Browser, sizes: Sizes) -> list[Line]:
    """(a) The same over 4 Mbit/s with a round trip of 100 ms."""
    part = "First visit at 4 Mbit/s, 100 ms"
    with (
        empty_page() as empty,
        running(rehearsed=sizes.rehearsed) as app,
        link(empty.port, megabits=sizes.megabits, round_trip=0.1) as bare,
        link(app.port, megabits=sizes.megabits, round_trip=0.1) as ours,
    ):
        seen = _middle_of(browser, ours, "/?lang=en", min(3, sizes.rounds))
        floor = _middle_of(browser, bare, "/", min(3, sizes.rounds))
        return [
            Line(part, "empty Streamlit page: ready", floor[2], "s"),
            Line(part, "overview: figures readable", seen[0], "s", 5.0),
            Line(part, "overview: map drawn", seen[1], "s"),
            Line(part, "overview: all painted", seen[2], "s"),
        ]


def _middle_of(browser: Browser, line: Link, path: str, rounds: int) -> tuple[float, float, float]:
    one = middle([open_cold(browser, line, path) for _ in range(rounds)])
    return one.figures, one.map, one.painted


def processor(sizes: Sizes) -> list[Line]:
    """(b) Processor time of the server for a warm full run of each page and for each filter."""
    with running(rehearsed=sizes.rehearsed) as app:
        return asyncio.run(_processor(app, sizes))


async def _processor(app: Running, sizes: Sizes) -> list[Line]:
    part = f"Server processor time, warm (mean of {sizes.runs} runs, answer over the web socket)"
    lines = []
    for name, path in ((page.name, page.path) for page in SITEMAP[: sizes.pages]):
        visitor = await Visitor.enter(app.port, path, f"lang=en{QUERIES.get(name, '')}")
        await visitor.open()
        await visitor.rerun()
        lines.append(Line(part, f"{name}: full run", await _cost(app, visitor.rerun, sizes.runs), "ms", 60))
        for chosen in list(visitor.filters.values()):
            if chosen.widget_id.endswith("-language"):
                continue
            await visitor.change(chosen)

            async def change(visitor: Visitor = visitor, chosen: Filter = chosen) -> Answer:
                return await visitor.change(chosen)

            label = chosen.widget_id.split("-filter-")[-1]
            lines.append(
                Line(part, f"{name}: filter {label}", await _cost(app, change, sizes.runs), "ms", 35)
            )
        await visitor.leave()
    return lines


async def _cost(app: Running, act: Callable[[], Awaitable[Answer]], runs: int) -> float:
    before = processor_seconds(app.pid)
    for _ in range(runs):
        await act()
    return (processor_seconds(app.pid) - before) * 1000 / runs


def crowd(sizes: Sizes) -> list[Line]:
    """(c) Many sessions on one process, the load on the other core, and the memory they take."""
    sessions, seconds = sizes.sessions, sizes.seconds
    part = f"{sessions} sessions acting every 5 s for {seconds} s, server on one core, load on the other"
    with running(core=0, rehearsed=sizes.rehearsed) as app:
        first = asyncio.run(_first_page(app))
        lines = [Line(part, "memory after the first page", first, "MB", 220)]
        used = processor_seconds(app.pid)
        words = [sys.executable, "-m", "tests.benchmarks.load", str(app.port), str(sessions), str(seconds)]
        process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        os.sched_setaffinity(process.pid, {1 if (os.cpu_count() or 1) > 1 else 0})
        output, _ = process.communicate(timeout=seconds + 300)
        used = processor_seconds(app.pid) - used
        tally = json.loads(output)
        after = resident(app.pid)
    times = tally["filters"] + tally["pages"]
    times, tally["pages"] = times or [0.0], tally["pages"] or [0.0]
    for what, share, target in (("p50", 0.5, None), ("p95", 0.95, 500.0), ("p99", 0.99, None)):
        lines.append(Line(part, f"answer, {what}", percentile(times, share) * 1000, "ms", target))
    pages = percentile(tally["pages"], 0.95) * 1000
    lines.append(Line(part, "page changes only, p95", pages, "ms"))
    failures = tally["failures"]
    lines.append(Line(part, "failures", len(failures), "failures", 0, "; ".join(sorted(set(failures)))[:200]))
    lines.append(Line(part, "answers", len(times), ""))
    lines.append(Line(part, "server processor in use", used / seconds * 100, "%"))
    lines.append(Line(part, "memory for each further session", (after - first) / sessions, "MB", 0.2))
    return lines


async def _first_page(app: Running) -> float:
    visitor = await Visitor.enter(app.port)
    await visitor.open()
    await visitor.leave()
    return resident(app.pid)


def mapping(browser: Browser, sizes: Sizes) -> list[Line]:
    """(d) The map alone, 300 and 5,000 points, and the heap over 200 changes."""
    part = "Map, from a changed filter to drawn"
    (low, high), (often, seldom) = sizes.points, sizes.redraws
    with running(command=[sys.executable, "-m", "tests.benchmarks.map_server"]) as server:
        few = redraws(browser, server.url, low, often)
        many = redraws(browser, server.url, high, seldom)
    growth = (few.heap_last - few.heap_first) / few.heap_first * 100
    heap = f"{few.heap_first:.1f} to {few.heap_last:.1f} MB"
    return [
        Line(part, f"{low:,} points, median", few.middle, "s", 0.25),
        Line(part, f"{low:,} points, longest", few.longest, "s"),
        Line(part, f"{high:,} points, median", many.middle, "s", 0.5, f"twice the time allowed for {low}"),
        Line(part, f"browser heap after {often} changes, growth", growth, "%", 10, heap),
    ]


def search(sizes: Sizes) -> list[Line]:
    """(e) A place among 20,000 spellings: processor time of one query, and of building the index."""
    count = sizes.spellings
    part = f"Place search over {count:,} spellings, processor time"
    pairs = [(f"place-{number}", f"Phum {number * 7919 % count} Thma {number}") for number in range(count)]
    began = time.process_time()
    index = place_search.build_index(pairs)
    lines = [Line(part, "index, once a release", (time.process_time() - began) * 1000, "ms")]
    for query in ("t", "thma 1999", "Phum 7919 Thma 1", "nowhere at all", "ភ្នំពេញ"):
        began = time.process_time()
        for _ in range(sizes.runs):
            place_search.search_index(index, query)
        spent = (time.process_time() - began) * 1000 / sizes.runs
        lines.append(Line(part, f"“{query}”", spent, "ms", 30))
    return lines


def in_browser(measure: Callable[[Browser], list[Line]]) -> list[Line]:
    """Run ``measure`` with a Chromium of its own."""
    with chromium() as browser:
        return measure(browser)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and exit with 0: a missed target is a finding, not a failure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the lines to this file")
    usual = Sizes()
    for name, text in {
        "rounds": "first visits of each page",
        "sessions": "visitors at once",
        "seconds": "length of the load",
        "minutes": "length of the phones' entering",
        "rows": "rows of the large table",
    }.items():
        parser.add_argument(f"--{name}", type=type(getattr(usual, name)), help=text)
    parser.add_argument("--smoke", action="store_true", help="see that each part runs; compare no target")
    parser.add_argument("--only", action="append", choices=_PARTS, help="one part; may be repeated")
    chosen = parser.parse_args(arguments)
    named = {
        name: value for name, value in vars(chosen).items() if hasattr(usual, name) and value is not None
    }
    sizes = replace(SMOKE if chosen.smoke else usual, **named)
    parts: dict[str, Callable[[], list[Line]]] = {
        "opening": lambda: in_browser(lambda browser: opening(browser, sizes)),
        "slow": lambda: in_browser(lambda browser: slow_link(browser, sizes)),
        "processor": lambda: processor(sizes),
        "crowd": lambda: crowd(sizes),
        "map": lambda: in_browser(lambda browser: mapping(browser, sizes)),
        "taking": lambda: taking(sizes.views),
        "bulk": lambda: bulk(sizes.rows, whole=sizes.whole),
        "search": lambda: search(sizes),
        "written": written_files,
        "evening": lambda: in_browser(
            lambda browser: evening(browser, sizes.minutes, laps=sizes.laps, hours=sizes.hours)
        ),
    }
    lines: list[Line] = []
    speeds, loads = [calibration()], [load_average()]
    for name in chosen.only or parts:
        print(f"measuring: {name} …", file=sys.stderr, flush=True)
        measured = parts[name]()
        lines += [replace(line, target=None) for line in measured] if chosen.smoke else measured
        speeds.append(calibration())
        loads.append(load_average())
    print(f"Fixed loop: {min(speeds):.0f} to {max(speeds):.0f} ms, median {median(speeds):.0f}.")
    print(f"Load average while measuring: {min(loads):.1f} to {max(loads):.1f}; {os.cpu_count()} cores.")
    print(table(lines))
    missed = [line for line in lines if line.missed]
    print(f"\n{len(missed)} of {sum(line.target is not None for line in lines)} targets missed.")
    for line in missed:
        print(f"  {line.part}: {line.what} {line.value:.3g} {line.unit} > {line.target:.3g}. {line.note}")
    if chosen.json:
        save(lines, chosen.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
