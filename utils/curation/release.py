"""Makes a release: checked and redacted apart, under limits, then switched on in one step."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from utils.curation import history, withdrawals
from utils.curation.changes import Change, changes
from utils.curation.child import Checked, ReleaseRefused, WorkerFailed, build_apart, secret_apart
from utils.curation.contract import CONTRACT, PUBLIC_RULES, ContractError
from utils.curation.files import release_id, settle
from utils.curation.history import Event
from utils.curation.lock import alone
from utils.curation.read import Problem
from utils.curation.shelf import (
    KEPT,
    NoSuchRelease,
    current_id,
    folder_of,
    is_whole,
    point,
    prune,
    shelved,
)
from utils.curation.stage import look_at_pages
from utils.curation.telling import (
    PlainSecret,
    catch_up,
    entry_of,
    reason_for_all,
    refuse_telling_reason,
    tell_switch,
)
from utils.curation.worker import Limits, Tell

TIERS = ("public", "ngo")


class InputsChanged(Exception):
    """The curated files changed while they were read; nothing was published. Publish again."""

    def __init__(self, *, data: Path) -> None:
        super().__init__(f"files of {data.name}/curated changed during the release; publish again")


@dataclass(frozen=True, slots=True)
class Published:
    """The release that is current after the call, and what stood in the way of a newer one.

    ``held`` is the release that the curated files would give, had it not been withdrawn.
    """

    release_id: str
    problems: tuple[Problem, ...] = ()
    held: str = ""


def _silent(step: str, detail: str) -> None:
    """Tell nobody."""


def inputs_digest(data: Path) -> str:
    """Return the SHA-256 of the curated files, the contract, the public rules and this code."""
    digest = hashlib.sha256()
    code = sorted(Path(__file__).parent.rglob("*.py"))
    files = sorted(path for path in (data / "curated").rglob("*") if path.is_file())
    for path in [data / CONTRACT, data / PUBLIC_RULES, *files, *code]:
        digest.update(f"{path.parent.name}/{path.name} {path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def inputs_id(data: Path) -> str:
    """Return the id that the curated files and this code give: same inputs, same id."""
    return release_id(inputs_digest(data))


def _unheeded(checked: Checked) -> None:
    """Heed no warning."""


def publish(
    data: Path,
    *,
    why: str = "",
    wait: bool = True,
    limits: Limits | None = None,
    tell: Tell = _silent,
    heed: Callable[[Checked], object] = _unheeded,
) -> str:
    """Publish the curated record of ``data`` and return the release id; a no-op when up to date.

    ``why`` is told to readers beside the corrections; ``heed`` gets the warnings and accepted doubts.
    Readers see the old release until the new one is complete: it is written beside it and switched by
    one rename. Raises :class:`ReleaseRefused` with every problem, :class:`utils.curation.lock.Busy` when
    another publisher is at work and ``wait`` is false, :class:`ContractError`, :class:`InputsChanged`,
    :class:`utils.curation.history.HistoryDamaged` or ``OSError``.
    """
    digest = inputs_digest(data)
    release = release_id(digest)
    chosen = limits or Limits()
    with alone(data, chore="publish", wait=wait):
        catch_up(data, chosen)
        current = current_id(data)
        if current != release or not is_whole(folder_of(data, release)):
            event = Event(history.now(), "publish", release, current or "", why)
            secret = _ready(data, event, digest, chosen, tell, heed)
            withdrawals.show(data, "release", release)
            if current != release:
                tell("switch", release)
                point(data, release)
                tell("tell", "")
                tell_switch(data, event, secret)
                tell("prune", "")
                prune(data, keep=KEPT, spare=_before(data, release))
        withdrawals.show(data, "release", release)
    return release


def rollback(data: Path, *, to: str = "", why: str = "", wait: bool = True) -> str:
    """Make an older release current again and withdraw the one that was; return its id.

    ``to`` is a kept release; without it the release that was current before. The withdrawn release is
    no longer shown by its address, and its details leave the public changelog, since they may be what
    should never have been told. Raises :class:`NoSuchRelease`, :class:`utils.curation.lock.Busy`,
    :class:`utils.curation.history.HistoryDamaged` or ``OSError``.
    """
    with alone(data, chore="rollback", wait=wait):
        catch_up(data, Limits())
        left = current_id(data)
        wanted = to or _before(data, left or "")
        if not wanted:
            raise NoSuchRelease(asked="before this one", reason="none is kept")
        if wanted == left:
            raise NoSuchRelease(asked=wanted, reason="it is the current one")
        if not is_whole(folder_of(data, wanted)):
            raise NoSuchRelease(asked=wanted, reason="it is not kept, or not whole")
        if wanted in withdrawals.unsafe_releases(data):
            raise NoSuchRelease(asked=wanted, reason="it tells what is hidden since")
        told = reason_for_all(data, why)
        if left:
            withdrawals.hide(data, "release", left, told)
            history.forget_details(data, left)
        withdrawals.show(data, "release", wanted)
        point(data, wanted)
        tell_switch(data, Event(history.now(), "rollback", wanted, left or "", told), None)
    return wanted


def ensure_release(data: Path) -> Published:
    """Publish if the inputs changed; keep serving the older release when that is refused.

    A release that was rolled back is not brought back: only :func:`publish` does that. Raises what
    :func:`publish` raises, but only when there is no older release.
    """
    older = current_id(data)
    if older is not None and not (data / "curated").is_dir():
        return Published(older)
    try:
        wanted = inputs_id(data)
        if older is not None and wanted in withdrawals.withdrawn_releases(data):
            return Published(older, held=wanted)
        if older is not None and older == wanted and is_whole(folder_of(data, older)):
            return Published(older)
        return Published(publish(data))
    except ReleaseRefused as refused:
        problems = refused.problems
        if older is None:
            raise
    except ContractError as error:
        problems = (Problem(f"{data.name}/{CONTRACT}", 0, "", "", f"a contract ({error})", "contract"),)
        if older is None:
            raise
    except (OSError, InputsChanged, WorkerFailed) as error:
        problems = (Problem(f"{data.name}/curated", 0, "", "", f"readable files ({error})", "file"),)
        if older is None:
            raise
    return Published(current_id(data) or older, problems)


def _ready(
    data: Path, event: Event, digest: str, limits: Limits, tell: Tell, heed: Callable[[Checked], object]
) -> PlainSecret:
    """See to it that the release of an event is in its place, looked at; return what the record hides."""
    place = folder_of(data, event.release)
    if is_whole(place):
        secret = secret_apart(data, limits=limits)
        _look(data, place, event, secret, limits, tell)
        return secret
    work = Path(tempfile.mkdtemp(dir=place.parent, prefix=".tmp-"))
    try:
        built = build_apart(data, work, digest, limits=limits, tell=tell)
        heed(built.checked)
        secret = built.secret
        _look(data, work, event, secret, limits, tell)
        tell("verify", "")
        if inputs_digest(data) != digest:
            raise InputsChanged(data=data)
        if not is_whole(work):
            raise OSError(f"release {event.release} was not written whole")
        work.chmod(0o755)
        settle(work)
        tell("place", event.release)
        if place.exists():
            place.rename(place.parent / f".tmp-damaged-{place.name}")
        work.rename(place)
        settle(place.parent)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    shutil.rmtree(place.parent / f".tmp-damaged-{place.name}", ignore_errors=True)
    return secret


def _look(data: Path, folder: Path, event: Event, secret: PlainSecret, limits: Limits, tell: Tell) -> None:
    """Look at everything a reader would get, before any reader can."""
    refuse_telling_reason(event.why, secret)
    told = entry_of(data, event, "public", secret, folder=folder)
    look_at_pages(data, folder / "public", event, told, secret, limits=limits, tell=tell)


def _before(data: Path, release: str) -> str:
    """Return the newest release that was current before ``release``, is kept, and was not withdrawn."""
    gone = withdrawals.withdrawn_releases(data)
    for event in reversed(history.switches(data)):
        for known in (event.release, event.before):
            if known and known != release and known not in gone and is_whole(folder_of(data, known)):
                return known
    return ""


def difference(
    data: Path, *, limits: Limits | None = None, tell: Tell = _silent
) -> Mapping[str, tuple[Change, ...]]:
    """Return by tier what publishing the curated files now would change; nothing is published.

    Raises :class:`ReleaseRefused` with every problem, :class:`ContractError` or ``OSError``.
    """
    digest = inputs_digest(data)
    older = current_id(data)
    folder = data / "releases"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".diff-") as name:
        work = Path(name)
        build_apart(data, work, digest, limits=limits or Limits(), tell=tell)
        tell("compare", "")
        known = older is not None and is_whole(folder_of(data, older))
        return {
            tier: changes(folder_of(data, older) / tier if older and known else None, work / tier)
            for tier in TIERS
            if (work / tier).is_dir()
        }


def overview(data: Path) -> dict[str, Any]:
    """Return what is current, what waits, and what is hidden, for machines and for people."""
    from utils.curation.lock import holder

    current = current_id(data)
    waiting = inputs_id(data) if (data / "curated").is_dir() else current
    standing = shelved(data, current) if current else None
    return {
        "current": current,
        "whole": standing is not None and standing.whole,
        "tiers": sorted(standing.tiers) if standing else [],
        "newest_as_of": standing.newest_as_of if standing else "",
        "curated_gives": waiting,
        "up_to_date": waiting == current,
        "publisher": holder(data),
        "hidden": [item.as_dict() for item in withdrawals.everything(data)],
        "history": [event.as_dict() for event in history.events(data)[-10:]],
        "process": os.getpid(),
    }
