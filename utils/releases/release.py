"""One release of one tier as pages see it: verified tables less what the curator withdrew."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast

import pandas as pd
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from utils.releases.errors import TableUnavailable, TableWithdrawn
from utils.releases.layout import CONTRACT, Tier
from utils.releases.loading import Entry, Loaded, describe_error, verified
from utils.releases.withdrawal_filter import POSITIONS, WithdrawalFilter, site_columns
from utils.releases.withdrawals import Withdrawal

REMEMBERED: Final = 2048
"""How many results of :func:`per_release` one release keeps; the longest unused go first."""

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Release:
    """One published release of one tier. Frames are shared: treat them as read-only.

    Two are equal when they show the same: the same release and tier, with the same things withdrawn.
    ``published`` is the day on which it became current, where the changelog of its tier has it.
    """

    loaded: Loaded
    hidden: WithdrawalFilter = field(default_factory=WithdrawalFilter)
    published: date | None = None
    _frames: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    _memory: OrderedDict[object, object] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def _same(self) -> tuple[object, ...]:
        return (self.identity, self.tier, self.loaded.place.name, tuple(sorted(self.loaded.damaged)))

    def __hash__(self) -> int:
        return hash(self._same())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Release) and self._same() == other._same()

    @property
    def release_id(self) -> str:
        """The id of the release, made from its inputs."""
        return self.loaded.release_id

    @property
    def tier(self) -> Tier:
        """The tier of the release."""
        return self.loaded.tier

    @property
    def manifest(self) -> Mapping[str, Any]:
        """The manifest of the tier: tables with rows and bytes, newest as-of, contract version."""
        return self.loaded.manifest

    @property
    def identity(self) -> str:
        """The id, and what changes when something is withdrawn: the key of whatever is cached outside."""
        return f"{self.release_id}.{self.hidden.digest}" if self.hidden.digest else self.release_id

    @property
    def newest_as_of(self) -> date | None:
        """The newest day that a figure of displacement describes."""
        try:
            return date.fromisoformat(str(self.manifest.get("newest_as_of", "")))
        except ValueError:
            return None

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables this tier should hold, by the manifest, less those withdrawn."""
        return tuple(name for name in self.loaded.entries if self.hidden.of_table(name) is None)

    @property
    def map_withdrawal(self) -> Withdrawal | None:
        """Since when and why the positions of sites are not shown; ``None`` when they are."""
        return self.hidden.of_map

    def _entry(self, table: str) -> Entry:
        """Return what the manifest says of a table that is shown."""
        entry = self.loaded.entries.get(table)
        if entry is None:
            raise TableUnavailable(table=table, tier=self.tier, reason="not part of this release")
        withdrawn = self.hidden.of_table(table)
        if withdrawn is not None:
            raise TableWithdrawn(table=table, tier=self.tier, since=withdrawn.since, reason=withdrawn.reason)
        if table in self.loaded.damaged:
            raise TableUnavailable(table=table, tier=self.tier, reason=self.loaded.damaged[table])
        return entry

    def is_streamed(self, table: str) -> bool:
        """Return whether a table is too long for :meth:`table` and is read by :meth:`dataset`."""
        return self._entry(table).streamed

    def rows(self, table: str) -> int:
        """Return how many rows a table shows. Raises what :meth:`table` raises."""
        entry = self._entry(table)
        return self.dataset(table).count_rows() if entry.streamed else len(self.table(table))

    def withdrawn_rows(self, table: str) -> int:
        """Return how many rows of a table are left out because their site is withdrawn.

        Raises what :meth:`table` raises.
        """
        return self._entry(table).rows - self.rows(table)

    def table(self, table: str) -> pd.DataFrame:
        """Return ``table`` as a frame: text columns hold ``""`` for empty, dates are ``datetime64``.

        Raises :class:`TableUnavailable` when the file is missing, damaged, streamed or not of this tier,
        and its subclass :class:`TableWithdrawn` when the curator withdrew it.
        """
        if self._entry(table).streamed:
            raise TableUnavailable(table=table, tier=self.tier, reason="too long to be read whole")
        with self._lock:
            if table not in self._frames:
                self._frames[table] = self.hidden.applied(self.loaded.frames[table])
            return self._frames[table]

    def dataset(self, table: str) -> ds.Dataset:
        """Return a table as an Arrow dataset that reads only what is asked of it, without hidden rows.

        The file was verified when the release was loaded. Raises :class:`TableUnavailable`.
        """
        self._entry(table)
        parquet = ds.ParquetFileFormat()
        part = parquet.make_fragment(self.loaded.place.open(self.loaded.key(f"{table}.parquet")))
        found = ds.FileSystemDataset([part], part.physical_schema, parquet)
        if not self.hidden.touches(found.schema.names):
            return found
        if self.hidden.unknown or (self.hidden.of_map and set(POSITIONS) & set(found.schema.names)):
            raise TableUnavailable(table=table, tier=self.tier, reason="positions of sites are withdrawn")
        for column in site_columns(found.schema.names) if self.hidden.sites else ():
            found = found.filter(~pc.field(column).isin(sorted(self.hidden.sites)))
        return found

    def content(self, table: str) -> bytes:
        """Return a table as the bytes of a Parquet file, verified, without what is withdrawn.

        Raises :class:`TableUnavailable`.
        """
        entry = self._entry(table)
        try:
            content = verified(self.loaded.place, self.loaded.key(f"{table}.parquet"), entry)
        except (OSError, ValueError) as error:
            raise TableUnavailable(table=table, tier=self.tier, reason=describe_error(error)) from error
        if not self.hidden.touches(pq.read_schema(io.BytesIO(content)).names):
            return content
        out = io.BytesIO()
        pq.write_table(self.hidden.kept(pq.read_table(io.BytesIO(content))), out, compression="zstd")
        return out.getvalue()

    def contract(self) -> Mapping[str, Any]:
        """Return the tables' contract (Frictionless data package) of this tier.

        Raises :class:`TableUnavailable` when its file is missing or damaged.
        """
        if self.loaded.contract is None:
            raise TableUnavailable(table=CONTRACT, tier=self.tier, reason=self.loaded.damaged[CONTRACT])
        return self.loaded.contract

    def remember(self, key: object, make: Callable[[], R]) -> R:
        """Return what ``make`` gave for ``key`` in this release and tier, computing it once."""
        with self._lock:
            if key not in self._memory:
                self._memory[key] = make()
                while len(self._memory) > REMEMBERED:
                    self._memory.popitem(last=False)
            self._memory.move_to_end(key)
            return cast(R, self._memory[key])


def per_release(
    function: Callable[Concatenate[Release, P], R],
) -> Callable[Concatenate[Release, P], R]:
    """Compute ``function(release, *args)`` once for each release, tier and arguments."""

    @wraps(function)
    def remembered(release: Release, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (function.__module__, function.__qualname__, args, tuple(sorted(kwargs.items())))
        return release.remember(key, lambda: function(release, *args, **kwargs))

    return cast(Callable[Concatenate[Release, P], R], remembered)
