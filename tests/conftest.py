"""Fixtures of the whole suite: one release of the real record in a folder of its own."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from tests.chromium import chromium, executable
from tests.publishing import publish
from tests.shelves import published_twice, shelf
from utils.releases import Release, current

__all__ = ("published_twice", "shelf")
ROOT = Path(__file__).parents[1]
settings.register_profile("ci", max_examples=100, deadline=None)
settings.register_profile("nightly", max_examples=10_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the curated record with a fresh release."""
    folder = tmp_path_factory.mktemp("record") / "data"
    built = shutil.ignore_patterns("releases", "changes", "hidden", "CURRENT", ".current-*")
    shutil.copytree(ROOT / "data", folder, ignore=built)
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
