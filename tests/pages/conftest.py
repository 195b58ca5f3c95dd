"""What the app shows: the public tier of the frozen record, on a day of its own."""

from pathlib import Path

import pytest

from tests.shelves import Shelf


@pytest.fixture
def record(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app shows the release of the whole suite."""
    shows(data_folder, monkeypatch)


@pytest.fixture
def shelved(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app shows what a test puts on its shelf."""
    shows(shelf.data, monkeypatch)


def shows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the app show a folder of data."""
    monkeypatch.setenv("SAMAKI_DATA", str(folder))
    monkeypatch.setenv("SAMAKI_TODAY", "2026-11-24")
    monkeypatch.setenv("SAMAKI_TIER", "public")
