"""The curated tables of a public copy without the counts that a release withholds."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from utils.curation.curated_tables import Record
from utils.curation.disclosure.hidden_names import build_name_gate
from utils.curation.disclosure.redaction import BLURS, Setting, public_displacement
from utils.curation.problems import Row, Value

_KEY: Final = {"displacement": "observation_id", "aid_deliveries": "delivery_id"}
_COUNTS: Final = ("beneficiaries_families", "beneficiaries_people", "note")


def rewrite_withheld(record: Record) -> dict[str, str]:
    """Return the files that hold a withheld count, by path below the data folder, as the copy holds them.

    A row of displacement whose count is hidden is left out, and a note that would repeat it is emptied; of a
    delivery that reached a handful at a named place the numbers are. Raises ``OSError``.
    """
    changes: dict[str, dict[Value, Mapping[str, Value] | None]] = {
        "displacement": _hidden_counts(record),
        "aid_deliveries": _small_deliveries(record),
    }
    return {
        record.contract.tables[name].path: _rewritten(record, name, changed)
        for name, changed in changes.items()
        if changed
    }


def _hidden_counts(record: Record) -> dict[Value, Mapping[str, Value] | None]:
    noted = {row["observation_id"]: row["note"] for row in record.rows("displacement")}
    found: dict[Value, Mapping[str, Value] | None] = {}
    for row in public_displacement(record):
        if row["suppressed"]:
            found[row["observation_id"]] = None
        elif noted[row["observation_id"]] and not row["note"]:
            found[row["observation_id"]] = {"note": None}
    return found


def _small_deliveries(record: Record) -> dict[Value, Mapping[str, Value] | None]:
    setting = Setting(record, build_name_gate(record))
    found: dict[Value, Mapping[str, Value] | None] = {}
    for row in record.rows("aid_deliveries"):
        shown: Row = BLURS["delivery"](row, setting)
        emptied = {column: None for column in _COUNTS if row[column] != shown[column]}
        if emptied:
            found[row["delivery_id"]] = emptied
    return found


def _rewritten(record: Record, name: str, changed: Mapping[Value, Mapping[str, Value] | None]) -> str:
    path = record.data / record.contract.tables[name].path
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns: Sequence[str] = reader.fieldnames or ()
        rows = list(reader)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        key = row[_KEY[name]]
        if key in changed:
            emptied = changed[key]
            if emptied is None:
                continue
            row |= dict.fromkeys(emptied, "")
        writer.writerow(row)
    return out.getvalue()
