"""What readers are told of a switch: compared tier by tier, and the public only what is safe now.

An older release may hold a name that is hidden since. It is not quoted in the public changelog, and
the release is no longer shown by its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from utils.curation import history, withdrawals
from utils.curation.changes import Change, changes
from utils.curation.child import ReleaseRefused, WorkerFailed, secret_apart
from utils.curation.contract import ContractError
from utils.curation.disclosure.leak_scan import leaks_in_files, safe_to_tell
from utils.curation.disclosure.protected_values import from_plain
from utils.curation.history import Event
from utils.curation.read import Problem
from utils.curation.shelf import current_id, folder_of, is_whole, kept_ids, manifests
from utils.curation.worker import Limits

_NO_SECRET: Final = (ReleaseRefused, WorkerFailed, ContractError, OSError)
PlainSecret = Mapping[str, Any]


def compare(data: Path, old: str, new: Path, tier: str) -> tuple[Change, ...]:
    """Return what differs in one tier between a kept release and the one in the folder ``new``.

    Nothing when the older one is gone, or damaged.
    """
    before = folder_of(data, old)
    known = bool(old) and is_whole(before) and (before / tier).is_dir()
    return changes(before / tier if known else None, new / tier)


def entry_of(
    data: Path, event: Event, tier: str, secret: PlainSecret | None, *, folder: Path | None = None
) -> list[Mapping[str, Any]]:
    """Return what a tier is told of a switch to the release in ``folder`` (its place, unless given).

    Of a rollback only the event is told, since the release that was left may hold what may not be
    repeated; in public what is safe to tell, and nothing where what is hidden is not known.
    """
    new = folder or folder_of(data, event.release)
    if event.event == "rollback" or (tier == "public" and secret is None):
        return []
    found: list[Mapping[str, Any]] = [change.as_dict() for change in compare(data, event.before, new, tier)]
    return list(safe_to_tell(from_plain(secret), found)) if tier == "public" and secret else found


def tell_switch(data: Path, event: Event, secret: PlainSecret | None) -> None:
    """Withdraw what is not safe any more, tell each tier what a switch changed, then add it to the history.

    The history comes last: a switch that is not in it was not told, or not wholly. Raises
    :class:`utils.curation.history.HistoryDamaged` or ``OSError``.
    """
    if secret is not None:
        withdraw_unsafe(data, secret)
    for tier in manifests(folder_of(data, event.release)):
        if not history.was_told(data, tier, event):
            history.add_changes(data, tier, event, entry_of(data, event, tier, secret))
    history.add(data, event)


def catch_up(data: Path, limits: Limits) -> None:
    """Tell the switch that a publisher was killed after, before it could tell it."""
    current = current_id(data)
    known = history.switches(data)
    last = known[-1].release if known else ""
    if not current or current == last or not is_whole(folder_of(data, current)):
        return
    rolled_back = last in withdrawals.withdrawn_releases(data)
    event = Event(history.now(), "rollback" if rolled_back else "publish", current, last)
    tell_switch(data, event, None if rolled_back else secret_or_none(data, limits))


def secret_or_none(data: Path, limits: Limits) -> PlainSecret | None:
    """Return what the record hides; ``None`` where it cannot be read, so that nothing is told."""
    try:
        return secret_apart(data, limits=limits)
    except _NO_SECRET:
        return None


def reason_for_all(data: Path, why: str) -> str:
    """Return a reason that the public may read: as given, or none where it names what is hidden."""
    if not why or not (data / "curated" / "restricted").is_dir():
        return why
    secret = secret_or_none(data, Limits())
    return why if secret is not None and not from_plain(secret).tells(why) else ""


def refuse_telling_reason(why: str, secret: PlainSecret) -> None:
    """Raise :class:`ReleaseRefused` where the reason for a publication names what is hidden."""
    if why and from_plain(secret).tells(why):
        wanted = "a reason that names no site that is not closed: readers are told it"
        raise ReleaseRefused(problems=(Problem("--why", 0, "", "withheld", wanted, "leak"),))


def withdraw_unsafe(data: Path, secret: PlainSecret) -> None:
    """Withdraw older releases, and the details of older changes, that tell what is hidden now."""
    known = from_plain(secret)
    if not known:
        return
    history.forget_where(data, "public", lambda changes: safe_to_tell(known, changes))
    gone = withdrawals.withdrawn_releases(data)
    current = current_id(data)
    for release in kept_ids(data):
        folder = folder_of(data, release) / "public"
        if release != current and release not in gone and folder.is_dir():
            try:
                unsafe = bool(leaks_in_files(known, folder))
            except (OSError, ValueError):
                unsafe = True
            if unsafe:
                withdrawals.hide(data, "release", release, withdrawals.UNSAFE)
