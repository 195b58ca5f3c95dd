"""Plant faults in the code that counts and print which of them its tests do not notice (`make mutants`).

Each mutant runs in a fork of one warm process; at most 150 a room, chosen by a fixed seed. A room passes
where 85 % are killed. Survivors are listed; those that change no behaviour are known by name and reason.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import importlib.abc
import importlib.machinery
import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.mutation.operators import Mutant, places, plant
from tests.mutation.rooms import EQUIVALENT, ROOMS, Room

ROOT: Final = Path(__file__).parents[2]
SEED: Final = 20261130
MOST: Final = 150
GOAL: Final = 0.85
_PATIENCE: Final = 4.0
"""A mutant that takes this many times as long as the untouched code hangs: it counts as killed."""


class _Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a spoiled syntax tree in place of its file."""

    def __init__(self, module: str, path: Path, mutant: Mutant) -> None:
        self._module, self._path, self._mutant = module, path, mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._module:
            return None
        spec = importlib.machinery.ModuleSpec(fullname, self, origin=str(self._path))
        spec.has_location = True
        return spec

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        """Let Python make the module."""

    def exec_module(self, module: object) -> None:
        exec(compile(self._mutant.tree, str(self._path), "exec"), vars(module))  # noqa: S102


@dataclass(frozen=True, slots=True)
class Outcome:
    """A mutant and whether its tests noticed it."""

    mutant: Mutant
    killed: bool


def _warm_up(room: Room) -> None:
    """Import what the tests need, so that a fork finds every library ready."""
    for path in ("tests/conftest.py", *room.tests):
        importlib.import_module(".".join(Path(path).with_suffix("").parts))


def _run_tests(room: Room, planted: _Planted | None) -> int:
    for name in [name for name in sys.modules if name.partition(".")[0] in ("utils", "tests", "pages")]:
        del sys.modules[name]
    if planted is not None:
        sys.meta_path.insert(0, planted)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    return int(pytest.main(["-x", "-q", "-n", "0", "--no-header", "-p", "no:randomly", *room.tests]))


def _fork(room: Room, planted: _Planted | None) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setsid()
            code = _run_tests(room, planted)
        finally:
            os._exit(code)
    return child


def _wait(child: int, seconds: float) -> int | None:
    """Return the exit code of a child; ``None``, and the child ended, where it takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def examine(room: Room, most: int) -> list[Outcome]:
    """Return the outcome of each chosen mutant. Raises ``RuntimeError`` where the tests fail untouched."""
    _warm_up(room)
    source = ROOT / Path(*room.module.split(".")).with_suffix(".py")
    began = time.monotonic()
    if _wait(_fork(room, None), 600) != 0:
        raise RuntimeError(f"the tests of {room.name} fail without any mutant")
    seconds = max(5.0, _PATIENCE * (time.monotonic() - began))
    tree = ast.parse(source.read_text(encoding="utf-8"))
    every = places(tree)
    chosen = random.Random(SEED).sample(every, min(most, len(every)))  # noqa: S311
    outcomes: list[Outcome] = []
    running: list[tuple[int, Mutant]] = []
    while chosen or running:
        if chosen and len(running) < (os.cpu_count() or 1):
            mutant = plant(tree, chosen.pop())
            running.append((_fork(room, _Planted(room.module, source, mutant)), mutant))
        else:
            child, mutant = running.pop(0)
            outcomes.append(Outcome(mutant, _wait(child, seconds) != 0))
    return outcomes


def main(words: Sequence[str] | None = None) -> int:
    """Print a table of rooms and the survivors of each; return 1 where a room misses the goal."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", choices=[room.name for room in ROOMS], action="append")
    asked.add_argument("--most", type=int, default=MOST, help="mutants a room")
    options = asked.parse_args(words)
    missed = False
    for room in ROOMS:
        if options.only and room.name not in options.only:
            continue
        began = time.monotonic()
        outcomes = examine(room, options.most)
        survivors = [found.mutant for found in outcomes if not found.killed]
        share = 1 - len(survivors) / len(outcomes)
        missed |= share < GOAL
        print(
            f"{room.name:22} {len(outcomes):4} mutants, {share:4.0%} killed, "
            f"{time.monotonic() - began:5.0f} s{'' if share >= GOAL else '   BELOW THE GOAL'}",
            flush=True,
        )
        for mutant in sorted(survivors, key=lambda found: found.line):
            reason = EQUIVALENT.get((room.module, mutant.before, mutant.after), "")
            print(f"    line {mutant.line:4}  {mutant.before}  →  {mutant.after}  {reason}", flush=True)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
