"""The emergency switch: what is withdrawn from every running app, without a new release.

``hidden/<tier>.json`` is read by the apps of that tier. The public file never holds the id of a site
that is not closed: the site is not in that tier at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

import pyarrow.parquet as pq

from utils.curation import history
from utils.curation.files import replace_durably
from utils.curation.history import Event
from utils.curation.lock import alone
from utils.curation.shelf import current_id, folder_of, manifests

Kind = Literal["site", "table", "map", "release"]
KINDS: Final = get_args(Kind)
FOLDER: Final = "hidden"
VERSION: Final = 1
NGO_MAP: Final = "ngo"
UNSAFE: Final = "it tells what may no longer be told"
"""Why a release is withdrawn that names what was hidden after it was made."""


class NothingToHide(Exception):
    """What was named is not in the current release, or is not hidden; nothing was changed."""

    def __init__(self, *, kind: str, name: str, reason: str) -> None:
        super().__init__(f"{kind} {name}: {reason}")
        self.kind = kind
        self.name = name


class HiddenDamaged(Exception):
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


def read(data: Path, tier: str) -> tuple[Withdrawal, ...]:
    """Return what is withdrawn from a tier. Raises :class:`HiddenDamaged` or ``OSError``."""
    path = data / FOLDER / f"{tier}.json"
    if not path.exists():
        return ()
    return parse(path.read_bytes(), path)


def parse(content: bytes, path: Path) -> tuple[Withdrawal, ...]:
    """Return the withdrawals of a file's bytes. Raises :class:`HiddenDamaged`."""
    try:
        document: Any = json.loads(content.decode("utf-8"))
        items = [
            Withdrawal(item["kind"], str(item["name"]), str(item["since"]), str(item["reason"]))
            for item in document["items"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise HiddenDamaged(path=path, reason="not a list of withdrawals") from error
    wrong = [item.kind for item in items if item.kind not in KINDS]
    if document.get("version") != VERSION or wrong:
        raise HiddenDamaged(path=path, reason="of another version, or of an unknown kind")
    return tuple(items)


def written(items: Iterable[Withdrawal]) -> bytes:
    """Return withdrawals as a file holds them."""
    document = {"version": VERSION, "items": [item.as_dict() for item in sorted(items)]}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def everything(data: Path) -> tuple[Withdrawal, ...]:
    """Return what is withdrawn from any tier, each once."""
    return tuple(sorted({item for tier in ("public", "ngo") for item in read(data, tier)}))


def withdrawn_releases(data: Path) -> frozenset[str]:
    """Return the releases that were rolled back."""
    return frozenset(item.name for item in everything(data) if item.kind == "release")


def unsafe_releases(data: Path) -> frozenset[str]:
    """Return the releases that may not come back: they tell what was hidden after them."""
    return frozenset(i.name for i in everything(data) if (i.kind, i.reason) == ("release", UNSAFE))


def hide(
    data: Path, kind: Kind, name: str, why: str, in_public: Callable[[str], str] = str
) -> tuple[str, ...]:
    """Withdraw something from the tiers that hold it; return those tiers.

    ``in_public`` makes of the reason what the public may read.

    Raises :class:`NothingToHide` when no tier of the current release holds it.
    """
    tiers = _tiers_with(data, kind, name)
    if not tiers:
        raise NothingToHide(kind=kind, name=name, reason="not in the current release")
    for tier in tiers:
        others = [item for item in read(data, tier) if (item.kind, item.name) != (kind, name)]
        reason = in_public(why) if tier == "public" else why
        _write(data, tier, [*others, Withdrawal(kind, name, history.now(), reason)])
    return tiers


def show(data: Path, kind: Kind, name: str) -> tuple[str, ...]:
    """Take a withdrawal back; return the tiers that had it."""
    had = []
    for tier in ("public", "ngo"):
        known = read(data, tier)
        kept = [item for item in known if (item.kind, item.name) != (kind, name)]
        if len(kept) != len(known):
            _write(data, tier, kept)
            had.append(tier)
    return tuple(had)


def switch(
    data: Path,
    kind: Kind,
    name: str,
    *,
    why: str,
    undo: bool,
    wait: bool = False,
    in_public: Callable[[str], str] = str,
) -> tuple[str, ...]:
    """Hide or show something and add it to the history; return the tiers concerned.

    ``in_public`` makes of the reason what the public may read.

    Raises :class:`NothingToHide`, :class:`HiddenDamaged`, :class:`utils.curation.lock.Busy`,
    :class:`utils.curation.history.HistoryDamaged` or ``OSError``.
    """
    with alone(data, chore="show" if undo else "hide", wait=wait):
        tiers = show(data, kind, name) if undo else hide(data, kind, name, why, in_public)
        if not tiers:
            raise NothingToHide(kind=kind, name=name, reason="not hidden")
        current = current_id(data) or ""
        event = Event(history.now(), "show" if undo else "hide", current, current, why, f"{kind} {name}")
        history.add(data, event)
        for tier in tiers:
            told = replace(event, why=in_public(why)) if tier == "public" else event
            history.add_changes(data, tier, told, [])
    return tiers


def _tiers_with(data: Path, kind: Kind, name: str) -> tuple[str, ...]:
    """Return the tiers of the current release that hold something.

    Where the release is damaged every tier of it may: to hide too much is safe. The public file alone
    is never given the id of a site that cannot be looked up.
    """
    current = current_id(data)
    if current is None:
        return ()
    folder = folder_of(data, current)
    try:
        tiers = manifests(folder)
        if kind == "table":
            return tuple(tier for tier, manifest in tiers.items() if name in manifest["tables"])
        if kind == "site":
            return tuple(tier for tier in tiers if name in _sites(folder / tier, tiers[tier]["tables"]))
        standing = tuple(tiers)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        standing = tuple(tier for tier in ("public", "ngo") if (folder / tier).is_dir())
        if kind == "site":
            return tuple(tier for tier in standing if tier != "public")
    if kind == "map":
        return ("ngo",) if name == NGO_MAP and "ngo" in standing else ()
    return standing


def _sites(folder: Path, tables: Container[str]) -> frozenset[str]:
    found: set[str] = set()
    for table in ("sites", "named_sites"):
        if table in tables:
            read_ids = pq.read_table(folder / f"{table}.parquet", columns=["site_id"])
            found |= set(read_ids["site_id"].to_pylist())
    return frozenset(found)


def _write(data: Path, tier: str, items: Iterable[Withdrawal]) -> None:
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    replace_durably(folder / f"{tier}.json", written(items))
