"""Compares two releases of one tier: added, corrected, reworded, withdrawn rows.

A correction is a changed number, day, code or choice of a row, or a new row that supersedes another.
A change of words alone is called reworded. Each change carries what a sentence about it needs, so
that it can be written long after its release is gone.
"""

from __future__ import annotations

import filecmp
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from utils.releases.changes import SMALL_COUNT, Cell, Change
from utils.releases.layout import CONTRACT
from utils.text.locale import LANGUAGES, Names

Cells = Mapping[str, Cell]
MOST_ROWS: Final = 200_000
"""Tables of more rows are compared by their number only."""
_SILENT: Final = frozenset(
    {
        *("source_origins", "contact_languages", "place_aliases", "fx_rates"),
        *(
            "withdrawn_ids",
            "withheld_cells",
            "named_districts",
            "accepted_warnings",
            "field_series",
            "field_latest",
        ),
    }
)
"""Tables whose rows belong to rows of another table, or are no news to a reader."""
_LABELS: Final = (
    "title",
    "claim_or_channel",
    "institution",
    "name",
    "subject",
    "organisation",
    "org",
    "donor",
)
_ABOUT: Final = (
    *("indicator", "metric", "as_of", "date", "date_from", "published_on", "country", "admin1", "admin2"),
    *("value", "low", "high", "qualifier", "unit", "amount", "currency", "amount_qualifier", "quantity"),
    *("recipient", "counted_by", "claimed_by", "source_id", "sites", "level", "suppressed"),
)


@dataclass(frozen=True, slots=True)
class _Tier:
    """The tables of one tier of a release, read when they are asked for."""

    folder: Path
    resources: Mapping[str, Mapping[str, Any]]

    def rows(self, table: str) -> dict[str, dict[str, Cell]]:
        """Return the rows of a table by key, with dates as ISO text."""
        path = self.folder / f"{table}.parquet"
        if table not in self.resources or not path.exists():
            return {}
        key = self.resources[table]["schema"]["primaryKey"]
        columns = [key] if isinstance(key, str) else key
        rows = [
            {name: _plain(value) for name, value in row.items()} for row in pq.read_table(path).to_pylist()
        ]
        return {", ".join(str(row[column] or "") for column in columns): row for row in rows}

    def is_streamed(self, table: str) -> bool:
        """Return whether a table is too large to be compared row by row."""
        return bool(self.resources.get(table, {}).get("streamed"))

    def count(self, table: str) -> int:
        """Return how many rows a table has, from the end of its file."""
        path = self.folder / f"{table}.parquet"
        return int(pq.read_metadata(path).num_rows) if path.exists() else 0


def compare_tiers(old: Path | None, new: Path) -> tuple[Change, ...]:
    """Return what differs between two tier folders; nothing when there is no older one.

    Raises ``OSError``, ``ValueError`` or ``KeyError`` when a release is damaged.
    """
    if old is None:
        return ()
    before, after = _open(old), _open(new)
    comparison = _Comparison(after=after, before=before)
    changes: list[Change] = []
    for table in sorted({*before.resources, *after.resources} - _SILENT):
        if _same_file(before.folder / f"{table}.parquet", after.folder / f"{table}.parquet"):
            continue
        is_large = before.is_streamed(table) or after.is_streamed(table)
        if is_large or max(before.count(table), after.count(table)) > MOST_ROWS:
            changes += _by_number(table, before, after)
        else:
            changes += comparison.table(table)
    return tuple(changes)


def _same_file(old: Path, new: Path) -> bool:
    return old.exists() and new.exists() and filecmp.cmp(old, new, shallow=False)


def _open(folder: Path) -> _Tier:
    contract = json.loads((folder / CONTRACT).read_text("utf-8"))
    return _Tier(folder, {resource["name"]: resource for resource in contract["resources"]})


def _by_number(table: str, before: _Tier, after: _Tier) -> Iterator[Change]:
    old, new = before.count(table), after.count(table)
    if old != new:
        yield Change("corrected", table, "", {"rows": (old, new)})


class _Comparison:
    """Compares tables and describes what each row is about, in the words of the newer release."""

    def __init__(self, *, before: _Tier, after: _Tier) -> None:
        self.before, self.after = before, after
        self.indicators = {**before.rows("indicators"), **after.rows("indicators")}
        self.counters = {**before.rows("counters"), **after.rows("counters")}
        self.sources = {**before.rows("sources"), **after.rows("sources")}
        self.places = {
            row["pcode"]: row
            for tier in (before, after)
            for row in tier.rows("places").values()
            if row.get("pcode")
        }
        self.withdrawn = {row["observation_id"]: row for row in after.rows("withdrawn_ids").values()}

    def table(self, table: str) -> Iterator[Change]:
        """Yield the changes of one table: corrections, additions, withdrawals, then words."""
        old, new = self.before.rows(table), self.after.rows(table)
        figures = _figure_columns(
            (self.after if table in self.after.resources else self.before).resources[table]
        )
        replaced = {row["supersedes"]: key for key, row in new.items() if row.get("supersedes")}
        for key, row in new.items():
            if key in old:
                yield from self._differs(table, key, old[key], row, figures)
            elif row.get("supersedes") in old:
                yield self._replacement(table, key, old[str(row["supersedes"])], row, figures)
            else:
                yield Change("added", table, key, {}, self.about(table, row))
        for key, row in old.items():
            if key not in new and key not in replaced:
                entry = self.withdrawn.get(key, {})
                yield Change(
                    "withdrawn", table, key, {}, self.about(table, row), str(entry.get("reason") or "")
                )

    def _differs(
        self, table: str, key: str, old: Cells, new: Cells, figures: frozenset[str]
    ) -> Iterator[Change]:
        shared = [column for column in new if column in old and old[column] != new[column]]
        if new.get("suppressed") and not old.get("suppressed"):
            yield Change("withdrawn", table, key, {}, self.about(table, new), SMALL_COUNT)
            return
        figure_cells = {column: (old[column], new[column]) for column in shared if column in figures}
        words = {column: (old[column], new[column]) for column in shared if column not in figures}
        if figure_cells:
            yield Change("corrected", table, key, figure_cells, self.about(table, new))
        elif words:
            yield Change("reworded", table, key, words, self.about(table, new))

    def _replacement(self, table: str, key: str, old: Cells, new: Cells, figures: frozenset[str]) -> Change:
        cells = {
            column: (old[column], new[column])
            for column in new
            if column in figures and column not in {"supersedes"} and old.get(column) != new[column]
        }
        reason = str(new.get("note") or "")
        return Change("corrected", table, key, cells, self.about(table, new), reason)

    def about(self, table: str, row: Cells) -> dict[str, Any]:
        """Return what a sentence about the row needs: its subject, place, day, figure, claimant."""
        known: dict[str, Any] = {column: row[column] for column in _ABOUT if row.get(column) is not None}
        label = next((row[column] for column in _LABELS if row.get(column)), None)
        if label is not None:
            known["label"] = label
        indicator = self.indicators.get(str(row.get("indicator") or row.get("metric") or ""))
        if indicator:
            known["indicator_name"] = indicator["name"]
        counter = self.counters.get(str(row.get("counted_by") or ""))
        if counter:
            known["counter_name"] = counter["short_name"] or counter["name"]
        source = self.sources.get(str(row.get("source_id") or ""))
        if source:
            known["publisher"] = source["publisher"]
        code = row.get("admin2_pcode") or row.get("admin1_pcode")
        place = self.places.get(str(code)) if code else None
        if place:
            names = Names.of_row(place)
            known["place"] = {lang: names.get(lang, "") for lang in LANGUAGES}
        return known


def _figure_columns(resource: Mapping[str, Any]) -> frozenset[str]:
    """Return the columns whose change is a correction: all but free text, marked by having no choice.

    A text column is a choice when the contract lists its values or links it to another table.
    """
    schema = resource["schema"]
    linked = {
        column
        for link in schema.get("foreignKeys", ())
        for column in ([link["fields"]] if isinstance(link["fields"], str) else link["fields"])
    }
    return frozenset(
        entry["name"]
        for entry in schema["fields"]
        if entry["type"] != "string" or entry.get("constraints", {}).get("enum") or entry["name"] in linked
    )


def _plain(value: object) -> Cell:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str | float | int | bool) or value is None:
        return value
    return str(value)
