"""What was corrected, withdrawn and added at each release, as its tier was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from utils.releases import Release
from utils.releases.change_text import titles_of
from utils.releases.changes import Change, change_from_dict

CORRECTIONS: Final = frozenset({"corrected", "withdrawn"})
"""The kinds a reader who quoted a figure must hear of; added rows and new words are counted beside."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One moment: a release, a step back to an older one, or something hidden or shown again.

    ``release`` is current after it, ``before`` was until then; ``why`` is the publisher's reason and
    ``subject`` what was hidden or shown.
    """

    at: datetime
    event: str
    release: str
    before: str
    why: str
    subject: str
    changes: tuple[Change, ...]

    @property
    def corrections(self) -> tuple[Change, ...]:
        """The figures that were corrected or withdrawn."""
        return tuple(change for change in self.changes if change.kind in CORRECTIONS)

    def count(self, kind: str) -> int:
        """Return how many rows changed in this way."""
        return sum(change.kind == kind for change in self.changes)


def entries(told: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """Return what a tier was told (``changes/<tier>.jsonl``), newest first.

    Raises ``KeyError`` or ``ValueError`` when a line is none of the history's.
    """
    found = [
        Entry(
            at=datetime.fromisoformat(line["at"]).astimezone(UTC),
            event=str(line["event"]),
            release=str(line["release"]),
            before=str(line["before"]),
            why=str(line["why"]),
            subject=str(line["subject"]),
            changes=tuple(change_from_dict(change) for change in line["changes"]),
        )
        for line in told
    ]
    return tuple(reversed(found))


def titles(release: Release, lang: str) -> Mapping[str, str]:
    """Return the titles of tables (``table``) and columns (``table.column``) in a language."""
    return titles_of(release.contract()["resources"], lang)
