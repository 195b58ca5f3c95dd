"""A curator's day with two apps running: add, break, read, publish, correct, roll back, hide, and the story.

Every chore is run by its command line, every app is a process of its own, and what a reader sees is read
over the web socket as a browser does. The look at every page has tests of its own.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.benchmarks.visitor import Visitor
from tests.frozen import copy_record
from tests.loops import finish
from tests.publishing import main
from tests.running import Running, running
from tests.server.conftest import ask

pytestmark = pytest.mark.slow

_PATIENCE_SECONDS = 60
_QUICK = {"SAMAKI_POINTER_SECONDS": "0.5", "SAMAKI_TODAY": "2026-11-25"}
OUTLET, NEW_SOURCE = "moi-2026-03-10-icdtv", "moi-2026-04-20-icdtv"
_TAGS = re.compile(r"<[^>]*>")
Change = Callable[[list[dict[str, str]]], None]


class Reader(Visitor):
    """A visitor who keeps the text of what was shown."""

    shown: str = ""

    def _note(self, received: ForwardMsg, kind: str | None) -> int:
        if kind == "delta" and received.delta.WhichOneof("type") == "new_element":
            element = received.delta.new_element
            if element.WhichOneof("type") == "html":
                self.shown += " " + html.unescape(_TAGS.sub(" ", element.html.body))
        return super()._note(received, kind)


def read(server: Running, page: str = "", query: str = "lang=en") -> str:
    """Return the words of a page, spaces folded."""

    async def visit() -> str:
        reader = await Reader.enter(server.port, page, query)
        try:
            await reader.open()
            return reader.shown
        finally:
            await reader.leave()

    return " ".join(finish(visit()).split())


@dataclass(frozen=True)
class Desk:
    """The curator's desk: a data folder, and the chores."""

    data: Path

    def chore(self, *words: str) -> tuple[int, Any]:
        """Run a chore; return its exit code and its answer for machines."""
        with redirect_stdout(io.StringIO()) as said, redirect_stderr(io.StringIO()):
            code = main([*words, "--json", "--data", str(self.data)])
        return code, json.loads(said.getvalue())

    def edit(self, table: str, change: Change) -> None:
        """Edit a table as a spreadsheet would."""
        path = self.data / "curated" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, columns = list(reader), list(reader.fieldnames or ())
        change(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A copy of the record with its first release."""
    folder = tmp_path_factory.mktemp("desk") / "data"
    copy_record(folder)
    return Desk(folder)


@pytest.fixture(scope="module")
def apps(desk: Desk) -> Iterator[tuple[Running, Running]]:
    """Two apps on the desk's folder, one of each tier."""
    code, _told = desk.chore("publish", "--why", "First release")
    assert code == 0
    with (
        running(data=desk.data, environment=_QUICK) as one,
        running(data=desk.data, environment=_QUICK, tier="ngo") as two,
    ):
        yield one, two


def served(server: Running) -> dict[str, Any]:
    """Return what an app says of its release."""
    told: dict[str, Any] = json.loads(ask(server, "/version").body)
    return told


def until(met: Callable[[], bool]) -> None:
    """Wait until running apps have noticed; they look for themselves.

    What changed is told right after the switch, so an app that looks in between learns it at its next look.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not met():
        assert time.monotonic() < deadline, "the apps did not notice within a minute"


def newest(row: dict[str, str]) -> bool:
    """The latest figure of people still displaced: 45,559 on 10 March 2026."""
    return row["value"] == "45559" and row["as_of"] == "2026-03-10"


def with_new_source(rows: list[dict[str, str]]) -> None:
    """Add what the outlet of the latest figure printed on 20 April 2026, or its origin."""
    likes = [row for row in rows if row["source_id"] == OUTLET]
    day = {"published_on": "2026-04-20"} if "published_on" in likes[0] else {}
    rows.extend(like | day | {"source_id": NEW_SOURCE} for like in likes)


def with_new_figure(rows: list[dict[str, str]]) -> None:
    """Add a later figure of the same count: 31,240 on 20 April 2026."""
    like = next(row for row in rows if newest(row))
    number = max(int(row["observation_id"].removeprefix("dsp-")) for row in rows) + 1
    rows.append(
        like
        | {"observation_id": f"dsp-{number:04}", "as_of": "2026-04-20", "value": "31240"}
        | {"source_id": NEW_SOURCE}
    )


def new(row: dict[str, str]) -> bool:
    return row["as_of"] == "2026-04-20"


def spoil(rows: list[dict[str, str]], *, column: str, wrong: str) -> None:
    """Write something wrong into one cell of the new figure."""
    next(row for row in rows if new(row))[column] = wrong


BREAKS: tuple[tuple[str, str, str], ...] = (
    ("value", "31,240", "number"),
    ("value", "~31000", "number"),
    ("value", "-5", "number"),
    ("as_of", "20/04/2026", "date"),
    ("as_of", "2026-02-30", "date"),
    ("indicator", "people_gone", "unknown-key"),
    ("admin1_pcode", "KH99", "p-code"),
    ("unit", "tents", "unit"),
    ("source_id", "nobody-2026", "unknown-key"),
    ("headline_ok", "maybe", "flag"),
)


def test_a_day(desk: Desk, apps: tuple[Running, Running]) -> None:
    first = served(apps[0])["release"]
    assert "45,559" in read(apps[0])

    # a figure is added; it comes back from every mistake with its row, column and what was expected
    desk.edit("sources", with_new_source)
    desk.edit("source_origins", with_new_source)
    desk.edit("displacement", with_new_figure)
    table = desk.data / "curated" / "displacement.csv"
    good = table.read_bytes()
    for column, wrong, code in BREAKS:
        desk.edit("displacement", partial(spoil, column=column, wrong=wrong))
        exit_code, told = desk.chore("publish")
        found = [(problem["column"], problem["value"], problem["code"]) for problem in told["problems"]]
        assert (exit_code, (column, wrong, code) in found) == (1, True), (column, wrong, found)
        assert all(problem["row"] and problem["expected"] for problem in told["problems"])
        table.write_bytes(good)
    assert [served(app)["release"] for app in apps] == [first, first]

    # what will change is looked at, then published; both apps follow without a restart
    exit_code, told = desk.chore("diff")
    added = [change for change in told["changes"]["public"] if change["table"] == "displacement"]
    assert [(change["kind"], change["about"]["value"]) for change in added] == [("added", 31240)]
    exit_code, told = desk.chore("publish", "--why", "A later count was found")
    second = told["release"]
    assert exit_code == 0
    until(lambda: [served(app)["release"] for app in apps] == [second, second])
    assert "31,240" in read(apps[0])
    assert "31,240" in read(apps[1])

    # a correction is told with the old and the new value
    desk.edit("displacement", lambda rows: next(row for row in rows if new(row)).update(value="31420"))
    exit_code, told = desk.chore("publish", "--why", "Two digits were swapped")
    third = told["release"]
    until(lambda: [served(app)["release"] for app in apps] == [third, third])
    until(lambda: "31,240 became 31,420" in read(apps[0], "sources"))
    assert "Two digits were swapped" in read(apps[0], "sources")

    # one command goes back, one more hides, one shows again
    exit_code, told = desk.chore("rollback", "--why", "The outlet withdrew it")
    assert (exit_code, told["release"]) == (0, second)
    until(lambda: [served(app)["release"] for app in apps] == [second, second])
    until(lambda: "The outlet withdrew it" in read(apps[0], "sources"))
    assert "31,420" not in read(apps[0], "sources")
    shown_as = [served(app)["shown_as"] for app in apps]
    assert desk.chore("hide", "table", "donations", "--why", "Under review")[0] == 0
    until(lambda: all(served(app)["shown_as"] not in shown_as for app in apps))
    page = read(apps[0], "donations")
    assert "Under review" in page
    assert "13.67" not in page
    assert desk.chore("hide", "table", "donations", "--undo")[0] == 0
    until(lambda: [served(app)["shown_as"] for app in apps] == shown_as)
    assert "13.67" in read(apps[0], "donations")

    # nothing of the day is lost
    exit_code, told = desk.chore("status")
    story = [event["event"] for event in told["history"]]
    assert story == ["publish", "publish", "publish", "rollback", "hide", "show"]


def test_a_site_is_hidden_and_shown_again(desk: Desk, apps: tuple[Running, Running]) -> None:
    with (desk.data / "curated/restricted/sites.csv").open(encoding="utf-8", newline="") as file:
        site = next(row for row in csv.DictReader(file) if row["public_display"] != "name_and_district")
    private = apps[1]
    before = served(private)["shown_as"]
    assert site["name"] in read(private, "shelters")
    assert desk.chore("hide", "site", site["site_id"], "--why", "People fled from there")[0] == 0
    until(lambda: served(private)["shown_as"] != before)
    assert site["name"] not in read(private, "shelters")
    assert desk.chore("hide", "site", site["site_id"], "--undo")[0] == 0
    until(lambda: served(private)["shown_as"] == before)
    assert site["name"] in read(private, "shelters")
