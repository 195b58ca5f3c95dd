"""What is done to a record in a sandbox: each task, and the call that has it carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from utils.curation.check import CheckResult
from utils.curation.contract import ContractError
from utils.curation.curated_tables import read_record
from utils.curation.disclosure.protected_values import Plain, collect_protected_values, to_plain
from utils.curation.problems import Problem
from utils.curation.progress import Progress, no_progress
from utils.curation.publish.build_steps import run_check, run_steps
from utils.curation.publish.candidate import Candidate
from utils.curation.publish.errors import ReleaseRefused
from utils.curation.publish.sandbox import Answer, Limits, Task, run_task
from utils.releases.catalogue import Catalogue
from utils.releases.layout import CONTRACT


@dataclass(frozen=True, slots=True)
class Built:
    """What was found while a release was written, and what its record protects."""

    result: CheckResult
    protected: Plain


def build_in_sandbox(
    data: Path,
    folder: Path,
    digest: str,
    *,
    limits: Limits,
    report: Progress,
    whole: Mapping[str, bool] | None = None,
) -> Built:
    """Have a release checked and written into ``folder``. ``whole`` says of kept releases which are.

    Raises :class:`ReleaseRefused` with every problem, and when a limit is reached;
    :class:`utils.curation.contract.ContractError`;
    :class:`utils.curation.publish.sandbox.SandboxFailed`; ``OSError``.
    """
    order = {"folder": str(folder.resolve()), "digest": digest, "whole": dict(whole or {})}
    outcome = _ask(build_release, data, order, limits, report)
    result = _result_of(outcome)
    if result.blocking:
        raise ReleaseRefused(problems=result.blocking)
    return Built(result, outcome["protected"])


def build_release(order: Mapping[str, Any], report: Progress) -> Mapping[str, Any]:
    """Check a record and write its release; the outcome of a task."""
    data = Path(order["data"])
    catalogue = Catalogue(data, known=order["whole"])
    candidate = Candidate(data, order["digest"], catalogue, Path(order["folder"]), report=report)
    return _outcome(lambda: run_steps(candidate), candidate)


def check_in_sandbox(data: Path, *, limits: Limits, report: Progress) -> CheckResult:
    """Have a record checked, so that no file can exhaust this process.

    Raises :class:`utils.curation.contract.ContractError`,
    :class:`utils.curation.publish.sandbox.SandboxFailed` or ``OSError``.
    """
    return _result_of(_ask(check_record, data, {}, limits, report))


def check_record(order: Mapping[str, Any], report: Progress) -> Mapping[str, Any]:
    """Check a record; the outcome of a task."""
    data = Path(order["data"])
    candidate = Candidate(data, "", Catalogue(data), data, report=report)
    return _outcome(lambda: run_check(candidate), candidate)


def protected_in_sandbox(data: Path, *, limits: Limits) -> Plain:
    """Return what a record protects; the record is not checked.

    Raises :class:`ReleaseRefused`, :class:`utils.curation.contract.ContractError`,
    :class:`utils.curation.publish.sandbox.SandboxFailed` or ``OSError``.
    """
    outcome = _ask(list_protected, data, {}, limits, no_progress)
    result = _result_of(outcome)
    if result.blocking:
        raise ReleaseRefused(problems=result.blocking)
    protected: Plain = outcome["protected"]
    return protected


def list_protected(order: Mapping[str, Any], _report: Progress) -> Mapping[str, Any]:
    """List what a record protects; the outcome of a task."""
    data = Path(order["data"])
    candidate = Candidate(data, "", Catalogue(data), data)

    def collect() -> None:
        candidate.protected = to_plain(collect_protected_values(read_record(data)))

    return _outcome(collect, candidate)


def _outcome(work: Callable[[], None], candidate: Candidate) -> Mapping[str, Any]:
    """Do the work of a task and return what it left in the candidate, as plain values."""
    try:
        work()
    except ContractError as error:
        return {"contract": error.reason}
    except MemoryError:
        return {"limit": "memory"}
    except OSError as error:
        return {"system": error.strerror or str(error), "errno": error.errno or 0}
    return {
        "problems": [asdict(problem) for problem in (*candidate.problems, *candidate.result.warnings)],
        "accepted": [asdict(problem) for problem in candidate.result.accepted],
        "protected": candidate.protected,
    }


def _ask(
    task: Task, data: Path, order: Mapping[str, Any], limits: Limits, report: Progress
) -> Mapping[str, Any]:
    """Return the outcome of a task; a limit that was reached is a problem, other ends are raised."""
    answer = run_task(task, {"data": str(data.resolve()), **order}, limits=limits, report=report)
    outcome = answer.outcome
    if outcome is None or "limit" in outcome:
        return {"problems": [asdict(_exhausted(data, answer, limits))]}
    if "contract" in outcome:
        raise ContractError(path=data / CONTRACT, reason=outcome["contract"])
    if "system" in outcome:
        raise OSError(outcome["errno"], outcome["system"])
    return outcome


def _result_of(outcome: Mapping[str, Any]) -> CheckResult:
    return CheckResult(
        tuple(Problem(**plain) for plain in outcome["problems"]),
        tuple(Problem(**plain) for plain in outcome.get("accepted", ())),
    )


def _exhausted(data: Path, answer: Answer, limits: Limits) -> Problem:
    where = f"{data.name}/curated" + (f" (table {answer.detail})" if answer.detail else "")
    wanted = (
        f"a record that is handled within {limits.memory_mb} MB of memory and "
        f"{limits.cpu_seconds} seconds; the step “{answer.step}” took more"
    )
    return Problem(where, 0, "", "", wanted, "limits")
