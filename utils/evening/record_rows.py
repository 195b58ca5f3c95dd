"""The evening as rows for the record: one pot for each currency, promises and goods apart.

Single gifts do not go out: the record holds what the committee announces, under a source of its own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Final

from utils.analysis import observations
from utils.evening.ledger.currencies import decimal
from utils.evening.tonight import Tonight
from utils.releases import Release

COLUMNS: Final = (
    *("row_id", "date", "date_from", "date_to", "campaign_id", "donor", "donor_kind", "donor_city"),
    *("donor_country", "recipient", "channel", "amount", "currency", "amount_qualifier", "status"),
    *("is_cumulative", "in_kind_item", "in_kind_quantity", "in_kind_unit", "crisis_phase", "source_id"),
    *("note", "stage", "purpose", "count_in_total", "exclude_reason"),
)
"""The columns of the table of donations, in the order of its contract."""


class NotClosed(Exception):
    """The evening has no cut-off yet: its sums may still change."""

    def __init__(self, *, evening_id: str) -> None:
        super().__init__(f"{evening_id} is not closed: close it, then export")
        self.evening_id = evening_id


@dataclass(frozen=True, slots=True)
class Announced:
    """What the committee says of its evening: who collected where, for whom, and where it is announced."""

    collector: str
    city: str
    country: str
    recipient: str
    source_id: str
    first_row: int


def build_record_rows(release: Release, now: Tonight, announced: Announced) -> tuple[Mapping[str, str], ...]:
    """Return rows for ``donations.csv``, numbered from ``announced.first_row``. Raises :class:`NotClosed`."""
    closed = now.settings.cut_off
    if closed is None:
        raise NotClosed(evening_id=now.settings.evening_id)
    day = closed.astimezone().date()
    rows: list[dict[str, str]] = []
    for currency, amount in sorted(now.totals.received.items()):
        money = {"amount": _plain(decimal(amount, currency)), "currency": currency}
        counts = {"status": "raised", "count_in_total": "yes", "is_cumulative": "true"}
        rows.append(money | counts | {"amount_qualifier": "exact", "note": "Total received in the evening"})
    for currency, amount in sorted(now.totals.promised.items()):
        money = {"amount": _plain(decimal(amount, currency)), "currency": currency}
        counts = {"status": "pledged", "count_in_total": "no", "exclude_reason": "pledge"}
        rows.append(money | counts | {"amount_qualifier": "exact", "note": "Promised in the evening"})
    for (item, kind), count in sorted(now.totals.goods.items()):
        goods = {"in_kind_item": item, "in_kind_quantity": str(count), "in_kind_unit": "item"}
        status = "raised" if kind == "gift" else "pledged"
        rows.append(goods | {"status": status, "count_in_total": "no", "exclude_reason": "no_amount"})
    return tuple(
        dict.fromkeys(COLUMNS, "")
        | {
            "row_id": f"don-{announced.first_row + number:04d}",
            "date": day.isoformat(),
            "campaign_id": f"evening-{now.settings.evening_id}-{(row.get('currency') or 'goods').lower()}",
            "donor": announced.collector,
            "donor_kind": "diaspora",
            "donor_city": announced.city,
            "donor_country": announced.country,
            "recipient": announced.recipient,
            "channel": "fundraising evening",
            "is_cumulative": "false",
            "crisis_phase": _of_day(release, "phases", "phase_id", day),
            "stage": _of_day(release, "stages", "stage_id", day),
            "source_id": announced.source_id,
            "purpose": "humanitarian",
        }
        | row
        for number, row in enumerate(rows)
    )


def format_csv(rows: Iterable[Mapping[str, str]]) -> str:
    """Return the rows as the record writes its tables: LF line ends, quotes only where needed."""
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _of_day(release: Release, table: str, column: str, day: date) -> str:
    for row in observations.rows(release, table):
        if (row["starts_on"] or date.min) <= day <= (row["ends_on"] or date.max):
            return str(row[column])
    return ""


def _plain(amount: Decimal) -> str:
    return f"{amount:f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"
