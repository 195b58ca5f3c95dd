"""Loads one release of one tier, every file verified against the manifest before anything is shown."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from utils.releases.layout import CONTRACT, MANIFEST, Tier, file_key, is_release_id
from utils.storage import OutsideStorage, Storage, Unreachable

_TABLE: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_DOCUMENT_MOST: Final = 16_000_000
_TABLE_MOST: Final = 500_000_000

Code = Literal["unreachable", "pointer", "manifest", "damaged"]


class Unusable(Exception):
    """A release cannot be taken at all; ``code`` says why in one word, ``detail`` in a few."""

    def __init__(self, *, code: Code, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one file. A ``streamed`` table is too long to be held in memory."""

    sha256: str
    size: int
    rows: int
    streamed: bool


@dataclass(frozen=True, eq=False)
class Loaded:
    """A verified release. ``damaged`` names the files that are missing or not what they should be.

    Frames are shared: text columns hold ``""`` for empty, dates are ``datetime64``.
    """

    release_id: str
    tier: Tier
    place: Storage
    manifest: Mapping[str, Any]
    entries: Mapping[str, Entry]
    frames: Mapping[str, pd.DataFrame] = field(repr=False)
    contract: Mapping[str, Any] | None = field(repr=False)
    damaged: Mapping[str, str]

    @property
    def is_whole(self) -> bool:
        """Return whether every file is there, byte for byte."""
        return not self.damaged

    def key(self, file: str) -> str:
        """Return the key of a file of this release in its place."""
        return file_key(self.release_id, self.tier, file)


def load(place: Storage, tier: Tier, release_id: str, known: Loaded | None = None) -> Loaded:
    """Read and verify every file of a release; what is ``known`` of it is not read again.

    Raises :class:`Unusable` when there is no such release, its manifest cannot be trusted, or the store
    stops answering.
    """
    if not is_release_id(release_id):
        raise Unusable(code="pointer", detail="not the id of a release")
    manifest, entries, of_contract = _manifest(place, tier, release_id)
    frames: dict[str, pd.DataFrame] = {}
    contract: Mapping[str, Any] | None = None
    damaged: dict[str, str] = {}
    for name, entry in entries.items():
        key = file_key(release_id, tier, f"{name}.parquet")
        try:
            if entry.streamed:
                _verify_long(place, key, entry)
            elif known and name in known.frames and known.entries[name] == entry:
                frames[name] = known.frames[name]
            else:
                frames[name] = frame_of(verified(place, key, entry))
        except Unreachable as error:
            raise Unusable(code="unreachable", detail=describe_error(error)) from error
        except (OSError, pa.ArrowException, ValueError) as error:
            damaged[name] = describe_error(error)
    try:
        contract = json.loads(verified(place, file_key(release_id, tier, CONTRACT), of_contract))
    except Unreachable as error:
        raise Unusable(code="unreachable", detail=describe_error(error)) from error
    except (OSError, ValueError) as error:
        damaged[CONTRACT] = describe_error(error)
    return Loaded(release_id, tier, place, manifest, entries, frames, contract, damaged)


def _manifest(
    place: Storage, tier: Tier, release_id: str
) -> tuple[Mapping[str, Any], dict[str, Entry], Entry]:
    key = file_key(release_id, tier, MANIFEST)
    try:
        manifest = json.loads(place.read(key, most=_DOCUMENT_MOST))
        if (manifest["release"], manifest["tier"]) != (release_id, tier):
            raise ValueError("it is of another release or tier")
        if not str(manifest["created_from"]).startswith(release_id):
            raise ValueError("its inputs do not give this id")
        entries = {_name(name): _entry(entry) for name, entry in sorted(manifest["tables"].items())}
        return manifest, entries, _entry({"rows": 0, **manifest["contract"]})
    except FileNotFoundError as error:
        raise Unusable(code="pointer", detail="there is no such release") from error
    except Unreachable as error:
        raise Unusable(code="unreachable", detail=describe_error(error)) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unusable(code="manifest", detail=describe_error(error)) from error


def _name(written: Any) -> str:
    if not isinstance(written, str) or not _TABLE.fullmatch(written):
        raise ValueError("a table has no proper name")
    return written


def _entry(written: Mapping[str, Any]) -> Entry:
    entry = Entry(
        sha256=str(written["sha256"]),
        size=int(written["bytes"]),
        rows=int(written["rows"]),
        streamed=written.get("streamed") is True,
    )
    if not _SHA256.fullmatch(entry.sha256) or entry.size < 0 or entry.rows < 0:
        raise ValueError("an entry has no proper checksum, size or number of rows")
    return entry


def verified(place: Storage, key: str, entry: Entry) -> bytes:
    """Return a file that is what the manifest says. Raises ``OSError`` or ``ValueError``."""
    if entry.size > _TABLE_MOST:
        raise ValueError("too large to be held in memory")
    content = place.read(key, most=entry.size)
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise ValueError("damaged: its checksum differs from the manifest")
    return content


def _verify_long(place: Storage, key: str, entry: Entry) -> None:
    if place.size(key) != entry.size or place.digest(key) != entry.sha256:
        raise ValueError("damaged: its checksum differs from the manifest")


def frame_of(content: bytes) -> pd.DataFrame:
    """Return Parquet bytes as a frame: empty texts are ``""``, dates ``datetime64``."""
    table = pq.read_table(io.BytesIO(content))
    return pd.DataFrame({name: _column(table[name]) for name in table.column_names})


def _column(column: pa.ChunkedArray) -> pd.Series[Any]:
    kind = column.type
    if pa.types.is_date(kind):
        return pd.Series(column.cast(pa.timestamp("s")).to_numpy())
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return pd.Series(column.to_numpy())
    if pa.types.is_boolean(kind) and not column.null_count:
        return pd.Series(column.to_numpy())
    return pd.Series(["" if value is None else value for value in column.to_pylist()], dtype=object)


def describe_error(error: BaseException) -> str:
    """Return why a file could not be read, without the way to it."""
    if isinstance(error, OutsideStorage):
        return "leads out of the data folder"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    if isinstance(error, ValueError) and not isinstance(error, UnicodeError | json.JSONDecodeError):
        return str(error)
    return type(error).__name__
