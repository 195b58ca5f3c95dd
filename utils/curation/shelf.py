"""The shelf of releases: which is current, which are whole, which are old enough to go."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from utils.curation.build import CONTRACT, MANIFEST
from utils.curation.files import is_release_id, replace_durably, settle, sha256

KEPT: Final = 10
POINTER: Final = "CURRENT"


class NoSuchRelease(Exception):
    """The release that was asked for is not on the shelf, or not whole; nothing was changed."""

    def __init__(self, *, asked: str, reason: str) -> None:
        super().__init__(f"release {asked}: {reason}")
        self.asked = asked
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Shelved:
    """One release on the shelf. ``rows`` and ``size`` (bytes) are of all its tiers."""

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


def folder_of(data: Path, release: str) -> Path:
    """Return where a release stands."""
    return data / "releases" / release


def current_id(data: Path) -> str | None:
    """Return the id the pointer names, if that release is there."""
    try:
        written = (data / POINTER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return written if is_release_id(written) and folder_of(data, written).is_dir() else None


def point(data: Path, release: str) -> None:
    """Make a release the current one, in one step. Raises ``OSError``."""
    replace_durably(data / POINTER, f"{release}\n".encode())


def manifests(release: Path) -> dict[str, dict[str, Any]]:
    """Return the manifest of each tier. Raises ``OSError``, ``ValueError``, ``KeyError`` when damaged."""
    first = json.loads((release / "public" / MANIFEST).read_text("utf-8"))
    return {
        tier: first if tier == "public" else json.loads((release / tier / MANIFEST).read_text("utf-8"))
        for tier in first["tiers"]
    }


def is_whole(release: Path) -> bool:
    """Return whether every file that the manifests of a release name is there, byte for byte."""
    try:
        for tier, manifest in manifests(release).items():
            files = {f"{name}.parquet": entry for name, entry in manifest["tables"].items()}
            for name, entry in {**files, CONTRACT: manifest["contract"]}.items():
                if sha256(release / tier / name) != entry["sha256"]:
                    return False
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    return True


def shelf(data: Path) -> tuple[Shelved, ...]:
    """Return the releases that are kept, newest first."""
    return tuple(shelved(data, release) for release in kept_ids(data))


def kept_ids(data: Path) -> tuple[str, ...]:
    """Return the ids of the releases that are kept, newest first, whole or not."""
    folder = data / "releases"
    if not folder.is_dir():
        return ()
    kept = [path for path in folder.iterdir() if path.is_dir() and is_release_id(path.name)]
    return tuple(path.name for path in sorted(kept, key=_age))


def _age(release: Path) -> tuple[int, str]:
    return (-release.stat().st_mtime_ns, release.name)


def shelved(data: Path, name: str) -> Shelved:
    """Return what is known of one release, also of a damaged one."""
    release = folder_of(data, name)
    current = name == current_id(data)
    try:
        tiers = manifests(release)
        tables = [entry for manifest in tiers.values() for entry in manifest["tables"].values()]
        return Shelved(
            release=release.name,
            current=current,
            tiers=tuple(tiers),
            newest_as_of=str(tiers["public"]["newest_as_of"]),
            contract_version=str(tiers["public"]["contract_version"]),
            rows=sum(int(entry["rows"]) for entry in tables),
            size=sum(int(entry["bytes"]) for entry in tables),
            whole=is_whole(release),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Shelved(release.name, current, (), "", "", 0, 0, whole=False)


def prune(data: Path, *, keep: int = KEPT, spare: str | None = None) -> tuple[str, ...]:
    """Remove the oldest releases beyond ``keep``, never the current one nor ``spare``; return their ids."""
    spared = {current_id(data), spare}
    going = [release for release in kept_ids(data)[max(keep, 1) :] if release not in spared]
    for release in going:
        gone = data / "releases" / f".tmp-pruned-{release}"
        folder_of(data, release).rename(gone)
        shutil.rmtree(gone)
    if going:
        settle(data / "releases")
    return tuple(going)
