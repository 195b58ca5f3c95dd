"""Reads the releases of one tier, from a folder or an object store. Pages never see curated files.

A release is immutable: every file is verified against its manifest before the release is shown, and it
is taken as a whole. The last good one stays in memory; :func:`state` says when an older one is shown and
why. What the curator withdraws (``hidden/<tier>.json``) vanishes from every release within a minute. The
tier and what is withdrawn are part of a release's identity, hence of every cache key.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from utils.releases.cache import ReleaseCache, ServedState
from utils.releases.errors import (
    NoRelease,
    NotKept,
    ReleaseWithdrawn,
    StoreError,
    TableUnavailable,
    TableWithdrawn,
)
from utils.releases.layout import TIERS, Tier
from utils.releases.release import Release, per_release
from utils.storage import BadStorageName, Storage, open_storage

__all__ = (
    "TIERS",
    "NoRelease",
    "NotKept",
    "Release",
    "ReleaseWithdrawn",
    "ServedState",
    "StoreError",
    "TableUnavailable",
    "TableWithdrawn",
    "Tier",
    "changelog",
    "current",
    "data_folder",
    "look",
    "per_release",
    "released",
    "served",
    "state",
    "warm",
    "watched",
)
POINTER_SECONDS: Final = 15.0
"""The longest time between two looks at the pointer; ``SAMAKI_POINTER_SECONDS`` may shorten it."""
_SHORTEST_SECONDS: Final = 0.05
_CACHES: Final = 4
_caches: OrderedDict[tuple[str, Tier], ReleaseCache] = OrderedDict()
_lock = threading.Lock()


def data_place() -> str:
    """Return where the data lies: ``SAMAKI_DATA``, a folder or ``s3://…``, or ``data/`` beside the app."""
    return os.environ.get("SAMAKI_DATA") or str(Path(__file__).parents[2] / "data")


def data_folder() -> Path:
    """Return the data folder of this machine. Raises :class:`BadStorageName` when the data lies elsewhere."""
    name = data_place()
    if "://" in name:
        raise BadStorageName(expected="a folder of this machine")
    return Path(name)


def _seconds() -> float:
    try:
        asked = float(os.environ.get("SAMAKI_POINTER_SECONDS", POINTER_SECONDS))
    except ValueError:
        return POINTER_SECONDS
    return min(max(asked, _SHORTEST_SECONDS), POINTER_SECONDS)


def _cache(tier: Tier, folder: Path | Storage | None = None) -> ReleaseCache:
    """Return the cache of a tier in a place. Raises :class:`NoRelease` when the place has no proper name."""
    place: Storage | None = None
    if folder is None or isinstance(folder, Path):
        name = data_place() if folder is None else str(folder)
    else:
        place, name = folder, folder.name
    with _lock:
        cache = _caches.get((name, tier))
        if cache is None:
            try:
                cache = ReleaseCache(place or open_storage(name), tier, seconds=_seconds())
            except BadStorageName as error:
                raise NoRelease(tier=tier, where="the place of the data", reason=str(error)) from error
            _caches[name, tier] = cache
            while len(_caches) > _CACHES:
                _caches.popitem(last=False)
        _caches.move_to_end((name, tier))
        return cache


def current(tier: Tier, folder: Path | None = None) -> Release:
    """Return the current release of ``tier``; the pointer is read again every 15 seconds at most.

    Keeps serving the last good release when the pointer names one that cannot be read whole. Raises
    :class:`NoRelease` when there has never been one.
    """
    return _cache(tier, folder).current()


def released(tier: Tier, release_id: str, folder: Path | None = None) -> Release:
    """Return a kept release by its id: each keeps an address.

    Raises :class:`NotKept`, :class:`ReleaseWithdrawn` with the curator's reason, or :class:`NoRelease`.
    """
    return _cache(tier, folder).released(release_id)


def changelog(tier: Tier, folder: Path | None = None) -> tuple[Mapping[str, Any], ...]:
    """Return the entries of ``changes/<tier>.jsonl``: what each event changed for the tier, oldest first.

    Raises :class:`TableUnavailable` when it cannot be read and was not read before.
    """
    return _cache(tier, folder).changelog()


def state(tier: Tier, folder: Path | None = None) -> ServedState:
    """Return which release is served, whether it is an older one and why; never waits."""
    return _cache(tier, folder).state()


def served(tier: Tier, folder: Path | None = None) -> Release | None:
    """Return the release that is served, without looking for a newer one; never waits."""
    return _cache(tier, folder).served()


def look(tier: Tier, folder: Path | None = None) -> ServedState:
    """Look now, and wait for it; return what is served then."""
    return _cache(tier, folder).look()


@contextmanager
def watched(tier: Tier) -> Iterator[None]:
    """Look at the pointer and the withdrawals again and again, whether anybody visits or not."""
    with _cache(tier).watched():
        yield


def warm() -> None:
    """Load the release of the process's tier, so that no visitor waits."""
    current("ngo" if os.environ.get("SAMAKI_TIER") == "ngo" else "public")
