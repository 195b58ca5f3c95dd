"""What the chores print: problems, progress, changes as sentences, the kept releases, the state."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from utils.curation.publish.push import Pushed
from utils.curation.read import Problem
from utils.releases.catalogue import ReleaseSummary
from utils.releases.change_text import describe_change, titles_of
from utils.releases.changes import Change, count_kinds
from utils.releases.layout import CONTRACT
from utils.text.locale import formats, translator

MOST: Final = 40
_LANG: Final = "en"


class StepPrinter:
    """Prints each step to the error stream: in place on a terminal, a line each elsewhere."""

    def __init__(self) -> None:
        self._on_terminal = sys.stderr.isatty()
        self._steps: list[str] = []

    def __call__(self, step: str, detail: str) -> None:
        """Print that a step begins; its details are printed on a terminal only."""
        if self._on_terminal:
            print(f"\r\033[K{step} {detail}", end="", file=sys.stderr, flush=True)
        elif step not in self._steps:
            print(f"{step}…", file=sys.stderr, flush=True)
        self._steps.append(step)

    def end(self) -> None:
        """Leave the line clean."""
        if self._on_terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def print_problems(problems: Sequence[Problem]) -> None:
    """Print every problem, and how many of each kind; how a doubt is accepted when there is one."""
    for problem in problems:
        print(problem, file=sys.stderr)
    kinds = Counter(problem.severity for problem in problems)
    counted = [_many(kinds[kind], kind) for kind in ("error", "doubt", "warning") if kinds[kind]]
    if counted:
        print(", ".join(counted), file=sys.stderr)
    if kinds["doubt"]:
        print("A doubt is mended, or accepted by name: docs/checks.md tells how.", file=sys.stderr)


def verdict(problems: Sequence[Problem], accepted: Sequence[Problem]) -> str:
    """Return what a check comes to, and how many doubts are accepted."""
    stop = sum(problem.severity != "warning" for problem in problems)
    text = f"{_many(stop, 'problem')} to mend or accept" if stop else "no problems"
    return text + (f" ({_many(len(accepted), 'accepted doubt')})" if accepted else "")


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def as_dicts(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems for machines, each with its severity."""
    return [asdict(problem) | {"severity": problem.severity} for problem in problems]


def change_lines(
    data: Path, changes_by_tier: Mapping[str, Sequence[Change]], *, most: int | None
) -> list[str]:
    """Return what would change in each tier, a sentence a row; the rest counted."""
    contract = json.loads((data / CONTRACT).read_text("utf-8"))
    titles = titles_of(_open_first(contract["resources"]), _LANG)
    _ = translator(_LANG)
    lines: list[str] = []
    for tier, changes in changes_by_tier.items():
        counted = ", ".join(f"{number} {kind}" for kind, number in count_kinds(changes).items() if number)
        lines.append(f"{tier}: {counted or 'no change'}")
        shown = changes if most is None else changes[:most]
        lines += [f"  {describe_change(_, change, titles)}" for change in shown]
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


def push_line(done: Pushed) -> str:
    """Return what a push did in a line."""
    return (
        f"{done.place} shows release {done.release} ({done.tier} tier): {done.copied} files copied, "
        f"{done.kept} already there, {done.removed} removed"
    )


def release_lines(kept: Sequence[ReleaseSummary]) -> list[str]:
    """Return the kept releases, newest first."""
    return [
        f"{'*' if release.current else ' '} {release.release}  figures to {release.newest_as_of or '?'}  "
        f"{'+'.join(release.tiers) or '?'}  {formats.number(release.rows, _LANG)} rows  "
        f"{formats.number(release.size / 1e6, _LANG, 1)} MB  {'whole' if release.whole else 'DAMAGED'}"
        for release in kept
    ] or ["no release"]


def status_lines(status: Mapping[str, Any]) -> list[str]:
    """Return the state of a data folder in lines."""
    current = status["current"]
    lines = [
        f"current release: {current or 'none'}"
        + ("" if status["whole"] or not current else " (DAMAGED: publish again or roll back)"),
        f"tiers: {', '.join(status['tiers']) or 'none'}; newest figure {status['newest_as_of'] or 'none'}",
        "curated files: published"
        if status["up_to_date"]
        else f"curated files: not published, or changed since (they would give {status['curated_gives']})",
        f"publisher at work: {status['publisher'] or 'none'}",
    ]
    lines += [
        f"hidden: {item['kind']} {item['name']} since {item['since']}: {item['reason'] or 'no reason given'}"
        for item in status["hidden"]
    ] or ["hidden: nothing"]
    lines += [
        f"{event['at']} {event['event']} {event['subject'] or event['release']} {event['why']}".rstrip()
        for event in status["history"]
    ]
    return lines
