"""Fixtures of the whole suite: one release of the frozen record in a folder of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from tests.chromium import chromium, executable
from tests.frozen import copy_record
from tests.publishing import publish
from tests.shelves import published_twice, shelf
from utils.releases import Release, current

__all__ = ("published_twice", "shelf")
settings.register_profile("ci", max_examples=100, deadline=None)
settings.register_profile("nightly", max_examples=10_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


STARTED = frozenset({"app_server", "ngo_server", "server", "objects", "postgres_address"})
"""Fixtures that start a server or a database: who asks for one is slow."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what asks for a server."""
    for item in items:
        if isinstance(item, pytest.Function) and STARTED & set(item.fixturenames):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frozen record with a fresh release. Not to be changed."""
    folder = copy_record(tmp_path_factory.mktemp("record") / "data")
    publish(folder)
    return folder


@pytest.fixture(scope="session")
def public_release(data_folder: Path) -> Release:
    """The public tier of that release."""
    return current("public", data_folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the whole run."""
    if executable() is None:
        pytest.fail("no Chromium found; name one with CHROMIUM=/path/to/chromium")
    with chromium() as opened:
        yield opened
