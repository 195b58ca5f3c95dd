"""What changed since a release that somebody quoted: a pasted citation becomes a list of changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from utils import releases
from utils.analysis.changelog import Entry, entries
from utils.releases.changes import Change

Answer = Literal["nothing_pasted", "unknown", "current", "unchanged", "changed"]
MOST: Final = 2000
_WORD: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{2,63}")
_ROW: Final = re.compile(r"(?:dsp|imp|nds|evf|don|vfi)-\d{4,}")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a pasted text refers to, and what changed since.

    ``release`` is the release it names and ``rows`` the rows; ``of_rows`` are the changes of those
    rows, ``others`` of all other rows, oldest first. ``steps`` counts the releases in between.
    """

    answer: Answer
    release: str = ""
    rows: tuple[str, ...] = ()
    of_rows: tuple[Change, ...] = ()
    others: tuple[Change, ...] = ()
    steps: int = 0


def told(tier: releases.Tier) -> tuple[Entry, ...]:
    """Return what a tier was told of all releases, newest first.

    Raises :class:`utils.releases.TableUnavailable` when the history cannot be read.
    """
    return entries(releases.changelog(tier))


def since(text: str, told: Sequence[Entry], current: str) -> Quoted:
    """Return what changed between the release that ``text`` names and the ``current`` one.

    ``told`` is the tier's own history, newest first. A text may be a release's id, an address or
    a citation in any style or language: only ids this history knows are taken from it.
    """
    words = _WORD.findall(text[:MOST])
    rows = tuple(dict.fromkeys(_ROW.findall(text[:MOST])))
    if not words:
        return Quoted("nothing_pasted")
    known = {entry.release for entry in told} | {entry.before for entry in told} | {current}
    release = next((word for word in words if word in known), "")
    if not release:
        return Quoted("unknown", rows=rows)
    if release == current:
        return Quoted("current", release=release, rows=rows)
    later = _after(release, told)
    changes = [change for entry in later for change in entry.changes]
    return Quoted(
        "changed" if changes else "unchanged",
        release=release,
        rows=rows,
        of_rows=tuple(change for change in changes if change.key in rows),
        others=tuple(change for change in changes if change.key not in rows),
        steps=len(later),
    )


def _after(release: str, told: Iterable[Entry]) -> list[Entry]:
    """Return the entries after the release was last current, oldest first."""
    later: list[Entry] = []
    for entry in told:
        if entry.release == release:
            break
        later.append(entry)
        if entry.before == release:
            break
    return later[::-1]


def of_row(row: str, told: Iterable[Entry]) -> tuple[tuple[Entry, Change], ...]:
    """Return what was ever changed of one row, newest first."""
    return tuple((entry, change) for entry in told for change in entry.changes if change.key == row)
