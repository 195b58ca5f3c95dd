"""Copies what apps read to another place: a bucket of an object store, or a folder that others mount.

The order makes every moment safe: what is newly withdrawn goes first, then the files of releases, the
changelogs, and the pointer; what is shown again comes after it, and what is no longer kept is removed last. A
place takes the public tier only, unless it was made for the NGO tier at its first push.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from utils.curation.progress import Progress
from utils.releases.catalogue import Catalogue, current_id, read_manifests
from utils.releases.durable_files import replace_durably
from utils.releases.layout import (
    CHANGES,
    CONTRACT,
    HIDDEN,
    MANIFEST,
    POINTER,
    RELEASES,
    file_key,
    folder_of,
    is_release_id,
)
from utils.releases.lock import publisher_lock
from utils.releases.withdrawals import (
    Withdrawal,
    WithdrawalsDamaged,
    parse_withdrawals,
    read_withdrawals,
    serialise_withdrawals,
    withdrawn_releases,
)
from utils.storage import Folder, Storage, open_storage

TIERS: Final = {"public": ("public",), "ngo": ("public", "ngo")}
"""What a place may hold, by the tier it is made for."""
MARK: Final = "TIER"
"""The file in which a place says for which tier it is made."""
_PUSHED: Final = ".pushed"


class NotForThisPlace(Exception):
    """The place is made for the public tier, or holds what it may not; nothing was copied."""

    def __init__(self, *, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place


class NothingToPush(Exception):
    """There is no whole current release here; nothing was copied."""

    def __init__(self, *, data: Path) -> None:
        super().__init__(f"{data.name}/ has no whole current release; publish first")


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: the release that is current there, files copied, already there, removed."""

    place: str
    tier: str
    release: str
    copied: int
    kept: int
    removed: int


def push(data: Path, to: str, *, tier: str = "public", report: Progress, wait: bool = False) -> Pushed:
    """Bring a place up to date with the releases kept in ``data``.

    Files that are there with the same size and content are left. Releases that were withdrawn or are no
    longer kept are removed there, after the pointer has left them. Raises :class:`NotForThisPlace`,
    :class:`NothingToPush`, :class:`utils.storage.BadStorageName`, :class:`utils.releases.lock.Busy` or
    ``OSError``, of which :class:`utils.storage.Changed` where another machine moved the pointer meanwhile.
    """
    place = open_storage(to)
    with publisher_lock(data, chore="push", wait=wait):
        catalogue = Catalogue(data)
        current = current_id(data)
        if isinstance(place, Folder) and place.root.resolve() == data.resolve():
            raise NotForThisPlace(place=place.name, reason="it is where the releases are made")
        if current is None or not catalogue.is_whole(current):
            raise NothingToPush(data=data)
        tiers = TIERS[tier]
        there = _releases_of(place)
        _claim(place, tier, there)
        pointer = _stamp_of(place, POINTER)
        report("hide", "")
        for name in tiers:
            _hide_first(place, name, read_withdrawals(data, name))
        gone = withdrawn_releases(data)
        kept = [release for release in catalogue.whole_releases() if release not in gone]
        kept = [*(release for release in kept if release != current), current]
        copied = before = 0
        for release in kept:
            report("copy", release)
            for key, source in _files(data, release, tiers):
                if key in there and place.holds(key, source):
                    before += 1
                else:
                    place.put(key, source)
                    copied += 1
        report("switch", current)
        for name in tiers:
            key = f"{CHANGES}/{name}.jsonl"
            place.write(key, (data / key).read_bytes() if (data / key).exists() else b"")
        place.write(POINTER, f"{current}\n".encode(), replaces=pointer)
        for name in tiers:
            place.write(_list_key(name), serialise_withdrawals(read_withdrawals(data, name)))
        report("clear", "")
        removed = _clear(place, frozenset(kept))
        _remember(data, tier, to)
    return Pushed(place.name, tier, current, copied, before, removed)


def _claim(place: Storage, tier: str, there: frozenset[str]) -> None:
    """Refuse a place that is made for another tier; mark a new one."""
    try:
        made_for = place.read(MARK, most=100).decode("ascii", "replace").strip()
    except FileNotFoundError:
        made_for = ""
    if made_for and made_for != tier:
        raise NotForThisPlace(place=place.name, reason=f"it was made for the {made_for} tier")
    if tier == "public" and any("/ngo/" in key for key in there):
        raise NotForThisPlace(place=place.name, reason="it holds files of the NGO tier")
    if not made_for:
        place.write(MARK, f"{tier}\n".encode())


def _releases_of(place: Storage) -> frozenset[str]:
    try:
        return place.keys(RELEASES)
    except FileNotFoundError:
        return frozenset()


def _stamp_of(place: Storage, key: str) -> str:
    try:
        return place.stamp(key)
    except FileNotFoundError:
        return ""


def _files(data: Path, release: str, tiers: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """Yield key and file of a release; the manifest that vouches for the others comes last."""
    for tier, manifest in read_manifests(folder_of(data, release)).items():
        if tier in tiers:
            names = [f"{table}.parquet" for table in sorted(manifest["tables"])]
            for name in (*names, CONTRACT, MANIFEST):
                yield file_key(release, tier, name), folder_of(data, release) / tier / name


def _list_key(tier: str) -> str:
    return f"{HIDDEN}/{tier}.json"


def _hide_first(place: Storage, tier: str, items: Sequence[Withdrawal]) -> None:
    """Withdraw there at once what is withdrawn here; what is shown again here stays withdrawn for now."""
    key = _list_key(tier)
    try:
        there = parse_withdrawals(place.read(key, most=1_000_000), Path(key))
    except (FileNotFoundError, WithdrawalsDamaged):
        there = ()
    place.write(key, serialise_withdrawals(sorted({*items, *there})))


def _clear(place: Storage, kept: frozenset[str]) -> int:
    """Remove the releases that are not ``kept``, manifests first, so that none looks whole."""
    going = [key for key in _releases_of(place) if _is_of_another(key, kept)]
    for key in sorted(going, key=lambda key: (not key.endswith(MANIFEST), key)):
        place.remove(key)
    return len(going)


def _is_of_another(key: str, kept: frozenset[str]) -> bool:
    release = key.split("/")[1]
    return is_release_id(release) and release not in kept


def _remember(data: Path, tier: str, to: str) -> None:
    """Note where copies are, so that nobody forgets them when something must be hidden."""
    lines = {f"{known_tier} {place}" for known_tier, place in copies(data)} | {f"{tier} {to}"}
    replace_durably(data / RELEASES / _PUSHED, "".join(f"{line}\n" for line in sorted(lines)).encode())


def copies(data: Path) -> tuple[tuple[str, str], ...]:
    """Return tier and place of every copy that was ever pushed from here."""
    path = data / RELEASES / _PUSHED
    if not path.exists():
        return ()
    with suppress(UnicodeDecodeError):
        split = (line.split(" ", 1) for line in path.read_text("utf-8").splitlines())
        return tuple((tier, place) for tier, place in (pair for pair in split if len(pair) == 2))
    return ()
