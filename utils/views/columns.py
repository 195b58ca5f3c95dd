"""Columns and rows that the datasets of several pages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final

from utils.analysis.diplomacy import Act
from utils.analysis.events import Figure
from utils.analysis.figures import Claim
from utils.analysis.model import SourceRef
from utils.analysis.relief import Access
from utils.exports.dataset import Dataset, beside, contract_column, own_column, whole
from utils.exports.writing import plain
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

CLAIMED: Final = own_column(
    "said",
    "string",
    lazy_gettext("What was said in figures"),
    "Metric, value, unit and claimant of each figure of the event, with the id of its row",
)


def claimed(claims: Iterable[Claim | Figure]) -> str:
    """Return the figures of an event, each with who claims it, as one text."""
    return "; ".join(
        f"{row.indicator}: {'' if row.qualifier == 'exact' else row.qualifier + ' '}"
        f"{plain(whole(row.value))} {row.unit} ({claim.claimed_by}) [{row.observation_id}]"
        for claim in claims
        for row in (claim.observation,)
    )


def claim_sources(claims: Iterable[Iterable[Claim | Figure]]) -> Iterable[SourceRef]:
    """Return the sources of the figures of events."""
    return (source for found in claims for claim in found for source in claim.observation.sources)


def acts_as_events(
    release: Release, shown: Sequence[Act | Access], table: str, columns: Mapping[str, str]
) -> Dataset:
    """Return events with columns of a table that tells more of them."""
    return beside(
        release,
        "events",
        "event_id",
        {act.event.event_id: act for act in shown},
        [contract_column(release, table, name, called) for name, called in columns.items()],
        attrgetter(*columns),
    )
