"""The releases of a data folder: which is current, which are whole, which are old enough to go."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from utils.releases.durable_files import replace_durably, sha256, sync_folder
from utils.releases.layout import CONTRACT, MANIFEST, POINTER, RELEASES, folder_of, is_release_id

KEPT: Final = 10
_DAMAGED: Final = (OSError, ValueError, KeyError, TypeError, AttributeError)


class NoSuchRelease(Exception):
    """The release that was asked for is not kept, or not whole; nothing was changed."""

    def __init__(self, *, asked: str, reason: str) -> None:
        super().__init__(f"release {asked}: {reason}")
        self.asked = asked
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """One kept release. ``rows`` and ``size`` (bytes) are of all its tiers."""

    release: str
    current: bool
    tiers: tuple[str, ...]
    newest_as_of: str
    contract_version: str
    rows: int
    size: int
    whole: bool

    def as_dict(self) -> dict[str, Any]:
        """Return the release for machines."""
        return asdict(self)


class Catalogue:
    """The releases of one data folder as one command sees them: each is hashed once at most.

    ``known`` says of releases that were hashed before whether they are whole. A catalogue is made at the
    start of a command, under the publisher's lock where the command writes, and thrown away at its end.
    """

    def __init__(self, data: Path, *, known: Mapping[str, bool] | None = None) -> None:
        self.data = data
        self._whole = dict(known or {})

    def is_whole(self, release: str) -> bool:
        """Return whether a release is kept with every file that its manifests name, byte for byte."""
        if release not in self._whole:
            self._whole[release] = is_whole(folder_of(self.data, release))
        return self._whole[release]

    def note_whole(self, release: str) -> None:
        """Take note that a release was put in its place whole."""
        self._whole[release] = True

    def wholeness(self) -> dict[str, bool]:
        """Return of every kept release whether it is whole."""
        return {release: self.is_whole(release) for release in kept_ids(self.data)}

    def whole_releases(self) -> tuple[str, ...]:
        """Return the ids of the kept releases that are whole, newest first."""
        return tuple(release for release in kept_ids(self.data) if self.is_whole(release))

    def summarise(self, release: str) -> ReleaseSummary:
        """Return what is known of one release, also of a damaged one."""
        current = release == current_id(self.data)
        try:
            tiers = read_manifests(folder_of(self.data, release))
            tables = [entry for manifest in tiers.values() for entry in manifest["tables"].values()]
            return ReleaseSummary(
                release=release,
                current=current,
                tiers=tuple(tiers),
                newest_as_of=str(tiers["public"]["newest_as_of"]),
                contract_version=str(tiers["public"]["contract_version"]),
                rows=sum(int(entry["rows"]) for entry in tables),
                size=sum(int(entry["bytes"]) for entry in tables),
                whole=self.is_whole(release),
            )
        except _DAMAGED:
            return ReleaseSummary(release, current, (), "", "", 0, 0, whole=False)


def list_releases(data: Path) -> tuple[ReleaseSummary, ...]:
    """Return the releases that are kept, newest first."""
    catalogue = Catalogue(data)
    return tuple(catalogue.summarise(release) for release in kept_ids(data))


def current_id(data: Path) -> str | None:
    """Return the id the pointer names, if that release is there."""
    try:
        written = (data / POINTER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return written if is_release_id(written) and folder_of(data, written).is_dir() else None


def set_current(data: Path, release: str) -> None:
    """Make a release the current one, in one step. Raises ``OSError``."""
    replace_durably(data / POINTER, f"{release}\n".encode())


def read_manifests(release: Path) -> dict[str, dict[str, Any]]:
    """Return the manifest of each tier. Raises ``OSError``, ``ValueError``, ``KeyError`` when damaged."""
    first = json.loads((release / "public" / MANIFEST).read_text("utf-8"))
    return {
        tier: first if tier == "public" else json.loads((release / tier / MANIFEST).read_text("utf-8"))
        for tier in first["tiers"]
    }


def is_whole(folder: Path) -> bool:
    """Return whether every file that the manifests of a release name is there, byte for byte."""
    try:
        for tier, manifest in read_manifests(folder).items():
            files = {f"{name}.parquet": entry for name, entry in manifest["tables"].items()}
            for name, entry in {**files, CONTRACT: manifest["contract"]}.items():
                if sha256(folder / tier / name) != entry["sha256"]:
                    return False
    except _DAMAGED:
        return False
    return True


def kept_ids(data: Path) -> tuple[str, ...]:
    """Return the ids of the releases that are kept, newest first, whole or not."""
    folder = data / RELEASES
    if not folder.is_dir():
        return ()
    kept = [path for path in folder.iterdir() if path.is_dir() and is_release_id(path.name)]
    return tuple(path.name for path in sorted(kept, key=_age))


def _age(release: Path) -> tuple[int, str]:
    return (-release.stat().st_mtime_ns, release.name)


def prune_releases(data: Path, *, keep: int = KEPT, spare: str | None = None) -> tuple[str, ...]:
    """Remove the oldest releases beyond ``keep``, never the current one nor ``spare``; return their ids."""
    spared = {current_id(data), spare}
    going = [release for release in kept_ids(data)[max(keep, 1) :] if release not in spared]
    for release in going:
        gone = data / RELEASES / f".tmp-pruned-{release}"
        folder_of(data, release).rename(gone)
        shutil.rmtree(gone)
    if going:
        sync_folder(data / RELEASES)
    return tuple(going)
