"""The public changelog of figures as a file: one line a change, old and new value, when and why."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from utils.analysis.changelog import Entry
from utils.exports.writing import neutral
from utils.releases.change_text import describe_change
from utils.releases.changes import Change
from utils.text.locale import Translator

COLUMNS: Final = (
    *("changed_at", "release", "release_before", "kind", "table", "row", "column", "old", "new"),
    *("reason", "sentence"),
)


def changelog_csv(_: Translator, entries: Iterable[Entry], titles: Mapping[str, str]) -> bytes:
    """Return every change of figures as CSV (UTF-8), newest first; sentences in the language of ``_``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        for change in entry.changes:
            for line in _lines(_, entry, change, titles):
                writer.writerow([neutral(cell) for cell in line])
    return out.getvalue().encode()


def _lines(_: Translator, entry: Entry, change: Change, titles: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield one line for each cell that changed; one line for a row that came or went."""
    told = describe_change(_, change, titles)
    reason = "; ".join(filter(None, (change.reason, entry.why)))
    start = [
        entry.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        entry.release,
        entry.before,
        change.kind,
        change.table,
        change.key,
    ]
    for column, (old, new) in (change.cells or {"": (None, None)}).items():
        yield [*start, column, _plain(old), _plain(new), reason, told]


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
