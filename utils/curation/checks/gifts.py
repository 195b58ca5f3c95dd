"""Campaigns: a running total only grows, and of one pot one row is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from utils.curation.checks.violation import Finding, Flaw, Spot, comparisons
from utils.curation.curated_tables import Record
from utils.curation.problems import Row, Value, shown

_POT: Final = ("campaign_id", "currency", "status", "recipient")


def falling_totals(record: Record) -> Iterator[Finding]:
    """A running total of a campaign is not smaller than an earlier one."""
    for compared in comparisons(record, "donations"):
        pots: dict[tuple[Value, ...], list[Spot]] = defaultdict(list)
        for spot in compared.spots:
            if spot.row["is_cumulative"] and _day(spot.row) and isinstance(spot.row["amount"], float):
                pots[tuple(spot.row[column] for column in _POT)].append(spot)
        for pot in pots.values():
            highest: Spot | None = None
            for spot in sorted(pot, key=lambda gift: (_day(gift.row), -_amount(gift.row))):
                falls = highest and _amount(spot.row) < _amount(highest.row)
                where = compared.stands_at((spot, highest)) if falls and highest else None
                if where and highest and _day(highest.row) < _day(spot.row):
                    wanted = (
                        f"{shown(highest.row['amount'])} or more, the running total of "
                        f"{_day(highest.row)} ({highest.id})"
                    )
                    yield where, Flaw("amount", where.row["amount"], wanted, "running-total")
                if not falls:
                    highest = spot


def counted_twice(record: Record) -> Iterator[Finding]:
    """Of the rows of a campaign one is counted; more are different gifts, which a person says."""
    for compared in comparisons(record, "donations"):
        campaigns: dict[Value, list[Spot]] = defaultdict(list)
        for spot in compared.spots:
            if spot.row["count_in_total"] and spot.row["campaign_id"]:
                campaigns[spot.row["campaign_id"]].append(spot)
        for campaign, (first, *others) in campaigns.items():
            for spot in others:
                where = compared.stands_at((spot, first))
                if where:
                    wanted = f"one counted row of {campaign} ({first.id} is counted already)"
                    wanted += _running(first, spot)
                    yield where, Flaw("count_in_total", "yes", wanted, "counted-twice")


def _running(*rows: Spot) -> str:
    totals = [spot.id for spot in rows if spot.row["is_cumulative"]]
    return f"; {' and '.join(totals)}: a running total holds the gifts before it" if totals else ""


def _day(row: Row) -> str:
    """Return the last day a row covers: of its span, else its own."""
    days = (row["date_to"], row["date"], row["date_from"])
    return next((day.isoformat() for day in days if isinstance(day, date)), "")


def _amount(row: Row) -> float:
    return row["amount"] if isinstance(row["amount"], float) else 0.0
