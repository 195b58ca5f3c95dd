"""The curator's chores: check | diff | publish | rollback | hide | status | list, and a few more."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any, Final

from utils.curation import say, shelf
from utils.curation.changes import count
from utils.curation.child import Checked, ReleaseRefused, WorkerFailed, check_apart
from utils.curation.contract import ContractError
from utils.curation.curated_tables import read_record
from utils.curation.derive import NothingToDeriveFrom, write_derived, write_withheld
from utils.curation.history import HistoryDamaged
from utils.curation.lock import Busy, alone
from utils.curation.public_tree import NamesLeft, TreeExists, copy_public_tree
from utils.curation.push import TIERS, NotForThisPlace, NothingToPush, copies, push
from utils.curation.release import (
    InputsChanged,
    difference,
    ensure_release,
    overview,
    publish,
    rollback,
)
from utils.curation.shelf import NoSuchRelease
from utils.curation.telling import reason_for_all
from utils.curation.withdrawals import KINDS, HiddenDamaged, NothingToHide, switch
from utils.curation.worker import Limits
from utils.storage import BadStorageName
from utils.text.locale import LANGUAGES

_ROOT: Final = Path(__file__).parents[2]
DONE, REFUSED, CANNOT, BUSY = 0, 1, 2, 3
_CANNOT: Final = (
    *(ContractError, InputsChanged, TreeExists, CalledProcessError, OSError, NoSuchRelease),
    *(NothingToHide, HiddenDamaged, HistoryDamaged, WorkerFailed),
    *(BadStorageName, NotForThisPlace, NothingToPush),
)


def main(arguments: list[str] | None = None) -> int:
    """Run one chore.

    Exit code 0: done; 1: the record has problems, nothing was published; 2: it cannot be done at all;
    3: another publisher is at work.
    """
    chosen = _parser().parse_args(arguments)
    chore: Callable[[argparse.Namespace], int] = chosen.run
    try:
        return chore(chosen)
    except ReleaseRefused as refused:
        return _refused(chosen, refused)
    except NamesLeft as error:
        return _stop(chosen, f"{error}\nNothing was copied.", REFUSED)
    except NothingToDeriveFrom as error:
        say.problems(error.problems)
        return _stop(chosen, str(error), REFUSED if error.problems else CANNOT)
    except Busy as error:
        return _stop(chosen, str(error), BUSY)
    except _CANNOT as error:
        return _stop(chosen, str(error), CANNOT)


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
    for one in (checked, compared, published):
        _add_limits(one)
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
    for one in (published, back, hidden):
        one.add_argument("--to", default="", help="push as well: s3://bucket/prefix, or a folder")
        one.add_argument("--tier", choices=list(TIERS), default="public", help="of that place (public)")
    chore("status", _status, "what is current, what waits, what is hidden, who is at work")
    chore("list", _list, "the releases that are kept")
    pruned = chore("prune", _prune, "remove the oldest releases")
    pruned.add_argument("--keep", type=int, default=shelf.KEPT, help=f"how many stay ({shelf.KEPT})")
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


def _answer(chosen: argparse.Namespace, told: Mapping[str, Any], lines: Sequence[str]) -> int:
    print(json.dumps(told, ensure_ascii=False, indent=1) if chosen.json else "\n".join(lines))
    return DONE


def _stop(chosen: argparse.Namespace, reason: str, code: int) -> int:
    if chosen.json:
        print(json.dumps({"error": reason, "exit": code}, ensure_ascii=False))
    print(reason, file=sys.stderr)
    return code


def _refused(chosen: argparse.Namespace, refused: ReleaseRefused) -> int:
    if chosen.json:
        print(json.dumps({"problems": say.as_dicts(refused.problems), "exit": REFUSED}, ensure_ascii=False))
    say.problems(refused.problems)
    print("Nothing was published.", file=sys.stderr)
    return REFUSED


def _check(chosen: argparse.Namespace) -> int:
    progress = say.Progress()
    checked = check_apart(chosen.data, limits=_limits(chosen), tell=progress)
    progress.end()
    found = sorted((*checked.problems, *checked.warnings))
    if not chosen.json:
        say.problems(found)
    told = {
        "problems": say.as_dicts(found),
        "errors": sum(problem.severity == "error" for problem in found),
        "doubts": sum(problem.severity == "doubt" for problem in found),
        "accepted": say.as_dicts(checked.accepted),
    }
    _answer(chosen, told, [say.verdict(found, checked.accepted)])
    return REFUSED if checked.problems else DONE


def _diff(chosen: argparse.Namespace) -> int:
    progress = say.Progress()
    found = difference(chosen.data, limits=_limits(chosen), tell=progress)
    progress.end()
    told = {tier: [change.as_dict() for change in changes] for tier, changes in found.items()}
    sentences = say.sentences(chosen.data, found, most=None if chosen.all else say.MOST)
    return _answer(
        chosen, {"changes": told, "count": {tier: count(one) for tier, one in found.items()}}, sentences
    )


def _publish(chosen: argparse.Namespace) -> int:
    progress = say.Progress()
    heeded: list[Checked] = []
    release = publish(
        chosen.data,
        why=chosen.why,
        wait=False,
        limits=_limits(chosen),
        tell=progress,
        heed=heeded.append,
    )
    progress.end()
    checked = heeded[0] if heeded else Checked()
    if not chosen.json:
        say.problems(checked.warnings)
    told = {
        "release": release,
        "warnings": say.as_dicts(checked.warnings),
        "accepted": say.as_dicts(checked.accepted),
    }
    return _done(chosen, told, f"release {release}")


def _push(chosen: argparse.Namespace) -> int:
    progress = say.Progress()
    done = push(chosen.data, chosen.to, tier=chosen.tier, tell=progress)
    progress.end()
    return _answer(chosen, {"pushed": asdict(done)}, [say.pushed(done)])


def _done(chosen: argparse.Namespace, told: Mapping[str, Any], said: str) -> int:
    """Answer, and push as well where that was asked; else name the copies that still lag behind."""
    if not chosen.to:
        waiting = [
            f"copy not up to date yet: push --to {place} --tier {tier}" for tier, place in copies(chosen.data)
        ]
        return _answer(chosen, {**told, "push": waiting}, [said, *waiting])
    progress = say.Progress()
    try:
        done = push(chosen.data, chosen.to, tier=chosen.tier, tell=progress)
    except (*_CANNOT, Busy) as error:
        return _stop(chosen, f"{said}\nNot copied to {chosen.to}: {error}", CANNOT)
    finally:
        progress.end()
    return _answer(chosen, {**told, "pushed": asdict(done)}, [said, say.pushed(done)])


def _rollback(chosen: argparse.Namespace) -> int:
    release = rollback(chosen.data, to=chosen.release, why=chosen.why, wait=False)
    said = f"release {release} is current again; apps show it within a minute"
    return _done(chosen, {"release": release}, said)


def _hide(chosen: argparse.Namespace) -> int:
    tiers = switch(
        chosen.data,
        chosen.kind,
        chosen.name,
        why=chosen.why,
        undo=chosen.undo,
        in_public=lambda why: reason_for_all(chosen.data, why),
    )
    verb = "shown again in" if chosen.undo else "hidden from"
    said = f"{chosen.kind} {chosen.name} is {verb} {' and '.join(tiers)}; apps follow within a minute"
    return _done(chosen, {"tiers": tiers, "undone": chosen.undo}, said)


def _status(chosen: argparse.Namespace) -> int:
    told = overview(chosen.data)
    return _answer(chosen, told, say.status(told))


def _list(chosen: argparse.Namespace) -> int:
    kept = shelf.shelf(chosen.data)
    return _answer(chosen, {"releases": [one.as_dict() for one in kept]}, say.shelf(kept))


def _prune(chosen: argparse.Namespace) -> int:
    with alone(chosen.data, chore="prune", wait=False):
        gone = shelf.prune(chosen.data, keep=chosen.keep)
    return _answer(chosen, {"removed": gone}, [f"removed {name}" for name in gone] or ["nothing to remove"])


def _ensure(chosen: argparse.Namespace) -> int:
    done = ensure_release(chosen.data)
    say.problems(done.problems)
    if done.problems:
        print("The release before stays in use.", file=sys.stderr)
    if done.held:
        said = f"Release {done.held} was rolled back and stays withdrawn; publish to bring it back."
        print(said, file=sys.stderr)
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
            problems = say.as_dicts(refused.problems)
            print(json.dumps({"problems": problems, "exit": REFUSED}, ensure_ascii=False))
        say.problems(refused.problems)
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


if __name__ == "__main__":
    sys.exit(main())
