"""Days: none in the future, the phase of the day, and no figure from before its crisis or its print.

Days are those of Cambodia (Asia/Phnom_Penh).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from utils.curation.checks.known import Known
from utils.curation.checks.measures import MEASURED
from utils.curation.checks.violation import Flaw
from utils.curation.contract import Table
from utils.curation.problems import Row

_MAY_LIE_AHEAD: Final = frozenset({"ends_on", "expires_on"})
_PLANS: Final = frozenset({"streams", "collections", "adopted_tasks"})
"""Tables that hold what will be done."""
_GATHERINGS: Final = frozenset({"march", "fundraiser", "advocacy", "aid_delivery", "media"})
"""Kinds of event that may be announced."""
_PRINTED: Final = "published_on"


def _columns(table: Table) -> Iterator[str]:
    for field in table.fields:
        if field.name == _PRINTED or (field.kind == "date" and field.name not in _MAY_LIE_AHEAD):
            yield field.name


def has_days(table: Table) -> bool:
    """Return whether a table holds days that must have passed."""
    return table.subject not in _PLANS and any(True for _ in _columns(table))


def in_future(table: Table) -> Callable[[Table, Row, Known], Iterator[Flaw]]:
    """No day is later than today in Phnom Penh; a month or year has begun."""
    columns = tuple(_columns(table))

    def rule(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
        if table.subject == "events" and row["kind"] in _GATHERINGS:
            return
        today = known.today.isoformat()
        for column in columns:
            value = row[column]
            written = value.isoformat() if isinstance(value, date) else value
            if isinstance(written, str) and written > today[: len(written)]:
                wanted = f"a day that has passed: today is {today} in Phnom Penh"
                yield Flaw(column, written, wanted, "future")

    return rule


def is_measured(table: Table) -> bool:
    """Return whether rows are figures or events of a day and a phase."""
    return table.subject in MEASURED or table.subject == "events"


def phase_of_day(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """The phase of a row is the phase of its day."""
    on = row.get("as_of") or row.get("date")
    span = known.phases.get(row["crisis_phase"])
    if span and isinstance(on, date) and not span[0] <= on <= span[1]:
        yield Flaw("crisis_phase", row["crisis_phase"], f"the phase that {on.isoformat()} lies in", "phase")


def before_crisis(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """A figure of the crisis is not older than the crisis; what led to it is an event."""
    on = row.get("as_of")
    if isinstance(on, date) and on < known.crisis_begins:
        wanted = f"{known.crisis_begins.isoformat()}, when the crisis began, or later"
        yield Flaw("as_of", on.isoformat(), wanted, "before-crisis")


def before_publication(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """A source does not report a figure of a day that came after it."""
    on, printed = row.get("as_of"), known.published.get(row["source_id"])
    if printed and isinstance(on, date) and on.isoformat()[: len(printed)] > printed:
        wanted = f"{printed} or earlier, when {row['source_id']} was published"
        yield Flaw("as_of", on.isoformat(), wanted, "source-date")
