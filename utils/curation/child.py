"""Runs the worker and turns its answer into values and errors."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from utils.curation.build import CONTRACT
from utils.curation.contract import ContractError
from utils.curation.read import Problem
from utils.curation.worker import Limits, Tell

_ROOT: Final = Path(__file__).parents[2]


class ReleaseRefused(Exception):
    """The record has problems; nothing was published and the current release stays."""

    def __init__(self, *, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems; the release was refused")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found: problems that stop a release, warnings, and doubts that are accepted."""

    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    accepted: tuple[Problem, ...] = ()


def build_apart(data: Path, work: Path, digest: str, *, limits: Limits, tell: Tell) -> Checked:
    """Have a release written into ``work`` by a limited process; return what was found.

    Raises :class:`ReleaseRefused` with every problem, and when a limit is reached;
    :class:`utils.curation.contract.ContractError`; ``OSError``.
    """
    found = _apart(data, work, digest, limits, tell)
    if found.problems:
        raise ReleaseRefused(problems=found.problems)
    return found


def check_apart(data: Path, *, limits: Limits, tell: Tell) -> Checked:
    """Have the record checked by a limited process, so that no file can exhaust this one.

    Raises :class:`utils.curation.contract.ContractError` or ``OSError``.
    """
    return _apart(data, None, "", limits, tell)


def _apart(data: Path, work: Path | None, digest: str, limits: Limits, tell: Tell) -> Checked:
    order = {
        "data": str(data.resolve()),
        "work": str(work.resolve()) if work else "",
        "digest": digest,
        "limits": asdict(limits),
    }
    answer, last = _converse(order, limits, tell)
    if answer is None or "limit" in answer:
        return Checked(problems=(_exhausted(data, last, limits),))
    if "contract" in answer:
        raise ContractError(path=data / CONTRACT, reason=answer["contract"])
    if "system" in answer:
        raise OSError(answer["errno"], answer["system"])
    return Checked(
        **{
            kind: tuple(Problem(**one) for one in answer[kind])
            for kind in ("problems", "warnings", "accepted")
        }
    )


def _converse(
    order: dict[str, Any], limits: Limits, tell: Tell
) -> tuple[dict[str, Any] | None, tuple[str, str]]:
    """Return the outcome, ``None`` when the process ended without one, and the last step it began."""
    command = [sys.executable, "-m", "utils.curation.worker"]
    last = ("start", "")
    outcome: dict[str, Any] | None = None
    with (
        subprocess.Popen(  # noqa: S603 — our own interpreter and module, no text from outside
            command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        ) as process,
        _stopped_after(limits.wall_seconds, process.kill),
    ):
        try:
            outcome, last = _listen(process, order, tell)
        except BaseException:
            process.kill()
            raise
    return outcome, last


def _listen(
    process: subprocess.Popen[str], order: dict[str, Any], tell: Tell
) -> tuple[dict[str, Any] | None, tuple[str, str]]:
    last = ("start", "")
    if process.stdin is None or process.stdout is None:
        raise OSError("the worker has no pipes")
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.close()
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
