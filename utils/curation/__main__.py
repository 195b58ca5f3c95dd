"""``python -m utils.curation check | publish | derive | public-tree``: the curator's chores."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from subprocess import CalledProcessError

from utils.curation.check import check
from utils.curation.contract import ContractError
from utils.curation.derive import NothingToDeriveFrom, write_derived
from utils.curation.public_tree import NamesLeft, TreeExists, copy_public_tree
from utils.curation.read import Problem
from utils.curation.record import read_record
from utils.curation.release import WARNINGS, InputsChanged, ReleaseRefused, ensure_release, publish

_ROOT = Path(__file__).parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Run one chore. Exit code 0: done; 1: the record has problems; 2: it cannot be done at all."""
    parser = argparse.ArgumentParser(prog="python -m utils.curation", description=__doc__)
    chores = parser.add_subparsers(dest="chore", required=True)
    for name, text in (
        ("check", "list every problem of the curated tables"),
        ("publish", "check, redact and release the record"),
        ("ensure", "publish if anything changed; keep the older release when that is refused"),
        ("derive", "rewrite the public tables that follow from the restricted ones"),
    ):
        chore = chores.add_parser(name, help=text)
        chore.add_argument("--data", type=Path, default=_ROOT / "data")
    tree = chores.add_parser("public-tree", help="copy the product without the restricted folder")
    tree.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    try:
        return _run(chosen)
    except ReleaseRefused as refused:
        _print(refused.problems)
        print("Nothing was published.", file=sys.stderr)
        return 1
    except NamesLeft as error:
        print(error, file=sys.stderr)
        print("Nothing was copied.", file=sys.stderr)
        return 1
    except NothingToDeriveFrom as error:
        _print(error.problems)
        print(error, file=sys.stderr)
        return 1 if error.problems else 2
    except (ContractError, InputsChanged, TreeExists, CalledProcessError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


def _run(chosen: argparse.Namespace) -> int:
    if chosen.chore == "public-tree":
        print(f"{copy_public_tree(_ROOT, chosen.out)} files copied to {chosen.out}")
        return 0
    if chosen.chore == "publish":
        print(f"release {publish(chosen.data)}")
        return 0
    if chosen.chore == "ensure":
        done = ensure_release(chosen.data)
        _print(done.problems)
        if done.problems:
            print("The release before stays in use.", file=sys.stderr)
        print(f"release {done.release_id}")
        return 0
    record = read_record(chosen.data)
    if chosen.chore == "derive":
        for path in write_derived(record):
            print(path.name)
        return 0
    problems = check(record)
    _print(problems)
    errors = [problem for problem in problems if problem.code not in WARNINGS]
    if not problems:
        print("no problems")
    return 1 if errors else 0


def _print(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"{len(problems)} problems", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
