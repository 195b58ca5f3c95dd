"""The steps outside the sandbox: from the files of a candidate to what readers see, each of one candidate."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

from utils.curation.publish.announce import announce_switch, changes_for_tier, refuse_disclosing_reason
from utils.curation.publish.candidate import Candidate
from utils.curation.publish.candidate_folder import candidate_folder
from utils.curation.publish.errors import InputsChanged
from utils.curation.publish.inputs import inputs_digest
from utils.curation.publish.record_tasks import build_in_sandbox, protected_in_sandbox
from utils.curation.publish.withdraw import restore
from utils.releases import history
from utils.releases.catalogue import KEPT, Catalogue, is_whole, prune_releases, set_current
from utils.releases.durable_files import sync_folder
from utils.releases.withdrawals import withdrawn_releases


def build(candidate: Candidate) -> None:
    """Check, redact, scan and write the release in a sandbox; a release that is kept whole is left.

    Raises :class:`utils.curation.publish.errors.ReleaseRefused`,
    :class:`utils.curation.publish.sandbox.SandboxFailed`, ``ContractError`` or ``OSError``.
    """
    if candidate.catalogue.is_whole(candidate.release):
        candidate.protected = protected_in_sandbox(candidate.data, limits=candidate.limits)
        return
    candidate.folder = Path(tempfile.mkdtemp(dir=candidate.place.parent, prefix=".tmp-"))
    built = build_in_sandbox(
        candidate.data,
        candidate.folder,
        candidate.digest,
        limits=candidate.limits,
        report=candidate.report,
        whole=candidate.catalogue.wholeness(),
    )
    candidate.result, candidate.protected = built.result, built.protected
    candidate.on_warnings(built.result)


def inspect(candidate: Candidate) -> None:
    """Have every page and download looked at as readers will get them, before any reader can.

    There is nothing to look for where nothing is hidden, and that is reported. Raises
    :class:`utils.curation.publish.errors.ReleaseRefused` or ``OSError``.
    """
    event, protected = candidate.event, candidate.protected
    refuse_disclosing_reason(candidate.why, protected)
    changes = changes_for_tier(candidate.catalogue, event, "public", protected, folder=candidate.folder)
    if not (protected["names"] or protected["points"]):
        candidate.report("leak gate: pages", "nothing is hidden in this record")
        return
    candidate.report("leak gate: pages", "")

    def report(step: str, detail: str) -> None:
        candidate.report(f"leak gate: {step}", detail)

    with candidate_folder(candidate, changes) as folder:
        candidate.inspection(folder, protected, candidate.limits, report)


def place(candidate: Candidate) -> None:
    """Verify the files and move them to their place in one step.

    Raises :class:`utils.curation.publish.errors.InputsChanged` or ``OSError``.
    """
    if candidate.is_placed:
        return
    candidate.report("verify", "")
    if inputs_digest(candidate.data) != candidate.digest:
        raise InputsChanged(data=candidate.data)
    work, to = candidate.folder, candidate.place
    if not is_whole(work):
        raise OSError(f"release {candidate.release} was not written whole")
    work.chmod(0o755)
    sync_folder(work)
    candidate.report("place", candidate.release)
    damaged = to.parent / f".tmp-damaged-{to.name}"
    if to.exists():
        to.rename(damaged)
    work.rename(to)
    sync_folder(to.parent)
    candidate.folder = to
    candidate.catalogue.note_whole(candidate.release)
    shutil.rmtree(damaged, ignore_errors=True)


def switch(candidate: Candidate) -> None:
    """Make the release the current one, and show it again where it was withdrawn. Raises ``OSError``."""
    restore(candidate.data, "release", candidate.release)
    if not candidate.is_current:
        candidate.report("switch", candidate.release)
        set_current(candidate.data, candidate.release)


def announce(candidate: Candidate) -> None:
    """Announce to each tier what the switch changed. Raises ``HistoryDamaged`` or ``OSError``."""
    if not candidate.is_current:
        candidate.report("tell", "")
        announce_switch(candidate.catalogue, candidate.event, candidate.protected)


def prune(candidate: Candidate) -> None:
    """Remove the oldest releases, but not the one that a rollback would bring back. Raises ``OSError``."""
    if not candidate.is_current:
        candidate.report("prune", "")
        spare = release_before(candidate.catalogue, candidate.release)
        prune_releases(candidate.data, keep=KEPT, spare=spare)


STEPS: Final = (build, inspect, place, switch, announce, prune)


def release_before(catalogue: Catalogue, release: str) -> str:
    """Return the newest release that was current before ``release``, is kept, and was not withdrawn."""
    gone = withdrawn_releases(catalogue.data)
    for event in reversed(history.read_switches(catalogue.data)):
        for known in (event.release, event.before):
            if known and known != release and known not in gone and catalogue.is_whole(known):
                return known
    return ""
