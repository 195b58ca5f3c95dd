"""Reads the current release of one tier. Pages never see curated files.

A release is immutable: its tables are read once, verified against the manifest, and shared as
read-only frames. A missing or damaged table takes down only what asks for it
(:class:`TableUnavailable`). The tier is part of a release's identity, hence of every cache key.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Final, Literal, ParamSpec, TypeVar, cast

import pandas as pd
import pyarrow.dataset as ds

from utils.curation.release import ensure_release

Tier = Literal["public", "ngo"]
TIERS: Final[tuple[Tier, ...]] = ("public", "ngo")
POINTER_SECONDS: Final = 15.0
_ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{5,63}")

P = ParamSpec("P")
R = TypeVar("R")


class StoreError(Exception):
    """A release cannot be read."""


class NoRelease(StoreError):
    """There is no release of the asked tier under the data folder."""

    def __init__(self, *, tier: str, folder: Path, reason: str) -> None:
        super().__init__(f"no release of tier {tier!r} in {folder.name}/: {reason}")
        self.tier = tier
        self.reason = reason


class TableUnavailable(StoreError):
    """One table is missing, damaged or not part of this tier; everything else still works."""

    def __init__(self, *, table: str, tier: str, reason: str) -> None:
        super().__init__(f"table {table!r} ({tier}): {reason}")
        self.table = table
        self.tier = tier
        self.reason = reason


def data_folder() -> Path:
    """Return the data folder: ``SAMAKI_DATA`` or ``data/`` beside the app."""
    return Path(os.environ.get("SAMAKI_DATA", Path(__file__).parent.parent / "data"))


@dataclass(frozen=True, eq=False)
class Release:
    """One published release of one tier. Frames are shared: treat them as read-only."""

    release_id: str
    tier: Tier
    folder: Path
    manifest: Mapping[str, Any]
    _frames: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    _memory: dict[object, object] = field(default_factory=dict, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def __hash__(self) -> int:
        return hash((self.release_id, self.tier))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Release) and (self.release_id, self.tier, self.folder) == (
            other.release_id,
            other.tier,
            other.folder,
        )

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables this tier should hold, by the manifest."""
        return tuple(sorted(self._entries()))

    def _entries(self) -> Mapping[str, Mapping[str, Any]]:
        return cast(Mapping[str, Mapping[str, Any]], self.manifest["tables"])

    def is_streamed(self, table: str) -> bool:
        """Return whether a table is too long for :meth:`table` and is read by :meth:`dataset`."""
        return bool(self._entries().get(table, {}).get("streamed"))

    def dataset(self, table: str) -> ds.Dataset:
        """Return a table as an Arrow dataset that reads only what is asked of it.

        Raises :class:`TableUnavailable`.
        """
        path = self.path(table)
        if table not in self._entries() or not path.exists():
            raise TableUnavailable(table=table, tier=self.tier, reason="not part of this release")
        return ds.dataset(path, format="parquet")

    def path(self, table: str) -> Path:
        """Return the Parquet file of ``table``."""
        return self.folder / f"{table}.parquet"

    def table(self, table: str) -> pd.DataFrame:
        """Return ``table`` as a frame: text columns hold ``""`` for empty, dates are ``datetime64``.

        Raises :class:`TableUnavailable` when the file is missing, damaged or not of this tier.
        """
        with self._lock:
            frame = self._frames.get(table)
            if frame is None:
                frame = self._frames[table] = self._read(table)
            return frame

    def _read(self, table: str) -> pd.DataFrame:
        entry = self._entries().get(table)
        if entry is None:
            raise TableUnavailable(table=table, tier=self.tier, reason="not part of this release")
        if entry.get("streamed"):
            raise TableUnavailable(table=table, tier=self.tier, reason="too long to be read whole")
        path = self.path(table)
        try:
            content = path.read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise TableUnavailable(table=table, tier=self.tier, reason=reason) from error
        if hashlib.sha256(content).hexdigest() != entry["sha256"]:
            raise TableUnavailable(
                table=table,
                tier=self.tier,
                reason="damaged: its checksum differs from the manifest",
            )
        frame = pd.read_parquet(path)
        for column in frame.columns:
            kind = frame[column].dtype
            if pd.api.types.is_string_dtype(kind) or pd.api.types.is_object_dtype(kind):
                values = frame[column]
                if len(values) and hasattr(next((v for v in values if v is not None), ""), "isoformat"):
                    frame[column] = pd.to_datetime(values)
                else:
                    frame[column] = values.fillna("").astype(object)
        return frame

    def contract(self) -> Mapping[str, Any]:
        """Return the tables' contract (Frictionless data package) of this tier."""
        with self._lock:
            if "contract" not in self._memory:
                path = self.folder / "datapackage.json"
                try:
                    self._memory["contract"] = json.loads(path.read_text(encoding="utf-8"))
                except (OSError, ValueError) as error:
                    raise TableUnavailable(
                        table="datapackage.json", tier=self.tier, reason=type(error).__name__
                    ) from error
            return cast(Mapping[str, Any], self._memory["contract"])

    def remember(self, key: object, make: Callable[[], R]) -> R:
        """Return what ``make`` gave for ``key`` in this release and tier, computing it once."""
        with self._lock:
            if key not in self._memory:
                self._memory[key] = make()
            return cast(R, self._memory[key])


def per_release(
    function: Callable[Concatenate[Release, P], R],
) -> Callable[Concatenate[Release, P], R]:
    """Compute ``function(release, *args)`` once for each release, tier and arguments."""

    @wraps(function)
    def remembered(release: Release, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (function.__module__, function.__qualname__, args, tuple(sorted(kwargs.items())))
        return release.remember(key, lambda: function(release, *args, **kwargs))

    return cast(Callable[Concatenate[Release, P], R], remembered)


_current: dict[tuple[Path, Tier], tuple[float, Release]] = {}
_current_lock = threading.Lock()


def current(tier: Tier, folder: Path | None = None) -> Release:
    """Return the current release of ``tier``; the pointer is read again every 15 seconds at most.

    Keeps serving the last good release when the pointer names one that cannot be read.
    Raises :class:`NoRelease` when there has never been one.
    """
    root = folder or data_folder()
    with _current_lock:
        known = _current.get((root, tier))
        now = time.monotonic()
        if known and now - known[0] < POINTER_SECONDS:
            return known[1]
        try:
            release = _open(root, tier, known[1] if known else None)
        except NoRelease:
            if known is None:
                raise
            release = known[1]
        _current[(root, tier)] = (now, release)
        return release


def _open(root: Path, tier: Tier, known: Release | None) -> Release:
    if not (root / "CURRENT").exists():
        ensure_release(root)
    try:
        release_id = (root / "CURRENT").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NoRelease(tier=tier, folder=root, reason="the pointer cannot be read") from error
    if not _ID.fullmatch(release_id):
        raise NoRelease(tier=tier, folder=root, reason="the pointer names no valid release")
    if known and known.release_id == release_id:
        return known
    base = root / "releases" / release_id
    try:
        manifest = json.loads((base / tier / "manifest.json").read_text(encoding="utf-8"))
        manifest["tables"]  # a manifest without tables is no manifest
    except (OSError, ValueError, KeyError) as error:
        raise NoRelease(tier=tier, folder=root, reason="its manifest cannot be read") from error
    return Release(release_id=release_id, tier=tier, folder=base / tier, manifest=manifest)


def warm() -> None:
    """Open the release of the process's tier and read its tables, so that no visitor waits."""
    tier: Tier = "ngo" if os.environ.get("SAMAKI_TIER") == "ngo" else "public"
    release = current(tier)
    for table in release.tables:
        if not release.is_streamed(table):
            release.table(table)
