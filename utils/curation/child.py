"""Runs the worker and turns its answer into values and errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from utils.curation.build import CONTRACT
from utils.curation.contract import ContractError
from utils.curation.read import Problem
from utils.curation.worker import Limits, Tell

_ROOT: Final = Path(__file__).parents[2]
_WORKER: Final = "utils.curation.worker"
_INSPECTION: Final = "utils.inspection"


class ReleaseRefused(Exception):
    """The record has problems; nothing was published and the current release stays."""

    def __init__(self, *, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems; the release was refused")
        self.problems = problems


class WorkerFailed(Exception):
    """The limited process ended on a fault of its own, not of the record; nothing was published."""

    def __init__(self, *, step: str, code: int) -> None:
        super().__init__(f"the step “{step}” failed (exit code {code}); what went wrong is printed above")
        self.step = step
        self.code = code


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found: problems that stop a release, warnings, and doubts that are accepted."""

    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    accepted: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left to say: what was checked, and what the record hides, as plain values for a pipe."""

    checked: Checked
    secret: Mapping[str, Any]


def build_apart(data: Path, work: Path, digest: str, *, limits: Limits, tell: Tell) -> Built:
    """Have a release written into ``work`` by a limited process; return what it left to say.

    Raises :class:`ReleaseRefused` with every problem, and when a limit is reached;
    :class:`utils.curation.contract.ContractError`; :class:`WorkerFailed`; ``OSError``.
    """
    order = {"work": str(work.resolve()), "digest": digest}
    answer = _ask(data, order, limits, tell)
    checked = _checked(answer)
    if checked.problems:
        raise ReleaseRefused(problems=checked.problems)
    return Built(checked, answer["secret"])


def check_apart(data: Path, *, limits: Limits, tell: Tell) -> Checked:
    """Have the record checked by a limited process, so that no file can exhaust this one.

    Raises :class:`utils.curation.contract.ContractError`, :class:`WorkerFailed` or ``OSError``.
    """
    return _checked(_ask(data, {"work": "", "digest": ""}, limits, tell))


def secret_apart(data: Path, *, limits: Limits) -> Mapping[str, Any]:
    """Return what the record hides, as plain values, read by a limited process.

    Raises :class:`ReleaseRefused`, :class:`utils.curation.contract.ContractError`,
    :class:`WorkerFailed` or ``OSError``.
    """
    answer = _ask(data, {}, limits, lambda step, detail: None)
    checked = _checked(answer)
    if checked.problems:
        raise ReleaseRefused(problems=checked.problems)
    secret: Mapping[str, Any] = answer["secret"]
    return secret


def _ask(data: Path, order: Mapping[str, str], limits: Limits, tell: Tell) -> dict[str, Any]:
    """Return the worker's outcome; a limit that was reached is a problem, other ends are raised."""
    said = {"data": str(data.resolve()), **order, "limits": asdict(limits)}
    answer, last = _converse(_WORKER, said, limits, tell)
    if answer is None or "limit" in answer:
        return {"problems": [asdict(_exhausted(data, last, limits))]}
    if "contract" in answer:
        raise ContractError(path=data / CONTRACT, reason=answer["contract"])
    if "system" in answer:
        raise OSError(answer["errno"], answer["system"])
    return answer


def _checked(answer: Mapping[str, Any]) -> Checked:
    return Checked(
        **{
            kind: tuple(Problem(**one) for one in answer.get(kind, ()))
            for kind in ("problems", "warnings", "accepted")
        }
    )


def inspect_apart(stage: Path, secret: Mapping[str, Any], *, limits: Limits, tell: Tell) -> None:
    """Have every page and download of the data folder ``stage`` looked at as the public gets them.

    The process knows the public tier alone, and what is hidden by the pipe. Raises
    :class:`ReleaseRefused` with every place that tells, and when it did not come to an end.
    """
    order = {"secret": secret, "limits": asdict(limits)}
    environment = {"SAMAKI_TIER": "public", "SAMAKI_DATA": str(stage.resolve())}
    try:
        answer, last = _converse(_INSPECTION, order, limits, tell, environment)
    except WorkerFailed as failed:
        answer, last = None, (failed.step, "")
    if answer is None:
        wanted = f"pages that can be looked at before readers see them; it stopped at “{last[1] or last[0]}”"
        raise ReleaseRefused(problems=(Problem("pages", 0, "", "", wanted, "leak"),))
    if answer["problems"]:
        raise ReleaseRefused(problems=tuple(Problem(**one) for one in answer["problems"]))


def _converse(
    module: str,
    order: dict[str, Any],
    limits: Limits,
    tell: Tell,
    environment: Mapping[str, str] | None = None,
) -> tuple[dict[str, Any] | None, tuple[str, str]]:
    """Return the outcome, ``None`` when the process ended without one, and the last step it began.

    What a process with an ``environment`` of its own says beside its answers is dropped: it may name
    what is hidden.
    """
    command = [sys.executable, "-m", module]
    with subprocess.Popen(  # noqa: S603 — our own interpreter and module, no text from outside
        command,
        cwd=_ROOT,
        env=dict(os.environ) | dict(environment or {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if environment else None,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            with _stopped_after(limits.wall_seconds, process.kill):
                outcome, last = _listen(process, order, tell)
                code = process.wait()
        except BaseException:
            process.kill()
            raise
    if outcome is None and code > 0:
        raise WorkerFailed(step=last[0], code=code)
    return outcome, last


def _listen(
    process: subprocess.Popen[str], order: dict[str, Any], tell: Tell
) -> tuple[dict[str, Any] | None, tuple[str, str]]:
    last = ("start", "")
    if process.stdin is None or process.stdout is None:
        raise OSError("the worker has no pipes")
    try:
        with process.stdin as pipe:
            pipe.write(json.dumps(order) + "\n")
    except BrokenPipeError:
        return None, last
    for line in process.stdout:
        said = json.loads(line)
        if "outcome" in said:
            return said["outcome"], last
        last = (said["step"], said["detail"])
        tell(*last)
    return None, last


@contextmanager
def _stopped_after(seconds: float, stop: Callable[[], None]) -> Iterator[None]:
    """Call ``stop`` when the block takes longer than ``seconds``."""
    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _exhausted(data: Path, last: tuple[str, str], limits: Limits) -> Problem:
    step, table = last
    where = f"{data.name}/curated" + (f" (table {table})" if table else "")
    wanted = (
        f"a record that is handled within {limits.memory_mb} MB of memory and "
        f"{limits.cpu_seconds} seconds; the step “{step}” took more"
    )
    return Problem(where, 0, "", "", wanted, "limits")
