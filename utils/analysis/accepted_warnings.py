"""Figures that a check doubted and a named person let stand: what was doubted, why it stays, until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import observations
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_gettext

DOUBTS: Final[Mapping[str, Message]] = {
    "before-crisis": lazy_gettext("a day before the crisis"),
    "counted-twice": lazy_gettext("two counted rows of one campaign"),
    "extra-column": lazy_gettext("a column that stays inside"),
    "jump": lazy_gettext("ten times, or a tenth of, the count before"),
    "population": lazy_gettext("more people than lived in the area"),
    "ratio": lazy_gettext("an unusual number of people a family"),
    "running-total": lazy_gettext("a running total that fell"),
    "same-figure": lazy_gettext("one figure under two ids"),
    "source-date": lazy_gettext("a day after its source was published"),
    "sum": lazy_gettext("areas that add to more than the total"),
}
"""What each check doubts (docs/checks.md), in words for readers."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """One doubt that was accepted. The reason keeps its language."""

    acceptance_id: str
    doubt: Message
    table: str
    row_key: str
    reason: str
    accepted_by: str
    accepted_on: date
    expires_on: date


@per_release
def accepted(release: Release) -> tuple[Accepted, ...]:
    """Return the accepted doubts about rows that everybody may see, in the order of their ids.

    Raises :class:`utils.releases.TableUnavailable`.
    """
    return tuple(
        Accepted(
            acceptance_id=row["acceptance_id"],
            doubt=DOUBTS[row["code"]],
            table=row["table_name"],
            row_key=row["row_key"],
            reason=row["reason"],
            accepted_by=row["accepted_by"],
            accepted_on=row["accepted_on"],
            expires_on=row["expires_on"],
        )
        for row in observations.rows(release, "accepted_warnings")
    )
