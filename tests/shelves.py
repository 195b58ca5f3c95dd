"""Two releases of the frozen record, one after the other, in a folder that a test may spoil."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.frozen import copy_record
from tests.publishing import publish
from utils.releases.cache import ReleaseCache
from utils.releases.layout import Tier
from utils.storage import Folder

READ_BY_APPS = ("releases", "changes", "CURRENT")


@dataclass(frozen=True)
class Shelf:
    """A data folder as apps see it: the ids of the ``older`` and the ``newer`` release, which is current."""

    data: Path
    older: str
    newer: str

    def file(self, release: str, name: str, tier: str = "public") -> Path:
        """Return a file of a release."""
        return self.data / "releases" / release / tier / name

    def point(self, written: str) -> None:
        """Write the pointer."""
        (self.data / "CURRENT").write_text(written, encoding="utf-8")

    def keeper(self, tier: Tier = "public") -> ReleaseCache:
        """Return a process's memory of this folder, empty yet; it looks when it is told to."""
        return ReleaseCache(Folder(self.data), tier, seconds=1e9)

    def hide(self, kind: str, name: str, *, tier: str = "public", reason: str = "for a test") -> None:
        """Withdraw one more thing as the curator's command writes it."""
        path = self.data / "hidden" / f"{tier}.json"
        path.parent.mkdir(exist_ok=True)
        known: dict[str, Any] = {"version": 1, "items": []}
        if path.exists():
            known = json.loads(path.read_text(encoding="utf-8"))
        item = {"kind": kind, "name": name, "since": "2026-11-24T20:30:00Z", "reason": reason}
        known["items"].append(item)
        path.write_text(json.dumps(known), encoding="utf-8")

    def trimmed(self, *tables: str) -> Shelf:
        """Leave only some tables in the public tier of both releases, and no other tier."""
        for release in (self.older, self.newer):
            manifest = self.file(release, "manifest.json")
            document = json.loads(manifest.read_text(encoding="utf-8"))
            for table in set(document["tables"]) - set(tables):
                del document["tables"][table]
                self.file(release, f"{table}.parquet").unlink()
            document["tiers"] = ["public"]
            manifest.write_text(json.dumps(document), encoding="utf-8")
            shutil.rmtree(self.data / "releases" / release / "ngo", ignore_errors=True)
        return self


@pytest.fixture(scope="session")
def published_twice(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The record published, changed by one note, published again. Not to be changed."""
    data = copy_record(tmp_path_factory.mktemp("twice") / "data")
    older = publish(data)
    path = data / "curated" / "looked_for.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), list(reader.fieldnames or ())
    rows[0]["note"] = "Searched again"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return Shelf(data, older, publish(data, why="searched again"))


@pytest.fixture
def shelf(published_twice: Shelf, tmp_path: Path) -> Shelf:
    """A copy of that folder as an app sees it, without the curated tables."""
    data = tmp_path / "data"
    data.mkdir()
    for name in READ_BY_APPS:
        source = published_twice.data / name
        if source.is_dir():
            shutil.copytree(source, data / name, ignore=shutil.ignore_patterns(".lock"))
        else:
            shutil.copy(source, data / name)
    return Shelf(data, published_twice.older, published_twice.newer)


Spoil = Callable[[Path], None]


def flip(path: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def truncate(path: Path) -> None:
    """Cut a file in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    """Leave nothing in a file."""
    path.write_bytes(b"")


def remove(path: Path) -> None:
    """Take a file away."""
    path.unlink()


def folder_instead(path: Path) -> None:
    """Put a folder where a file should be."""
    path.unlink()
    path.mkdir()


def garble(path: Path) -> None:
    """Leave half a document in a file."""
    path.write_text("{", encoding="utf-8")
