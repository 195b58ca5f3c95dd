"""The list of what the curator withdrew from every running app, without a new release.

``hidden/<tier>.json`` is read by the apps of that tier. The public file never holds the id of a site
that is not closed: the site is not in that tier at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

from utils.releases.layout import HIDDEN, TIERS

Kind = Literal["site", "table", "map", "release"]
KINDS: Final = get_args(Kind)
VERSION: Final = 1
NGO_MAP: Final = "ngo"
UNSAFE: Final = "it tells what may no longer be told"
"""Why a release is withdrawn that names what was hidden after it was made."""


class WithdrawalsDamaged(Exception):
    """A file of withdrawals cannot be read; nothing was changed. Mend it by hand: it protects people."""

    def __init__(self, *, path: Path, reason: str) -> None:
        super().__init__(f"{path.parent.name}/{path.name}: {reason}")
        self.path = path


@dataclass(frozen=True, slots=True, order=True)
class Withdrawal:
    """What is withdrawn, since when (UTC, ISO 8601) and why."""

    kind: Kind
    name: str
    since: str
    reason: str

    def as_dict(self) -> dict[str, str]:
        """Return the withdrawal as it is written."""
        return asdict(self)


def read_withdrawals(data: Path, tier: str) -> tuple[Withdrawal, ...]:
    """Return what is withdrawn from a tier. Raises :class:`WithdrawalsDamaged` or ``OSError``."""
    path = data / HIDDEN / f"{tier}.json"
    if not path.exists():
        return ()
    return parse_withdrawals(path.read_bytes(), path)


def parse_withdrawals(content: bytes, path: Path) -> tuple[Withdrawal, ...]:
    """Return the withdrawals of a file's bytes. Raises :class:`WithdrawalsDamaged`."""
    try:
        document: Any = json.loads(content.decode("utf-8"))
        items = [
            Withdrawal(item["kind"], str(item["name"]), str(item["since"]), str(item["reason"]))
            for item in document["items"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise WithdrawalsDamaged(path=path, reason="not a list of withdrawals") from error
    wrong = [item.kind for item in items if item.kind not in KINDS]
    if document.get("version") != VERSION or wrong:
        raise WithdrawalsDamaged(path=path, reason="of another version, or of an unknown kind")
    return tuple(items)


def serialise_withdrawals(items: Iterable[Withdrawal]) -> bytes:
    """Return withdrawals as a file holds them."""
    document = {"version": VERSION, "items": [item.as_dict() for item in sorted(items)]}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def list_withdrawals(data: Path) -> tuple[Withdrawal, ...]:
    """Return what is withdrawn from any tier, each once."""
    return tuple(sorted({item for tier in TIERS for item in read_withdrawals(data, tier)}))


def withdrawn_releases(data: Path) -> frozenset[str]:
    """Return the releases that were rolled back."""
    return frozenset(item.name for item in list_withdrawals(data) if item.kind == "release")


def unsafe_releases(data: Path) -> frozenset[str]:
    """Return the releases that may not come back: they disclose what was hidden after them."""
    return frozenset(
        item.name for item in list_withdrawals(data) if (item.kind, item.reason) == ("release", UNSAFE)
    )
