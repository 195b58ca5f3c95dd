"""The running process: its settings, what it opens, whom it asks, how it is warmed."""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.benchmarks.visitor import Visitor
from tests.loops import finish
from tests.running import ROOT, NotStarted, Running, running
from utils.ui.run_limit import RUN_LIMIT, RUNS_AT_ONCE

pytestmark = pytest.mark.slow

SPY = """
import json, runpy, sys
log = open(sys.argv[1], "a", buffering=1)
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        log.write(json.dumps(["open", arguments[0]]) + "\\n")
    elif event == "socket.getaddrinfo":
        log.write(json.dumps(["ask", str(arguments[0])]) + "\\n")
    elif event == "socket.connect":
        log.write(json.dumps(["connect", str(arguments[1])]) + "\\n")
sys.addaudithook(hook)
sys.argv = ["server"]
runpy.run_module("utils.server", run_name="__main__")
"""


def test_effective_settings() -> None:
    """Plain ``streamlit run`` reads the same file; these are the settings that keep it private."""
    code = (
        "import json; from streamlit import config;"
        "names = ['browser.gatherUsageStats', 'browser.serverAddress', 'server.address',"
        " 'server.enableStaticServing', 'server.enableCORS', 'server.enableXsrfProtection',"
        " 'server.fileWatcherType', 'server.maxUploadSize', 'server.enableAgentApi',"
        " 'client.showErrorDetails', 'client.toolbarMode', 'client.allowedOrigins'];"
        "print(json.dumps({name: config.get_option(name) for name in names}))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert json.loads(said) == {
        "browser.gatherUsageStats": False,
        "browser.serverAddress": "localhost",
        "server.address": "127.0.0.1",
        "server.enableStaticServing": True,
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": 1,
        "server.enableAgentApi": False,
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "client.allowedOrigins": [],
    }


@pytest.fixture(scope="module")
def given(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a public process is given: no curated table, no file of the NGO tier."""
    data = tmp_path_factory.mktemp("given") / "data"
    shutil.copytree(data_folder, data, ignore=shutil.ignore_patterns("curated", "ngo", "ngo.*", "geo"))
    return data


@pytest.fixture(scope="module")
def spied(given: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Everything a public server opened and asked for while it started and served each page."""
    log = tmp_path_factory.mktemp("spy") / "log"
    with running(data=given, command=[sys.executable, "-c", SPY, str(log)]) as server:
        finish(_visit_all(server))
    return [(event, what) for event, what in map(json.loads, log.read_text().splitlines())]


async def _visit_all(server: Running) -> None:
    visitor = await Visitor.enter(server.port)
    await visitor.open()
    for page in ("displacement", "shelters", "donations", "sources"):
        assert (await visitor.go(page)).errors == 0
    await visitor.leave()


def test_a_public_process_opens_no_file_of_the_ngo_tier(spied: list[tuple[str, str]]) -> None:
    opened = [what for event, what in spied if event == "open"]
    assert any(path.endswith("/public/manifest.json") for path in opened)
    assert [path for path in opened if "/ngo/" in path or "/restricted/" in path] == []


def test_of_its_data_a_public_process_opens_the_public_tier_only(
    spied: list[tuple[str, str]], given: Path
) -> None:
    opened = {what for event, what in spied if event == "open" and what.startswith(str(given))}
    release = (given / "CURRENT").read_text(encoding="ascii").strip()
    public = {path for path in opened if path.startswith(f"{given}/releases/{release}/public/")}
    assert len(public) > 30
    allowed = {f"{given}/{name}" for name in ("CURRENT", "hidden/public.json", "changes/public.jsonl")}
    assert opened - public <= allowed


def test_a_public_process_asks_no_other_host(spied: list[tuple[str, str]]) -> None:
    asked = [what for event, what in spied if event in ("ask", "connect")]
    assert [what for what in asked if "127.0.0.1" not in what and "localhost" not in what] == []


def test_every_page_is_ready_for_its_first_visitor(data_folder: Path) -> None:
    with running(data=data_folder, rehearsed=True) as server:
        assert "warm-up of" not in server.log
        assert "was not done" not in server.log
        assert "ScriptRunContext" not in server.log
        assert "Traceback" not in server.log
        assert f"http://127.0.0.1:{server.port}/" in server.log


def test_a_page_asked_for_first_is_drawn_by_the_app_itself(data_folder: Path) -> None:
    """Streamlit alone would run the file of the page without the app around it."""

    async def errors(server: Running) -> int:
        visitor = await Visitor.enter(server.port, "sources")
        return (await visitor.open()).errors

    with running(data=data_folder) as server:
        assert finish(errors(server)) == 0


def test_a_second_server_on_the_port_says_what_is_wrong(data_folder: Path) -> None:
    with running(data=data_folder) as server:
        taken = {"PORT": str(server.port)}
        with pytest.raises(NotStarted, match="another program answers there"), running(environment=taken):
            pass


def test_at_most_two_pages_run_at_once() -> None:
    running_now, most = 0, 0
    lock, full, go = threading.Lock(), threading.Event(), threading.Event()

    def run() -> None:
        nonlocal running_now, most
        with RUN_LIMIT:
            with lock:
                running_now += 1
                most = max(most, running_now)
                if running_now == RUNS_AT_ONCE:
                    full.set()
            go.wait(10)
            with lock:
                running_now -= 1

    threads = [threading.Thread(target=run) for _ in range(5)]
    for thread in threads:
        thread.start()
    assert full.wait(10)
    go.set()
    for thread in threads:
        thread.join(10)
    assert most == RUNS_AT_ONCE == 2


def test_the_turn_is_given_back_after_an_error() -> None:
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), RUN_LIMIT:
            os.stat(ROOT).st_size // 0
