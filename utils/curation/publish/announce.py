"""Announces a switch to its readers: compared tier by tier, and to the public only what is safe now.

An older release may hold a name that is hidden since. It is not quoted in the public changelog, and
the release is no longer shown by its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from utils.curation.contract import ContractError
from utils.curation.disclosure.leak_scan import drop_disclosures, scan_folder
from utils.curation.disclosure.protected_values import Plain, from_plain
from utils.curation.problems import Problem
from utils.curation.publish.comparison import compare_tiers
from utils.curation.publish.errors import ReleaseRefused
from utils.curation.publish.record_tasks import protected_in_sandbox
from utils.curation.publish.sandbox import Limits, SandboxFailed
from utils.curation.publish.withdraw import withdraw
from utils.releases import history
from utils.releases.catalogue import Catalogue, current_id, kept_ids, read_manifests
from utils.releases.changes import Change
from utils.releases.history import Event
from utils.releases.layout import folder_of
from utils.releases.withdrawals import UNSAFE, withdrawn_releases

_UNREADABLE: Final = (ReleaseRefused, SandboxFailed, ContractError, OSError)


def compare(catalogue: Catalogue, old: str, new: Path, tier: str) -> tuple[Change, ...]:
    """Return what differs in one tier between a kept release and the one in the folder ``new``.

    Nothing when the older one is gone, or damaged.
    """
    before = folder_of(catalogue.data, old)
    known = bool(old) and catalogue.is_whole(old) and (before / tier).is_dir()
    return compare_tiers(before / tier if known else None, new / tier)


def changes_for_tier(
    catalogue: Catalogue, event: Event, tier: str, protected: Plain | None, *, folder: Path | None = None
) -> list[Mapping[str, Any]]:
    """Return the changes to announce to a tier at a switch to the release in ``folder`` (default: its place).

    A rollback is announced without changes, since the release that was left may hold what may not be
    repeated; to the public only what is safe, and nothing where it is not known what is protected.
    """
    new = folder or folder_of(catalogue.data, event.release)
    if event.event == "rollback" or (tier == "public" and protected is None):
        return []
    changes: list[Mapping[str, Any]] = [
        change.as_dict() for change in compare(catalogue, event.before, new, tier)
    ]
    if tier == "public" and protected:
        return list(drop_disclosures(from_plain(protected), changes))
    return changes


def announce_switch(catalogue: Catalogue, event: Event, protected: Plain | None) -> None:
    """Withdraw what is not safe any more, announce to each tier what changed, then write the history.

    The history comes last: a switch that is not in it was not announced, or not wholly. Raises
    :class:`utils.releases.history.HistoryDamaged` or ``OSError``.
    """
    data = catalogue.data
    if protected is not None:
        withdraw_unsafe(data, protected)
    for tier in read_manifests(folder_of(data, event.release)):
        if not history.is_announced(data, tier, event):
            changes = changes_for_tier(catalogue, event, tier, protected)
            history.append_changes(data, tier, event, changes)
    history.append_event(data, event)


def catch_up(catalogue: Catalogue, limits: Limits) -> None:
    """Announce the switch that a publisher was killed after, before it could announce it."""
    data = catalogue.data
    current = current_id(data)
    switches = history.read_switches(data)
    last = switches[-1].release if switches else ""
    if not current or current == last or not catalogue.is_whole(current):
        return
    rolled_back = last in withdrawn_releases(data)
    event = Event(history.now(), "rollback" if rolled_back else "publish", current, last)
    announce_switch(catalogue, event, None if rolled_back else protected_or_none(data, limits))


def protected_or_none(data: Path, limits: Limits) -> Plain | None:
    """Return what the record protects; ``None`` where it cannot be read, so that nothing is announced."""
    try:
        return protected_in_sandbox(data, limits=limits)
    except _UNREADABLE:
        return None


def public_reason(data: Path, why: str) -> str:
    """Return a reason that the public may read: as given, or none where it names what is hidden."""
    if not why or not (data / "curated" / "restricted").is_dir():
        return why
    protected = protected_or_none(data, Limits())
    return why if protected is not None and not from_plain(protected).is_in(why) else ""


def refuse_disclosing_reason(why: str, protected: Plain) -> None:
    """Raise :class:`ReleaseRefused` where the reason for a publication names what is hidden."""
    if why and from_plain(protected).is_in(why):
        wanted = "a reason that names no site that is not closed: readers are told it"
        raise ReleaseRefused(problems=(Problem("--why", 0, "", "withheld", wanted, "leak"),))


def withdraw_unsafe(data: Path, plain: Plain) -> None:
    """Withdraw older releases, and the details of older changes, that disclose what is hidden now."""
    protected = from_plain(plain)
    if not protected:
        return
    history.filter_changes(data, "public", lambda changes: drop_disclosures(protected, changes))
    gone = withdrawn_releases(data)
    current = current_id(data)
    for release in kept_ids(data):
        folder = folder_of(data, release) / "public"
        if release != current and release not in gone and folder.is_dir():
            try:
                unsafe = bool(scan_folder(protected, folder))
            except (OSError, ValueError):
                unsafe = True
            if unsafe:
                withdraw(data, "release", release, UNSAFE)
