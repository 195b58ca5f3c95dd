"""What a tier was told of its releases: ``changes/<tier>.jsonl``, read again only when it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from utils.curation import history
from utils.settings.clock import PHNOM_PENH
from utils.storage import Storage

MOST: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """Entries, oldest first, and the stamp of the file they were read from. ``trouble`` ends them."""

    entries: tuple[Mapping[str, Any], ...] = ()
    stamp: str = ""
    trouble: str = ""

    def published(self, release_id: str) -> date | None:
        """Return the day in Cambodia on which a release was last published, where it was told."""
        for entry in reversed(self.entries):
            if entry["release"] == release_id and entry["event"] == "publish":
                return datetime.fromisoformat(entry["at"]).astimezone(PHNOM_PENH).date()
        return None


def read(place: Storage, tier: str, known: Told) -> Told:
    """Return what a tier was told; ``known`` itself when the file did not change.

    A damaged file keeps what was known, with the trouble named. Raises ``OSError``.
    """
    key = f"{history.FOLDER}/{tier}.jsonl"
    try:
        stamp = place.stamp(key)
        if stamp == known.stamp:
            return known
        entries = history.parse_told(place.read(key, most=MOST), Path(key))
        for entry in entries:
            datetime.fromisoformat(entry["at"])
        return Told(entries, stamp)
    except FileNotFoundError:
        return Told()
    except history.HistoryDamaged as error:
        return Told(known.entries, stamp, str(error))
    except ValueError:
        return Told(known.entries, stamp, "not the text of a history")
