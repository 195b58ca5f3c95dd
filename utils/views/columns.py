"""Columns and rows that the datasets of several pages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final

from utils.analysis.diplomacy import DiplomaticAct
from utils.analysis.events import EventFigure
from utils.analysis.figures import EventClaim
from utils.analysis.model import SourceRef
from utils.analysis.relief import AccessEvent
from utils.exports.dataset import Dataset, contract_column, join_columns, own_column, whole_number
from utils.exports.writing import format_cell
from utils.releases import Release
from utils.text.locale import lazy_gettext

STATE: Final = own_column(
    "state", "string", lazy_gettext("State"), "known, old, contested or missing, on the day the file was made"
)

AGE: Final = own_column("age", "integer", lazy_gettext("Age"), "Days between the figure and the file", "days")

CONTESTED: Final = own_column(
    "contested_by", "string", lazy_gettext("Figures that differ"), "Ids of other figures of those days"
)

SUM: Final = (
    own_column(
        "converted", "number", lazy_gettext("Converted amount"), "Sum of the rows, each at its own day's rate"
    ),
    own_column("converted_currency", "string", lazy_gettext("Currency of the conversion"), "ISO 4217"),
)

BEHIND: Final = (
    own_column("gifts", "integer", lazy_gettext("Rows"), "Number of rows in the sum"),
    own_column("row_ids", "string", lazy_gettext("Row ids"), "Rows of the table of donations behind the sum"),
)

CLAIMS_IN_FIGURES: Final = own_column(
    "said",
    "string",
    lazy_gettext("What was said in figures"),
    "Metric, value, unit and claimant of each figure of the event, with the id of its row",
)


def format_claims(claims: Iterable[EventClaim | EventFigure]) -> str:
    """Return the figures of an event, each with who claims it, as one text."""
    return "; ".join(
        f"{row.indicator}: {'' if row.qualifier == 'exact' else row.qualifier + ' '}"
        f"{format_cell(whole_number(row.value))} {row.unit} ({claim.claimed_by}) [{row.observation_id}]"
        for claim in claims
        for row in (claim.observation,)
    )


def list_claim_sources(claims: Iterable[Iterable[EventClaim | EventFigure]]) -> Iterable[SourceRef]:
    """Return the sources of the figures of events."""
    return (
        source
        for claims_of_event in claims
        for claim in claims_of_event
        for source in claim.observation.sources
    )


def list_acts_as_events(
    release: Release, shown: Sequence[DiplomaticAct | AccessEvent], table: str, columns: Mapping[str, str]
) -> Dataset:
    """Return events with columns of a table that says more of them."""
    return join_columns(
        release,
        "events",
        "event_id",
        {act.event.event_id: act for act in shown},
        [contract_column(release, table, name, called) for name, called in columns.items()],
        attrgetter(*columns),
    )
