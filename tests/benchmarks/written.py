"""What is written on request: a calendar file of many events, a chain of many gifts."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

from tests.benchmarks.report import Line
from utils.analysis.giving import ChainPath, build_chain
from utils.exports.calendar import CalendarEvent, write_calendar

_EVENTS = 1000
_FLOWS = 2000
_START = date(2025, 7, 24)


def written_files() -> list[Line]:
    """(e) Processor time of a calendar of 1,000 events and of grouping 2,000 flows."""
    part = "Written on request, processor time"
    entries = [
        CalendarEvent(
            f"ev{index}@samaki",
            _START + timedelta(days=index % 400),
            _START + timedelta(days=index % 400),
            "Rally of Cambodians for peace · សាមគ្គី",
            "Paris, France",
            "Source: an outlet with a long name",
            "march",
            "https://example.org/a/long/address/of/an/article",
        )
        for index in range(_EVENTS)
    ]
    flows = [
        ChainPath(((f"d{i}", "d"), (f"r{i % 400}", "r"), (f"p{i % 25}", "p")), 1.0 + i, i % 2 == 0)
        for i in range(_FLOWS)
    ]
    return [
        Line(
            part,
            "calendar of 1,000 events",
            _cost(lambda: write_calendar(entries, name="x", stamp=_START)),
            "s",
            0.2,
        ),
        Line(part, "chain of 2,000 gifts, grouped", _cost(lambda: build_chain(flows)), "s", 0.2),
    ]


def _cost(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began
