"""Takes out of the tables that an app shows what ``hidden/<tier>.json`` withdraws; read at every look."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from utils.releases.layout import HIDDEN
from utils.releases.withdrawals import NGO_MAP, Kind, Withdrawal, WithdrawalsDamaged, parse_withdrawals
from utils.storage import Storage

MOST: Final = 1_000_000
SITE_TABLES: Final = frozenset(
    {"sites", "site_reports", "site_aliases", "site_roles", "named_sites", "named_site_reports"}
)
"""Tables that list sites one by one."""
POSITIONS: Final = ("lat", "lon", "admin3", "admin3_pcode", "village", "place_id")
"""Columns of a table of sites that say where in its district a site lies."""


@dataclass(frozen=True, slots=True)
class WithdrawalFilter:
    """What is withdrawn. ``unknown``: no list could be read yet, so nothing of single sites is shown."""

    items: tuple[Withdrawal, ...] = ()
    unknown: bool = False

    @property
    def digest(self) -> str:
        """Return what changes when the list does; empty for an empty list."""
        if self.unknown:
            return "unknown"
        written = json.dumps([item.as_dict() for item in sorted(self.items)])
        return hashlib.sha256(written.encode()).hexdigest()[:8] if self.items else ""

    def find(self, kind: Kind, name: str) -> Withdrawal | None:
        """Return the withdrawal of one thing, if it is withdrawn."""
        return next((item for item in self.items if (item.kind, item.name) == (kind, name)), None)

    def of_table(self, table: str) -> Withdrawal | None:
        """Return why a table is not shown, or ``None``."""
        if self.unknown and table in SITE_TABLES:
            return Withdrawal("table", table, "", "")
        return self.find("table", table)

    @property
    def of_map(self) -> Withdrawal | None:
        """Return why the map of sites is not shown, or ``None``."""
        if self.unknown:
            return Withdrawal("map", NGO_MAP, "", "")
        return self.find("map", NGO_MAP)

    @property
    def sites(self) -> frozenset[str]:
        """Return the ids of the sites that are withdrawn."""
        return frozenset(item.name for item in self.items if item.kind == "site")

    def touches(self, columns: Iterable[str]) -> bool:
        """Return whether a table of these columns could hold what is withdrawn."""
        return bool(site_columns(columns)) and bool(self.sites or self.of_map)

    def applied(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a table without the rows of withdrawn sites and, without the map, their positions."""
        if not self.touches(frame.columns):
            return frame
        shown = frame
        for column in site_columns(frame.columns):
            named = shown[column].notna() & (shown[column] != "")
            shown = shown[~named] if self.unknown else shown[~shown[column].isin(self.sites)]
        shown = shown.reset_index(drop=True)
        if self.of_map:
            blank = {
                name: None if pd.api.types.is_numeric_dtype(shown[name].dtype) else ""
                for name in POSITIONS
                if name in shown.columns
            }
            shown = shown.assign(**blank).astype({name: shown[name].dtype for name in blank})
        return shown

    def kept(self, table: pa.Table) -> pa.Table:
        """Return an Arrow table less the same rows and positions; types stay as they were."""
        columns = site_columns(table.schema.names)
        if not self.touches(columns):
            return table
        shown = table
        for column in columns:
            ids = pc.fill_null(shown[column], "")
            gone = (
                pc.not_equal(ids, "")
                if self.unknown
                else pc.is_in(ids, value_set=pa.array(sorted(self.sites), pa.string()))
            )
            shown = shown.filter(pc.invert(gone))
        for name in POSITIONS if self.of_map else ():
            if name in shown.schema.names:
                index = shown.schema.get_field_index(name)
                kind = shown.schema.field(index)
                shown = shown.set_column(index, kind, pa.nulls(len(shown), kind.type))
        return shown


def site_columns(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the columns that hold the id of a site."""
    return tuple(name for name in columns if name == "site_id" or name.endswith("_site_id"))


def read_filter(place: Storage, tier: str) -> WithdrawalFilter:
    """Return what is withdrawn now.

    Raises :class:`utils.releases.withdrawals.WithdrawalsDamaged` or ``OSError``.
    """
    key = f"{HIDDEN}/{tier}.json"
    try:
        content = place.read(key, most=MOST)
    except FileNotFoundError:
        return WithdrawalFilter()
    items = parse_withdrawals(content, Path(key))
    try:
        for item in items:
            datetime.fromisoformat(item.since)
    except ValueError as error:
        raise WithdrawalsDamaged(path=Path(key), reason="a withdrawal has no moment") from error
    return WithdrawalFilter(items)
