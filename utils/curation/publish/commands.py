"""The curator's commands on releases: publish, roll back, ensure, compare, and the state of all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from utils.curation.check import CheckResult
from utils.curation.contract import ContractError
from utils.curation.problems import Problem
from utils.curation.progress import Progress, no_progress
from utils.curation.publish.announce import announce_switch, catch_up, compare, public_reason
from utils.curation.publish.candidate import Candidate, Inspection, ignore_warnings
from utils.curation.publish.errors import InputsChanged, ReleaseRefused
from utils.curation.publish.inputs import inputs_digest, inputs_id
from utils.curation.publish.record_tasks import build_in_sandbox
from utils.curation.publish.sandbox import Limits, SandboxFailed
from utils.curation.publish.steps import STEPS, release_before
from utils.curation.publish.withdraw import restore, withdraw
from utils.releases import history
from utils.releases.catalogue import Catalogue, NoSuchRelease, current_id, set_current
from utils.releases.changes import Change
from utils.releases.history import Event
from utils.releases.layout import CONTRACT, RELEASES, TIERS, folder_of, release_id
from utils.releases.lock import lock_holder, publisher_lock
from utils.releases.withdrawals import list_withdrawals, unsafe_releases, withdrawn_releases


@dataclass(frozen=True, slots=True)
class Published:
    """The release that is current after the call, and what stood in the way of a newer one.

    ``held`` is the release that the curated files would give, had it not been withdrawn.
    """

    release_id: str
    problems: tuple[Problem, ...] = ()
    held: str = ""


def publish(
    data: Path,
    *,
    inspection: Inspection,
    why: str = "",
    wait: bool = True,
    limits: Limits | None = None,
    report: Progress = no_progress,
    on_warnings: Callable[[CheckResult], object] = ignore_warnings,
) -> str:
    """Publish the curated record of ``data`` and return the release id; a no-op when up to date.

    ``inspection`` looks at the pages before readers can; readers see ``why`` beside the corrections;
    ``on_warnings`` gets what was checked. Readers see the old release until the new one is complete: it
    is written beside it and switched by one rename. Raises :class:`ReleaseRefused` with every problem,
    :class:`utils.releases.lock.Busy` when another publisher is at work and ``wait`` is false,
    :class:`ContractError`, :class:`InputsChanged`, :class:`SandboxFailed`,
    :class:`utils.releases.history.HistoryDamaged` or ``OSError``.
    """
    digest = inputs_digest(data)
    release = release_id(digest)
    limits = limits or Limits()
    with publisher_lock(data, chore="publish", wait=wait):
        catalogue = Catalogue(data)
        catch_up(catalogue, limits)
        current = current_id(data) or ""
        if current == release and catalogue.is_whole(release):
            restore(data, "release", release)
            return release
        candidate = Candidate(
            data,
            digest,
            catalogue,
            folder=folder_of(data, release),
            before=current,
            why=why,
            limits=limits,
            report=report,
            on_warnings=on_warnings,
            inspection=inspection,
        )
        try:
            for step in STEPS:  # build, inspect, place, switch, announce, prune
                step(candidate)
        finally:
            candidate.discard()
    return release


def rollback(data: Path, *, to: str = "", why: str = "", wait: bool = True) -> str:
    """Make an older release current again and withdraw the one that was; return its id.

    ``to`` is a kept release; without it the release that was current before. The withdrawn release is
    no longer shown by its address, and its details leave the public changelog, since they may be what
    should never have been published. Raises :class:`NoSuchRelease`, :class:`utils.releases.lock.Busy`,
    :class:`utils.releases.history.HistoryDamaged` or ``OSError``.
    """
    with publisher_lock(data, chore="rollback", wait=wait):
        catalogue = Catalogue(data)
        catch_up(catalogue, Limits())
        left = current_id(data)
        wanted = to or release_before(catalogue, left or "")
        if not wanted:
            raise NoSuchRelease(asked="before this one", reason="none is kept")
        if wanted == left:
            raise NoSuchRelease(asked=wanted, reason="it is the current one")
        if not catalogue.is_whole(wanted):
            raise NoSuchRelease(asked=wanted, reason="it is not kept, or not whole")
        if wanted in unsafe_releases(data):
            raise NoSuchRelease(asked=wanted, reason="it tells what is hidden since")
        reason = public_reason(data, why)
        if left:
            withdraw(data, "release", left, reason)
            history.forget_details(data, left)
        restore(data, "release", wanted)
        set_current(data, wanted)
        announce_switch(catalogue, Event(history.now(), "rollback", wanted, left or "", reason), None)
    return wanted


def ensure_release(data: Path, *, inspection: Inspection) -> Published:
    """Publish if the inputs changed; keep serving the older release when that is refused.

    A release that was rolled back is not brought back: only :func:`publish` does that. Raises what
    :func:`publish` raises, but only when there is no older release.
    """
    older = current_id(data)
    if older is not None and not (data / "curated").is_dir():
        return Published(older)
    try:
        wanted = inputs_id(data)
        if older is not None and wanted in withdrawn_releases(data):
            return Published(older, held=wanted)
        if older is not None and older == wanted and Catalogue(data).is_whole(older):
            return Published(older)
        return Published(publish(data, inspection=inspection))
    except ReleaseRefused as refused:
        problems = refused.problems
        if older is None:
            raise
    except ContractError as error:
        problems = (Problem(f"{data.name}/{CONTRACT}", 0, "", "", f"a contract ({error})", "contract"),)
        if older is None:
            raise
    except (OSError, InputsChanged, SandboxFailed) as error:
        problems = (Problem(f"{data.name}/curated", 0, "", "", f"readable files ({error})", "file"),)
        if older is None:
            raise
    return Published(current_id(data) or older, problems)


def diff_release(
    data: Path, *, limits: Limits | None = None, report: Progress = no_progress
) -> Mapping[str, tuple[Change, ...]]:
    """Return by tier what publishing the curated files now would change; nothing is published.

    Raises :class:`ReleaseRefused` with every problem, :class:`ContractError` or ``OSError``.
    """
    digest = inputs_digest(data)
    older = current_id(data) or ""
    folder = data / RELEASES
    folder.mkdir(parents=True, exist_ok=True)
    catalogue = Catalogue(data)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".diff-") as name:
        work = Path(name)
        whole = catalogue.wholeness()
        build_in_sandbox(data, work, digest, limits=limits or Limits(), report=report, whole=whole)
        report("compare", "")
        return {tier: compare(catalogue, older, work, tier) for tier in TIERS if (work / tier).is_dir()}


def release_status(data: Path) -> dict[str, Any]:
    """Return what is current, what waits, and what is hidden, for machines and for people."""
    current = current_id(data)
    waiting = inputs_id(data) if (data / "curated").is_dir() else current
    summary = Catalogue(data).summarise(current) if current else None
    return {
        "current": current,
        "whole": summary is not None and summary.whole,
        "tiers": sorted(summary.tiers) if summary else [],
        "newest_as_of": summary.newest_as_of if summary else "",
        "curated_gives": waiting,
        "up_to_date": waiting == current,
        "publisher": lock_holder(data),
        "hidden": [item.as_dict() for item in list_withdrawals(data)],
        "history": [event.as_dict() for event in history.read_events(data)[-10:]],
        "process": os.getpid(),
    }
