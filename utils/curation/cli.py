"""The curator's chores: check | diff | publish | rollback | hide | status | list, and a few more."""

from __future__ import annotations

import argparse
import errno
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any, Final

from utils.curation.check import CheckResult
from utils.curation.contract import ContractError
from utils.curation.curated_tables import read_record
from utils.curation.derive import NothingToDeriveFrom, write_derived, write_withheld
from utils.curation.publish.announce import public_reason
from utils.curation.publish.candidate import Inspection
from utils.curation.publish.cli_output import (
    MOST,
    StepPrinter,
    as_dicts,
    change_lines,
    print_problems,
    push_line,
    release_lines,
    status_lines,
    verdict,
)
from utils.curation.publish.commands import diff_release, ensure_release, publish, release_status, rollback
from utils.curation.publish.errors import InputsChanged, ReleaseRefused
from utils.curation.publish.public_tree import NamesLeft, TreeExists, copy_public_tree
from utils.curation.publish.push import TIERS, NotForThisPlace, NothingToPush, copies, push
from utils.curation.publish.record_tasks import check_in_sandbox
from utils.curation.publish.sandbox import Limits, SandboxFailed
from utils.curation.publish.withdraw import NothingToHide, switch_withdrawal
from utils.releases.catalogue import KEPT, NoSuchRelease, list_releases, prune_releases
from utils.releases.changes import count_kinds
from utils.releases.history import HistoryDamaged
from utils.releases.lock import Busy, publisher_lock
from utils.releases.withdrawals import KINDS, WithdrawalsDamaged
from utils.storage import BadStorageName
from utils.text.locale import LANGUAGES

_ROOT: Final = Path(__file__).parents[2]
DONE, REFUSED, CANNOT, BUSY = 0, 1, 2, 3
_CANNOT: Final = (
    *(ContractError, InputsChanged, TreeExists, CalledProcessError, OSError, NoSuchRelease),
    *(NothingToHide, WithdrawalsDamaged, HistoryDamaged, SandboxFailed),
    *(BadStorageName, NotForThisPlace, NothingToPush),
)


def main(arguments: list[str] | None = None, *, inspection: Inspection) -> int:
    """Run one chore; ``inspection`` looks at the pages of a release before readers can.

    Exit code 0: done; 1: the record has problems, nothing was published; 2: it cannot be done at all;
    3: another publisher is at work.
    """
    chosen = _parser().parse_args(arguments)
    chosen.inspection = inspection
    chore: Callable[[argparse.Namespace], int] = chosen.run
    try:
        return chore(chosen)
    except ReleaseRefused as refused:
        return _refused(chosen, refused)
    except NamesLeft as error:
        return _stop(chosen, f"{error}\nNothing was copied.", REFUSED)
    except NothingToDeriveFrom as error:
        print_problems(error.problems)
        return _stop(chosen, str(error), REFUSED if error.problems else CANNOT)
    except Busy as error:
        return _stop(chosen, str(error), BUSY)
    except _CANNOT as error:
        return _stop(chosen, f"{error}{_advise(error)}", CANNOT)


def _advise(error: Exception) -> str:
    """Return what to do where the disk is full; nothing for other errors."""
    if not isinstance(error, OSError) or error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return ""
    return (
        "\nThe disk is full. What readers see stayed as it was. Free some space (the folder .cache may go: "
        "it is made anew), then run it again."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m utils.curation", description=__doc__)
    chores = parser.add_subparsers(dest="chore", required=True)

    def chore(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = chores.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        added.add_argument("--data", type=Path, default=_ROOT / "data", help="the data folder")
        added.add_argument("--json", action="store_true", help="answer for machines")
        return added

    checked = chore("check", _check, "list every problem of the curated tables")
    compared = chore("diff", _diff, "say what publishing now would change")
    compared.add_argument("--all", action="store_true", help="every change, however many")
    published = chore("publish", _publish, "check, redact and release the record")
    published.add_argument("--why", default="", help="what readers are told beside the corrections")
    for limited in (checked, compared, published):
        _add_limits(limited)
    pushed = chore("push", _push, "copy what apps read to a bucket or to another folder")
    pushed.add_argument("--to", required=True, help="s3://bucket/prefix, or a folder")
    pushed.add_argument("--tier", choices=list(TIERS), default="public", help="ngo: both tiers (public)")
    back = chore("rollback", _rollback, "make an older release current again")
    back.add_argument("release", nargs="?", default="", help="without it: the one before")
    back.add_argument("--why", default="", help="the reason, for the history")
    hidden = chore("hide", _hide, "withdraw a site, a table, or the NGO map from every running app")
    hidden.add_argument("kind", choices=[kind for kind in KINDS if kind != "release"])
    hidden.add_argument("name", nargs="?", default="ngo", help="the id of the site, the name of the table")
    hidden.add_argument("--why", default="", help="the reason, shown where it was")
    hidden.add_argument("--undo", action="store_true", help="show it again")
    for pushing in (published, back, hidden):
        pushing.add_argument("--to", default="", help="push as well: s3://bucket/prefix, or a folder")
        pushing.add_argument("--tier", choices=list(TIERS), default="public", help="of that place (public)")
    chore("status", _status, "what is current, what waits, what is hidden, who is at work")
    chore("list", _list, "the releases that are kept")
    pruned = chore("prune", _prune, "remove the oldest releases")
    pruned.add_argument("--keep", type=int, default=KEPT, help=f"how many stay ({KEPT})")
    chore("ensure", _ensure, "publish if anything changed; keep the older release when that is refused")
    compiled = chore("schema", _schema, "compile data/schema to the contract and the public rules")
    compiled.add_argument("--check", action="store_true", help="write nothing; say whether it would change")
    chore("derive", _derive, "rewrite the tables that follow from others")
    tree = chore("public-tree", _public_tree, "copy the product without the restricted folder")
    tree.add_argument("--out", type=Path, required=True)
    return parser


def _add_limits(chore: argparse.ArgumentParser) -> None:
    usual = Limits()
    chore.add_argument("--memory-mb", type=int, default=usual.memory_mb, help=f"({usual.memory_mb})")
    chore.add_argument("--minutes", type=int, default=usual.wall_seconds // 60, help="on the clock (30)")


def _limits(chosen: argparse.Namespace) -> Limits:
    return Limits(memory_mb=chosen.memory_mb, wall_seconds=60 * chosen.minutes)


def _answer(chosen: argparse.Namespace, answer: Mapping[str, Any], lines: Sequence[str]) -> int:
    print(json.dumps(answer, ensure_ascii=False, indent=1) if chosen.json else "\n".join(lines))
    return DONE


def _stop(chosen: argparse.Namespace, reason: str, code: int) -> int:
    if chosen.json:
        print(json.dumps({"error": reason, "exit": code}, ensure_ascii=False))
    print(reason, file=sys.stderr)
    return code


def _refused(chosen: argparse.Namespace, refused: ReleaseRefused) -> int:
    if chosen.json:
        print(json.dumps({"problems": as_dicts(refused.problems), "exit": REFUSED}, ensure_ascii=False))
    print_problems(refused.problems)
    print("Nothing was published.", file=sys.stderr)
    return REFUSED


def _check(chosen: argparse.Namespace) -> int:
    progress = StepPrinter()
    result = check_in_sandbox(chosen.data, limits=_limits(chosen), report=progress)
    progress.end()
    problems = sorted(result.problems)
    if not chosen.json:
        print_problems(problems)
    answer = {
        "problems": as_dicts(problems),
        "errors": sum(problem.severity == "error" for problem in problems),
        "doubts": sum(problem.severity == "doubt" for problem in problems),
        "accepted": as_dicts(result.accepted),
    }
    _answer(chosen, answer, [verdict(problems, result.accepted)])
    return REFUSED if result.blocking else DONE


def _diff(chosen: argparse.Namespace) -> int:
    progress = StepPrinter()
    by_tier = diff_release(chosen.data, limits=_limits(chosen), report=progress)
    progress.end()
    answer = {
        "changes": {tier: [change.as_dict() for change in changes] for tier, changes in by_tier.items()},
        "count": {tier: count_kinds(changes) for tier, changes in by_tier.items()},
    }
    return _answer(chosen, answer, change_lines(chosen.data, by_tier, most=None if chosen.all else MOST))


def _publish(chosen: argparse.Namespace) -> int:
    progress = StepPrinter()
    results: list[CheckResult] = []
    release = publish(
        chosen.data,
        inspection=chosen.inspection,
        why=chosen.why,
        wait=False,
        limits=_limits(chosen),
        report=progress,
        on_warnings=results.append,
    )
    progress.end()
    result = results[0] if results else CheckResult()
    if not chosen.json:
        print_problems(result.warnings)
    answer = {
        "release": release,
        "warnings": as_dicts(result.warnings),
        "accepted": as_dicts(result.accepted),
    }
    return _finish(chosen, answer, f"release {release}")


def _push(chosen: argparse.Namespace) -> int:
    progress = StepPrinter()
    done = push(chosen.data, chosen.to, tier=chosen.tier, report=progress)
    progress.end()
    return _answer(chosen, {"pushed": asdict(done)}, [push_line(done)])


def _finish(chosen: argparse.Namespace, answer: Mapping[str, Any], text: str) -> int:
    """Answer, and push as well where that was asked; else name the copies that still lag behind."""
    if not chosen.to:
        waiting = [
            f"copy not up to date yet: push --to {place} --tier {tier}" for tier, place in copies(chosen.data)
        ]
        return _answer(chosen, {**answer, "push": waiting}, [text, *waiting])
    progress = StepPrinter()
    try:
        done = push(chosen.data, chosen.to, tier=chosen.tier, report=progress)
    except (*_CANNOT, Busy) as error:
        return _stop(chosen, f"{text}\nNot copied to {chosen.to}: {error}", CANNOT)
    finally:
        progress.end()
    return _answer(chosen, {**answer, "pushed": asdict(done)}, [text, push_line(done)])


def _rollback(chosen: argparse.Namespace) -> int:
    release = rollback(chosen.data, to=chosen.release, why=chosen.why, wait=False)
    text = f"release {release} is current again; apps show it within a minute"
    return _finish(chosen, {"release": release}, text)


def _hide(chosen: argparse.Namespace) -> int:
    tiers = switch_withdrawal(
        chosen.data,
        chosen.kind,
        chosen.name,
        why=chosen.why,
        undo=chosen.undo,
        in_public=lambda why: public_reason(chosen.data, why),
    )
    verb = "shown again in" if chosen.undo else "hidden from"
    text = f"{chosen.kind} {chosen.name} is {verb} {' and '.join(tiers)}; apps follow within a minute"
    return _finish(chosen, {"tiers": tiers, "undone": chosen.undo}, text)


def _status(chosen: argparse.Namespace) -> int:
    status = release_status(chosen.data)
    return _answer(chosen, status, status_lines(status))


def _list(chosen: argparse.Namespace) -> int:
    kept = list_releases(chosen.data)
    return _answer(chosen, {"releases": [release.as_dict() for release in kept]}, release_lines(kept))


def _prune(chosen: argparse.Namespace) -> int:
    with publisher_lock(chosen.data, chore="prune", wait=False):
        gone = prune_releases(chosen.data, keep=chosen.keep)
    return _answer(chosen, {"removed": gone}, [f"removed {name}" for name in gone] or ["nothing to remove"])


def _ensure(chosen: argparse.Namespace) -> int:
    done = ensure_release(chosen.data, inspection=chosen.inspection)
    print_problems(done.problems)
    if done.problems:
        print("The release before stays in use.", file=sys.stderr)
    if done.held:
        text = f"Release {done.held} was rolled back and stays withdrawn; publish to bring it back."
        print(text, file=sys.stderr)
    return _answer(chosen, {"release": done.release_id, "held": done.held}, [f"release {done.release_id}"])


def _derive(chosen: argparse.Namespace) -> int:
    record = read_record(chosen.data)
    paths = [write_withheld(record)]
    if record.has_restricted or not record.readings:
        paths += write_derived(record)
    return _answer(chosen, {"files": [path.name for path in paths]}, [path.name for path in paths])


def _schema(chosen: argparse.Namespace) -> int:
    from utils.curation.disclosure.redaction import BLURS, ROW_RULES
    from utils.curation.schema.compile import SchemaRefused, compile_schema
    from utils.curation.schema.definitions import Vocabulary

    try:
        compiled = compile_schema(chosen.data, Vocabulary(tuple(LANGUAGES), ROW_RULES, BLURS))
    except SchemaRefused as refused:
        if chosen.json:
            problems = as_dicts(refused.problems)
            print(json.dumps({"problems": problems, "exit": REFUSED}, ensure_ascii=False))
        print_problems(refused.problems)
        print(refused, file=sys.stderr)
        return REFUSED
    if chosen.check and (names := compiled.differing(chosen.data)):
        reason = f"{' and '.join(names)}: not what data/schema gives; run python -m utils.curation schema"
        return _stop(chosen, reason, REFUSED)
    names = [] if chosen.check else compiled.write(chosen.data)
    return _answer(chosen, {"files": names}, [f"wrote {name}" for name in names] or ["up to date"])


def _public_tree(chosen: argparse.Namespace) -> int:
    files = copy_public_tree(_ROOT, chosen.out)
    return _answer(chosen, {"files": files}, [f"{files} files copied to {chosen.out}"])
