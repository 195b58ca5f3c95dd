"""Fixtures for tests in a real Chromium against real servers of a fresh release."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.look import HEIGHTS, THEMES, Look, Looks, Sight, look
from tests.browser.visit import Visit, visiting
from tests.running import Running, empty_page, running


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask what takes a ``sight`` about each view that its module names."""
    if "sight" in metafunc.fixturenames:
        metafunc.parametrize("sight", metafunc.module.SIGHTS, ids=str, scope="session")


@pytest.fixture(scope="session")
def app_server(data_folder: Path) -> Iterator[Running]:
    """The public tier, started as a person starts it."""
    with running(data=data_folder) as server:
        yield server


@pytest.fixture(scope="session")
def ngo_server(data_folder: Path) -> Iterator[Running]:
    """The NGO tier on the loopback address."""
    with running(data=data_folder, tier="ngo") as server:
        yield server


@pytest.fixture(scope="session")
def broken_server(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The public tier of a release whose table of donations was cut in half."""
    folder = tmp_path_factory.mktemp("broken") / "data"
    release = (data_folder / "CURRENT").read_text(encoding="ascii").strip()
    shutil.copytree(data_folder / "releases" / release, folder / "releases" / release)
    shutil.copy(data_folder / "CURRENT", folder / "CURRENT")
    public = folder / "releases" / release / "public"
    assert "donations" in json.loads((public / "manifest.json").read_text(encoding="utf-8"))["tables"]
    table = public / "donations.parquet"
    content = table.read_bytes()
    table.chmod(0o644)
    table.write_bytes(content[: len(content) // 2])
    with running(data=folder) as server:
        yield server


@pytest.fixture(scope="session")
def empty_server() -> Iterator[Running]:
    """An empty Streamlit page: the measure of what a browser complains about anyway."""
    with empty_page() as server:
        yield server


@pytest.fixture(scope="session")
def looks(browser: Browser, app_server: Running) -> Iterator[Looks]:
    """Views of the public tier, each opened when first asked about, and kept."""
    known: dict[Sight, Look] = {}
    contexts = {
        (width, theme): browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, locale="en-GB"
        )
        for width, height in HEIGHTS.items()
        for theme in THEMES
    }

    def one(sight: Sight) -> Look:
        if sight not in known:
            known[sight] = look(contexts[sight.width, sight.theme], app_server.url, sight)
        return known[sight]

    yield one
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="session")
def usual_complaints(browser: Browser, empty_server: Running) -> set[str]:
    """What an empty Streamlit page makes the browser say, at its root and at a deeper address."""
    with visiting(browser, empty_server.url) as visitor:
        visitor.open()
        visitor.open("elsewhere")
        return set(visitor.complaints)


@pytest.fixture
def visit(browser: Browser, app_server: Running) -> Iterator[Visit]:
    """A visitor of the public tier, at 1440 by 900 pixels."""
    with visiting(browser, app_server.url) as visitor:
        yield visitor


@pytest.fixture
def phone(browser: Browser, app_server: Running) -> Iterator[Visit]:
    """A visitor of the public tier on a phone, 390 by 844 pixels."""
    with visiting(browser, app_server.url, width=390, height=844) as visitor:
        yield visitor
