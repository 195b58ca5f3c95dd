"""The events of the releases: one line an event, only ever added to.

``changes/history.jsonl`` is the publisher's own record. ``changes/<tier>.jsonl`` announces to each tier
which of its figures an event changed; what the public reads there was compared in the public tier only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, get_args

from utils.releases.durable_files import append_durably, replace_durably
from utils.releases.layout import CHANGES

Kind = Literal["publish", "rollback", "hide", "show"]
KINDS: Final = frozenset(get_args(Kind))
SWITCHES: Final = frozenset({"publish", "rollback"})


class HistoryDamaged(Exception):
    """A line of a history file cannot be read; nothing was changed."""

    def __init__(self, *, path: Path, line: int) -> None:
        super().__init__(f"{path.name} line {line}: not an event of the history")
        self.path = path
        self.line = line


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``at`` is UTC in ISO 8601; ``release`` is current after it, ``before`` was until then."""

    at: str
    event: Kind
    release: str
    before: str = ""
    why: str = ""
    subject: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the event for machines."""
        return asdict(self)


def now() -> str:
    """Return the moment as UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_events(data: Path) -> tuple[Event, ...]:
    """Return every event, oldest first. Raises :class:`HistoryDamaged` or ``OSError``."""
    path = data / CHANGES / "history.jsonl"
    found = []
    for number, line in enumerate(_lines(_content(path)), 1):
        try:
            found.append(_event(json.loads(line)))
        except (ValueError, TypeError) as error:
            raise HistoryDamaged(path=path, line=number) from error
    return tuple(found)


def _event(written: Any) -> Event:
    """Return the event of a line. Raises ``TypeError`` or ``ValueError`` when it is none."""
    event = Event(**written)
    if any(not isinstance(value, str) for value in event.as_dict().values()) or event.event not in KINDS:
        raise ValueError("not an event")
    return event


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _lines(content: bytes) -> list[bytes]:
    """Return the whole lines of a file; a last line that was cut off while it was written is not one."""
    return content.split(b"\n")[:-1]


def read_switches(data: Path) -> tuple[Event, ...]:
    """Return the events that made another release current, oldest first."""
    return tuple(event for event in read_events(data) if event.event in SWITCHES)


def append_event(data: Path, event: Event) -> None:
    """Add an event. Raises ``OSError``."""
    path = data / CHANGES / "history.jsonl"
    _mend(path)
    append_durably(path, json.dumps(event.as_dict(), ensure_ascii=False))


def is_announced(data: Path, tier: str, event: Event) -> bool:
    """Return whether a switch is the newest in a tier's changelog: its publisher was killed after that."""
    known = [entry for entry in read_changes(data, tier) if entry["event"] in SWITCHES]
    return bool(known) and (known[-1]["release"], known[-1]["before"]) == (event.release, event.before)


def append_changes(data: Path, tier: str, event: Event, changes: list[Mapping[str, Any]]) -> None:
    """Announce to one tier what an event changed. Raises ``OSError``."""
    path = data / CHANGES / f"{tier}.jsonl"
    _mend(path)
    entry = {**event.as_dict(), "tier": tier, "changes": changes}
    append_durably(path, json.dumps(entry, ensure_ascii=False))


def _mend(path: Path) -> None:
    """Drop a last line that was cut off when its writer was killed or the disk was full."""
    if path.exists():
        content = path.read_bytes()
        if content and not content.endswith(b"\n"):
            os.truncate(path, content.rfind(b"\n") + 1)


def read_changes(data: Path, tier: str) -> tuple[dict[str, Any], ...]:
    """Return the changelog of a tier, oldest first: events with their ``changes`` as plain objects.

    Raises :class:`HistoryDamaged` or ``OSError``.
    """
    path = data / CHANGES / f"{tier}.jsonl"
    return parse_changes(_content(path), path)


def parse_changes(content: bytes, path: Path) -> tuple[dict[str, Any], ...]:
    """Return the entries of the bytes of ``changes/<tier>.jsonl``, oldest first.

    Raises :class:`HistoryDamaged`.
    """
    found: list[dict[str, Any]] = []
    for number, line in enumerate(_lines(content), 1):
        try:
            entry = json.loads(line)
            _event({key: entry[key] for key in Event.__dataclass_fields__})
            found.append({**entry, "changes": list(entry["changes"])})
        except (ValueError, TypeError, KeyError) as error:
            raise HistoryDamaged(path=path, line=number) from error
    return tuple(found)


def forget_details(data: Path, release: str) -> None:
    """Take the details of a withdrawn release out of the changelogs of the tiers; the events stay.

    A release that is withdrawn may hold what should never have been published. Raises
    :class:`HistoryDamaged` or ``OSError``.
    """
    for path in sorted((data / CHANGES).glob("*.jsonl")):
        if path.name != "history.jsonl":
            entries = read_changes(data, path.stem)
            about = [release in (entry["release"], entry["before"]) for entry in entries]
            _rewrite(
                path, entries, [[] if it else e["changes"] for it, e in zip(about, entries, strict=True)]
            )


def filter_changes(data: Path, tier: str, keep: Callable[[list[Any]], list[Any]]) -> None:
    """Keep of every entry of a tier the changes that ``keep`` returns.

    Raises :class:`HistoryDamaged` or ``OSError``.
    """
    entries = read_changes(data, tier)
    _rewrite(data / CHANGES / f"{tier}.jsonl", entries, [keep(entry["changes"]) for entry in entries])


def _rewrite(path: Path, entries: Sequence[Mapping[str, Any]], kept: Sequence[list[Any]]) -> None:
    """Write the entries of a tier with other changes, in one step; nothing where they are the same."""
    if all(entry["changes"] == changes for entry, changes in zip(entries, kept, strict=True)):
        return
    lines = [
        json.dumps({**entry, "changes": changes}, ensure_ascii=False)
        for entry, changes in zip(entries, kept, strict=True)
    ]
    replace_durably(path, "".join(f"{line}\n" for line in lines).encode())
