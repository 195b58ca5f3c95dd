"""Fixtures of the whole suite: one release of the real record in a folder of its own."""

import shutil
from pathlib import Path

import pytest

from tests.shelves import published_twice, shelf
from utils.curation.release import publish
from utils.store import Release, current

__all__ = ("published_twice", "shelf")
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the curated record with a fresh release."""
    folder = tmp_path_factory.mktemp("record") / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("releases", "CURRENT", ".current-*"))
    publish(folder)
    return folder


@pytest.fixture(scope="session")
def public_release(data_folder: Path) -> Release:
    """The public tier of that release."""
    return current("public", data_folder)
