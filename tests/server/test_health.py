"""What a balancer asks, and how running processes follow the curator without a restart."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.visitor import Visitor
from tests.loops import finish
from tests.releases.objects import Store, object_store
from tests.running import Running, running
from tests.server.conftest import Answer, ask
from tests.shelves import Shelf, flip, garble
from utils import releases
from utils.curation.publish.commands import rollback
from utils.curation.publish.push import push
from utils.curation.publish.withdraw import switch_withdrawal
from utils.releases.catalogue import set_current
from utils.server.health import PATHS, readiness

pytestmark = pytest.mark.slow

SOON = {"SAMAKI_POINTER_SECONDS": "0.2"}
PATIENCE_SECONDS = 60.0
_PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
Holds = Callable[[dict[str, Any]], object]


def told(server: Running, path: str) -> tuple[int, dict[str, Any]]:
    answer = ask(server, path)
    document: dict[str, Any] = json.loads(answer.body)
    return answer.status, document


def until(
    server: Running, holds: Callable[[dict[str, Any]], object], path: str = "/version"
) -> dict[str, Any]:
    """Ask again and again until the answer is as expected; fail with the last one."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    pause = threading.Event()
    last: dict[str, Any] = {}
    while time.monotonic() < deadline:
        last = told(server, path)[1]
        if holds(last):
            return last
        pause.wait(0.05)
    raise AssertionError(f"{path} still says {last}\n{server.log}")


async def drawn(server: Running, page: str) -> str:
    """Return the HTML that a visitor of a page is sent."""
    visitor = await Visitor.enter(server.port, page)
    seen = await visitor.open()
    await visitor.leave()
    assert seen.errors == 0
    return seen.html


@pytest.mark.parametrize("path", PATHS)
def test_the_answers_are_never_stored_and_other_methods_are_refused(app_server: Running, path: str) -> None:
    answer: Answer = ask(app_server, path)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ask(app_server, path, method="HEAD").status == 200
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert ask(app_server, path, method=method).status == 405


def test_a_process_tells_release_data_and_code(app_server: Running, data_folder: Path) -> None:
    release = (data_folder / "CURRENT").read_text(encoding="ascii").strip()
    version = told(app_server, "/version")[1]
    assert version["release"] == version["shown_as"] == release
    assert (version["tier"], version["older"], version["newest_as_of"]) == ("public", False, "2026-03-10")
    number, _plus, checksum = version["code_version"].partition("+")
    assert number == _PROJECT["project"]["version"]
    assert len(checksum) == 10
    assert version["contract_version"]
    status, ready = told(app_server, "/readyz")
    assert (status, ready["ready"], ready["release"], ready["reason"]) == (200, True, release, "")
    assert (ready["required_missing"], ready["damaged"]) == ([], [])


def test_the_answers_tell_no_path_and_no_address(app_server: Running, data_folder: Path) -> None:
    for path in PATHS:
        body = ask(app_server, path).body.decode()
        assert str(data_folder) not in body
        assert "/" not in body
        assert "tmp" not in body


def test_a_process_without_a_release_is_alive_and_not_ready(tmp_path: Path, shelf: Shelf) -> None:
    """It becomes ready by itself once something is published."""
    with running(data=tmp_path / "nothing", environment=SOON) as server:
        assert told(server, "/healthz") == (200, {"alive": True})
        status, ready = told(server, "/readyz")
        assert (status, ready["ready"], ready["release"]) == (503, False, "")
        assert ready["reason"]
        shelf.data.rename(tmp_path / "nothing")
        until(server, lambda answer: answer["ready"], "/readyz")


def test_a_required_table_that_is_missing_keeps_visitors_away(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMAKI_DATA", str(shelf.data))
    path = shelf.file(shelf.newer, "sources.parquet")
    good = path.read_bytes()
    flip(path)
    releases.look("public")
    ready = readiness("public")
    assert (ready["ready"], ready["required_missing"], ready["damaged"]) == (False, ["sources"], ["sources"])
    path.write_bytes(good)
    releases.look("public")
    assert readiness("public")["ready"]
    shelf.hide("table", "sources")
    releases.look("public")
    assert readiness("public")["ready"], "what the curator withdrew is not missing"


def test_a_table_that_is_not_required_does_not(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMAKI_DATA", str(shelf.data))
    flip(shelf.file(shelf.newer, "aid_deliveries.parquet"))
    releases.look("public")
    ready = readiness("public")
    assert (ready["ready"], ready["damaged"], ready["older"]) == (True, ["aid_deliveries"], False)


@pytest.fixture
def two(shelf: Shelf) -> Iterator[tuple[Running, Running]]:
    """Two processes of the public tier on one folder, which begins with the older release."""
    shelf.point(shelf.older)
    with ExitStack() as stack:
        yield tuple(  # type: ignore[misc]
            stack.enter_context(running(data=shelf.data, environment=SOON)) for _number in range(2)
        )


def test_two_processes_follow_publish_hide_and_rollback(two: tuple[Running, Running], shelf: Shelf) -> None:
    for server in two:
        assert told(server, "/version")[1]["release"] == shelf.older
    set_current(shelf.data, shelf.newer)
    for server in two:
        assert not until(server, lambda answer: answer["release"] == shelf.newer)["older"]
    finish(_read_an_older_release(two[0], shelf.older))

    finish(_keep_a_page_open(two[0], shelf))
    for server in two:
        version = until(server, lambda answer: answer["shown_as"] != shelf.newer)
        assert version["release"] == shelf.newer
        assert told(server, "/readyz")[0] == 200
        page = finish(drawn(server, "donations"))
        assert "Withdrawn by the curator" in page
        assert "an error in the amounts" in page
    switch_withdrawal(shelf.data, "table", "donations", why="", undo=True)
    for server in two:
        until(server, lambda answer: answer["shown_as"] == shelf.newer)
        assert "Withdrawn by the curator" not in finish(drawn(server, "donations"))

    assert rollback(shelf.data, to=shelf.older, why="an error") == shelf.older
    for server in two:
        until(server, lambda answer: answer["release"] == shelf.older)


async def _keep_a_page_open(server: Running, shelf: Shelf) -> None:
    """Withdraw a table while a visitor has its page open: it goes from there without a click."""
    visitor = await Visitor.enter(server.port, "donations")
    await visitor.open()
    assert (await visitor.tick()).html == "", "nothing is new, so nothing is drawn again"
    switch_withdrawal(shelf.data, "table", "donations", why="an error in the amounts", undo=False)
    await asyncio.to_thread(until, server, lambda answer: answer["shown_as"] != shelf.newer)
    seen = await visitor.tick()
    await visitor.leave()
    assert seen.errors == 0
    assert "an error in the amounts" in seen.html


async def _read_an_older_release(server: Running, release: str) -> None:
    """Open a release by its address: it stays from page to page, and the others see the current one."""
    visitor = await Visitor.enter(server.port, "sources", f"lang=en&release={release}")
    assert "You are looking at an older release" in (await visitor.open()).html
    visitor.query = "lang=en"
    seen = await visitor.go("donations")
    assert seen.errors == 0
    assert "You are looking at an older release" in seen.html
    assert f"release={release}" in visitor.query
    await visitor.leave()
    assert "older release" not in await drawn(server, "donations")


def test_a_damaged_newer_release_is_told_on_every_page(shelf: Shelf) -> None:
    shelf.point(shelf.older)
    with running(data=shelf.data, environment=SOON) as server:
        flip(shelf.file(shelf.newer, "impact.parquet"))
        shelf.point(shelf.newer)
        until(server, lambda answer: answer["older"])
        status, ready = told(server, "/readyz")
        assert (status, ready["release"], ready["reason"]) == (200, shelf.older, "damaged")
        assert "Showing an older release" in finish(drawn(server, "sources"))
        garble(shelf.file(shelf.newer, "manifest.json"))
        until(server, lambda answer: answer["reason"] == "manifest", "/readyz")


def test_a_process_on_an_object_store_outlives_it(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    with object_store() as objects:
        for name, value in objects.environment.items():
            monkeypatch.setenv(name, value)
        push(shelf.data, objects.place, report=lambda step, detail: None)
        with running(environment={"SAMAKI_DATA": objects.place, **SOON}) as server:
            assert told(server, "/version")[1]["release"] == shelf.newer
            _outlive(server, objects, shelf)
        assert [path for _method, path in objects.asked if "/ngo" in path] == []


def _outlive(server: Running, objects: Store, shelf: Shelf) -> None:
    objects.mode = "refuse"
    until(server, lambda answer: answer["older"])
    status, ready = told(server, "/readyz")
    assert (status, ready["ready"], ready["reason"]) == (200, True, "unreachable")
    assert shelf.newer in finish(drawn(server, "sources"))
    assert "which may not be the newest" in finish(drawn(server, "displacement"))
    objects.mode = "open"
    until(server, lambda answer: not answer["older"])
