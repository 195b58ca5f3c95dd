"""The changelog of a tier, ``changes/<tier>.jsonl``: read again only when it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from utils.releases.history import HistoryDamaged, parse_changes
from utils.releases.layout import CHANGES
from utils.settings.clock import PHNOM_PENH
from utils.storage import Storage

MOST: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class Changelog:
    """Entries, oldest first, and the stamp of the file they were read from. ``trouble`` ends them."""

    entries: tuple[Mapping[str, Any], ...] = ()
    stamp: str = ""
    trouble: str = ""

    def publication_day(self, release_id: str) -> date | None:
        """Return the day in Cambodia on which a release was last published, where the changelog holds it."""
        for entry in reversed(self.entries):
            if entry["release"] == release_id and entry["event"] == "publish":
                return datetime.fromisoformat(entry["at"]).astimezone(PHNOM_PENH).date()
        return None


def read_changelog(place: Storage, tier: str, known: Changelog) -> Changelog:
    """Return the changelog of a tier; ``known`` itself when the file did not change.

    A damaged file keeps what was known, with the trouble named. Raises ``OSError``.
    """
    key = f"{CHANGES}/{tier}.jsonl"
    try:
        stamp = place.stamp(key)
        if stamp == known.stamp:
            return known
        entries = parse_changes(place.read(key, most=MOST), Path(key))
        for entry in entries:
            datetime.fromisoformat(entry["at"])
        return Changelog(entries, stamp)
    except FileNotFoundError:
        return Changelog()
    except HistoryDamaged as error:
        return Changelog(known.entries, stamp, str(error))
    except ValueError:
        return Changelog(known.entries, stamp, "not the text of a history")
