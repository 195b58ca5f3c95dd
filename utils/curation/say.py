"""What the chores print: problems, progress, changes as sentences, the shelf, the state."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from utils.curation.build import CONTRACT
from utils.curation.changes import Change, count
from utils.curation.push import Pushed
from utils.curation.read import Problem
from utils.curation.sentences import sentence, titles_of
from utils.curation.shelf import Shelved
from utils.text.locale import formats, translator

MOST: Final = 40
_LANG: Final = "en"


class Progress:
    """Prints each step to the error stream: in place on a terminal, a line each elsewhere."""

    def __init__(self) -> None:
        self._on_terminal = sys.stderr.isatty()
        self._steps: list[str] = []

    def __call__(self, step: str, detail: str) -> None:
        """Say that a step begins; the tables of one step are said on a terminal only."""
        if self._on_terminal:
            print(f"\r\033[K{step} {detail}", end="", file=sys.stderr, flush=True)
        elif step not in self._steps:
            print(f"{step}…", file=sys.stderr, flush=True)
        self._steps.append(step)

    def end(self) -> None:
        """Leave the line clean."""
        if self._on_terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def problems(found: Sequence[Problem]) -> None:
    """Print every problem, and how many of each kind; how a doubt is accepted when there is one."""
    for problem in found:
        print(problem, file=sys.stderr)
    kinds = Counter(problem.severity for problem in found)
    counted = [_many(kinds[kind], kind) for kind in ("error", "doubt", "warning") if kinds[kind]]
    if counted:
        print(", ".join(counted), file=sys.stderr)
    if kinds["doubt"]:
        print("A doubt is mended, or accepted by name: docs/checks.md tells how.", file=sys.stderr)


def verdict(found: Sequence[Problem], accepted: Sequence[Problem]) -> str:
    """Return what a check comes to, and how many doubts are accepted."""
    stop = sum(problem.severity != "warning" for problem in found)
    said = f"{_many(stop, 'problem')} to mend or accept" if stop else "no problems"
    return said + (f" ({_many(len(accepted), 'accepted doubt')})" if accepted else "")


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def as_dicts(found: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems for machines, each with its severity."""
    return [asdict(problem) | {"severity": problem.severity} for problem in found]


def sentences(data: Path, found: Mapping[str, Sequence[Change]], *, most: int | None) -> list[str]:
    """Return what would change in each tier, a sentence a row; the rest counted."""
    contract = json.loads((data / CONTRACT).read_text("utf-8"))
    titles = titles_of(_open_first(contract["resources"]), _LANG)
    _ = translator(_LANG)
    lines: list[str] = []
    for tier, changes in found.items():
        counted = ", ".join(f"{number} {kind}" for kind, number in count(changes).items() if number)
        lines.append(f"{tier}: {counted or 'no change'}")
        shown = changes if most is None else changes[:most]
        lines += [f"  {sentence(_, change, titles)}" for change in shown]
        if len(changes) > len(shown):
            lines.append(f"  … and {len(changes) - len(shown)} more (diff --all)")
    return lines


def _open_first(resources: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield restricted tables under the name readers know, then the open ones, which win."""
    for resource in resources:
        if resource["name"].startswith("restricted_"):
            yield {**resource, "name": resource["name"].removeprefix("restricted_")}
    for resource in resources:
        if not resource["name"].startswith("restricted_"):
            yield resource


def pushed(done: Pushed) -> str:
    """Return what a push did in a line."""
    return (
        f"{done.place} shows release {done.release} ({done.tier} tier): {done.copied} files copied, "
        f"{done.kept} already there, {done.removed} removed"
    )


def shelf(kept: Sequence[Shelved]) -> list[str]:
    """Return the kept releases, newest first."""
    return [
        f"{'*' if one.current else ' '} {one.release}  figures to {one.newest_as_of or '?'}  "
        f"{'+'.join(one.tiers) or '?'}  {formats.format_number(one.rows, _LANG)} rows  "
        f"{formats.format_number(one.size / 1e6, _LANG, 1)} MB  {'whole' if one.whole else 'DAMAGED'}"
        for one in kept
    ] or ["no release"]


def status(told: Mapping[str, Any]) -> list[str]:
    """Return the state of a data folder in lines."""
    current = told["current"]
    lines = [
        f"current release: {current or 'none'}"
        + ("" if told["whole"] or not current else " (DAMAGED: publish again or roll back)"),
        f"tiers: {', '.join(told['tiers']) or 'none'}; newest figure {told['newest_as_of'] or 'none'}",
        "curated files: published"
        if told["up_to_date"]
        else f"curated files: not published, or changed since (they would give {told['curated_gives']})",
        f"publisher at work: {told['publisher'] or 'none'}",
    ]
    lines += [
        f"hidden: {item['kind']} {item['name']} since {item['since']}: {item['reason'] or 'no reason given'}"
        for item in told["hidden"]
    ] or ["hidden: nothing"]
    lines += [
        f"{event['at']} {event['event']} {event['subject'] or event['release']} {event['why']}".rstrip()
        for event in told["history"]
    ]
    return lines
