"""What changed since a release that somebody quoted: a pasted citation becomes a list of changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from utils import releases
from utils.analysis.changelog import Announcement, parse_announcements
from utils.releases.changes import Change

Answer = Literal["nothing_pasted", "unknown", "current", "unchanged", "changed"]
MOST: Final = 2000
_WORD: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{2,63}")
_ROW: Final = re.compile(r"(?:dsp|imp|nds|evf|don|vfi)-\d{4,}")


@dataclass(frozen=True, slots=True)
class QuotedChanges:
    """What a pasted text refers to, and what changed since.

    ``rows`` are the ids of rows it names; ``of_rows`` are the changes of those rows, ``others`` of all
    other rows, oldest first.
    """

    answer: Answer
    rows: tuple[str, ...] = ()
    of_rows: tuple[Change, ...] = ()
    others: tuple[Change, ...] = ()


def list_announcements(tier: releases.Tier) -> tuple[Announcement, ...]:
    """Return the announcements of all releases to a tier, newest first.

    Raises :class:`utils.releases.TableUnavailable` when the history cannot be read.
    """
    return parse_announcements(releases.changelog(tier))


def find_changes_since(text: str, announcements: Sequence[Announcement], current: str) -> QuotedChanges:
    """Return what changed between the release that ``text`` names and the ``current`` one.

    ``announcements`` is the tier's own history, newest first. A text may be a release's id, an address or
    a citation in any style or language: only ids this history knows are taken from it.
    """
    words = _WORD.findall(text[:MOST])
    rows = tuple(dict.fromkeys(_ROW.findall(text[:MOST])))
    if not words:
        return QuotedChanges("nothing_pasted")
    releases = (
        {entry.release for entry in announcements} | {entry.before for entry in announcements} | {current}
    )
    release = next((word for word in words if word in releases), "")
    if not release:
        return QuotedChanges("unknown", rows=rows)
    if release == current:
        return QuotedChanges("current", rows=rows)
    later = _after(release, announcements)
    changes = [change for entry in later for change in entry.changes]
    return QuotedChanges(
        "changed" if changes else "unchanged",
        rows=rows,
        of_rows=tuple(change for change in changes if change.key in rows),
        others=tuple(change for change in changes if change.key not in rows),
    )


def _after(release: str, announcements: Iterable[Announcement]) -> list[Announcement]:
    """Return the entries after the release was last current, oldest first."""
    later: list[Announcement] = []
    for entry in announcements:
        if entry.release == release:
            break
        later.append(entry)
        if entry.before == release:
            break
    return later[::-1]


def list_row_changes(
    row: str, announcements: Iterable[Announcement]
) -> tuple[tuple[Announcement, Change], ...]:
    """Return what was ever changed of one row, newest first."""
    return tuple((entry, change) for entry in announcements for change in entry.changes if change.key == row)
