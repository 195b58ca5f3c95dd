"""The emergency switch: withdraws something from every running app, without a new release."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq

from utils.releases import history
from utils.releases.catalogue import current_id, read_manifests
from utils.releases.durable_files import replace_durably
from utils.releases.history import Event
from utils.releases.layout import HIDDEN, TIERS, folder_of
from utils.releases.lock import publisher_lock
from utils.releases.withdrawals import NGO_MAP, Kind, Withdrawal, read_withdrawals, serialise_withdrawals


class NothingToHide(Exception):
    """What was named is not in the current release, or is not hidden; nothing was changed."""

    def __init__(self, *, kind: str, name: str, reason: str) -> None:
        super().__init__(f"{kind} {name}: {reason}")
        self.kind = kind
        self.name = name


def withdraw(
    data: Path, kind: Kind, name: str, why: str, in_public: Callable[[str], str] = str
) -> tuple[str, ...]:
    """Withdraw something from the tiers that hold it; return those tiers.

    ``in_public`` makes of the reason what the public may read.

    Raises :class:`NothingToHide` when no tier of the current release holds it.
    """
    tiers = _tiers_with(data, kind, name)
    if not tiers:
        raise NothingToHide(kind=kind, name=name, reason="not in the current release")
    for tier in tiers:
        others = [item for item in read_withdrawals(data, tier) if (item.kind, item.name) != (kind, name)]
        reason = in_public(why) if tier == "public" else why
        _write(data, tier, [*others, Withdrawal(kind, name, history.now(), reason)])
    return tiers


def restore(data: Path, kind: Kind, name: str) -> tuple[str, ...]:
    """Take a withdrawal back; return the tiers that had it."""
    had = []
    for tier in TIERS:
        listed = read_withdrawals(data, tier)
        kept = [item for item in listed if (item.kind, item.name) != (kind, name)]
        if len(kept) != len(listed):
            _write(data, tier, kept)
            had.append(tier)
    return tuple(had)


def switch_withdrawal(
    data: Path,
    kind: Kind,
    name: str,
    *,
    why: str,
    undo: bool,
    wait: bool = False,
    in_public: Callable[[str], str] = str,
) -> tuple[str, ...]:
    """Hide or show something and add it to the history; return the tiers concerned.

    ``in_public`` makes of the reason what the public may read.

    Raises :class:`NothingToHide`, :class:`utils.releases.withdrawals.WithdrawalsDamaged`,
    :class:`utils.releases.lock.Busy`, :class:`utils.releases.history.HistoryDamaged` or ``OSError``.
    """
    with publisher_lock(data, chore="show" if undo else "hide", wait=wait):
        tiers = restore(data, kind, name) if undo else withdraw(data, kind, name, why, in_public)
        if not tiers:
            raise NothingToHide(kind=kind, name=name, reason="not hidden")
        current = current_id(data) or ""
        event = Event(history.now(), "show" if undo else "hide", current, current, why, f"{kind} {name}")
        history.append_event(data, event)
        for tier in tiers:
            announced = replace(event, why=in_public(why)) if tier == "public" else event
            history.append_changes(data, tier, announced, [])
    return tiers


def _tiers_with(data: Path, kind: Kind, name: str) -> tuple[str, ...]:
    """Return the tiers of the current release that hold something.

    Where the release is damaged every tier of it may: to hide too much is safe. The public file alone
    is never given the id of a site that cannot be looked up.
    """
    current = current_id(data)
    if current is None:
        return ()
    folder = folder_of(data, current)
    try:
        tiers = read_manifests(folder)
        if kind == "table":
            return tuple(tier for tier, manifest in tiers.items() if name in manifest["tables"])
        if kind == "site":
            return tuple(tier for tier in tiers if name in _sites(folder / tier, tiers[tier]["tables"]))
        standing = tuple(tiers)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        standing = tuple(tier for tier in TIERS if (folder / tier).is_dir())
        if kind == "site":
            return tuple(tier for tier in standing if tier != "public")
    if kind == "map":
        return ("ngo",) if name == NGO_MAP and "ngo" in standing else ()
    return standing


def _sites(folder: Path, tables: Container[str]) -> frozenset[str]:
    ids: set[str] = set()
    for table in ("sites", "named_sites"):
        if table in tables:
            column = pq.read_table(folder / f"{table}.parquet", columns=["site_id"])
            ids |= set(column["site_id"].to_pylist())
    return frozenset(ids)


def _write(data: Path, tier: str, items: Iterable[Withdrawal]) -> None:
    folder = data / HIDDEN
    folder.mkdir(parents=True, exist_ok=True)
    replace_durably(folder / f"{tier}.json", serialise_withdrawals(items))
