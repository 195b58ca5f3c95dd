"""Runs a function in a process of its own, under limits, and returns its outcome.

The function is handed in by its caller and must stand in a module; it gets an order and a progress
report, and returns an outcome. Order and outcome are plain values, since they travel as JSON.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from utils.curation.progress import Progress

_MEGABYTE: Final = 1024 * 1024
_ROOT: Final = Path(__file__).parents[3]
_WORKER: Final = "utils.curation.publish.sandbox_worker"
Task = Callable[[Mapping[str, Any], Progress], Mapping[str, Any]]


class SandboxFailed(Exception):
    """The limited process ended on a fault of its own, not of the record; nothing was published."""

    def __init__(self, *, step: str, code: int) -> None:
        super().__init__(f"the step “{step}” failed (exit code {code}); what went wrong is printed above")
        self.step = step
        self.code = code


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use: address space, seconds of CPU, seconds on the clock, bytes of one file."""

    memory_mb: int = 4096
    cpu_seconds: int = 900
    wall_seconds: int = 1800
    file_mb: int = 4096

    def apply(self) -> None:
        """Bind this process to the limits, for good."""
        for what, most in (
            (resource.RLIMIT_AS, self.memory_mb * _MEGABYTE),
            (resource.RLIMIT_CPU, self.cpu_seconds),
            (resource.RLIMIT_FSIZE, self.file_mb * _MEGABYTE),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a task, ``None`` where it ended without one, and the last step it reported."""

    outcome: Mapping[str, Any] | None
    step: str = "start"
    detail: str = ""


def run_task(
    task: Task,
    order: Mapping[str, Any],
    *,
    limits: Limits,
    report: Progress,
    environment: Mapping[str, str] | None = None,
) -> Answer:
    """Carry out ``task`` in another process; a limit that ends it leaves an answer without an outcome.

    What a process with an ``environment`` of its own prints is dropped: it may name what is hidden. Raises
    :class:`SandboxFailed` or ``OSError``.
    """
    command = [sys.executable, "-m", _WORKER]
    message = {"task": f"{task.__module__}:{task.__qualname__}", "limits": asdict(limits), "order": order}
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
                answer = _listen(process, message, report)
                code = process.wait()
        except BaseException:
            process.kill()
            raise
    if answer.outcome is None and code > 0:
        raise SandboxFailed(step=answer.step, code=code)
    return answer


def _listen(process: subprocess.Popen[str], message: Mapping[str, Any], report: Progress) -> Answer:
    last = Answer(None)
    if process.stdin is None or process.stdout is None:
        raise OSError("the worker has no pipes")
    try:
        with process.stdin as pipe:
            pipe.write(json.dumps(message) + "\n")
    except BrokenPipeError:
        return last
    for line in process.stdout:
        sent = json.loads(line)
        if "outcome" in sent:
            return Answer(sent["outcome"], last.step, last.detail)
        last = Answer(None, sent["step"], sent["detail"])
        report(last.step, last.detail)
    return last


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
