"""The two types that carry every figure: an Observation and a Finding (docs/design.md §3).

An :class:`Observation` is one row of the record, with who counted, where, when and who says so.
A :class:`Finding` is what a page says: the chosen observation, why it was chosen, what contradicts
it, its age and its definition. Nothing in ``analysis`` returns a bare number.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from utils.text.locale import Message

Qualifier = Literal["exact", "about", "at_least", "at_most"]
Precision = Literal["day", "approx", "month"]


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Who says so. ``url`` is ``None`` where the source may not be linked (copies, mirrors)."""

    source_id: str
    publisher: str
    title: str
    url: str | None
    published_on: str
    kind: str
    language: str
    grade: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure of the record, or one sum computed from named rows (``computed_from``).

    ``value`` is in ``unit``; ``None`` means not published. ``counted_by`` is a counter id of
    ``counters.csv``, ``""`` where the source does not say who counted. ``country`` is ISO 3166-1
    alpha-3, or BOTH. ``sources`` holds one source for a row, several for a computed sum.
    """

    observation_id: str
    indicator: str
    value: float | None
    unit: str
    as_of: date | None
    sources: tuple[SourceRef, ...]
    qualifier: Qualifier = "exact"
    as_of_precision: Precision = "day"
    low: float | None = None
    high: float | None = None
    country: str = "KHM"
    admin1: str = ""
    admin1_pcode: str = ""
    admin2: str = ""
    admin2_pcode: str = ""
    area_basis: str = "not_applicable"
    counted_by: str = ""
    note: str = ""
    headline_ok: bool = True
    computed_from: tuple[str, ...] = ()

    @property
    def source(self) -> SourceRef | None:
        """The one source of a row; ``None`` for a computed sum of several."""
        return self.sources[0] if len(self.sources) == 1 else None

    @property
    def origins(self) -> frozenset[str]:
        """Origins behind this figure: two sources of one origin are one source."""
        return frozenset(origin for source in self.sources for origin in source.origins)


class Age(enum.StrEnum):
    """Freshness in the words of the HDX (due, overdue, delinquent), computed at view time."""

    FRESH = "fresh"
    DUE = "due"
    OVERDUE = "overdue"
    DELINQUENT = "delinquent"
    UNDATED = "undated"
    SETTLED = "settled"  # a fact of a past day (a peak): it does not age


@dataclass(frozen=True, slots=True)
class Freshness:
    """Age of a figure: ``days`` since its as-of date, ``None`` where it has no date."""

    age: Age
    days: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """Difference to an earlier figure of the same indicator, counter and coverage."""

    difference: float
    since: Observation


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure that belongs next to the chosen one under its own label, never merged with it."""

    label: Message
    observation: Observation


@dataclass(frozen=True, slots=True)
class Finding:
    """What a page says about one question.

    ``observation`` is ``None`` where nothing was found or published; ``absence`` then says which.
    ``contradicted_by`` are figures of the same question by others that differ; ``beside`` are
    related figures of another kind (a cumulative total next to a stock).
    """

    key: str
    label: Message
    observation: Observation | None
    why: Message
    freshness: Freshness
    definition: str = ""
    contradicted_by: tuple[Observation, ...] = ()
    beside: tuple[Beside, ...] = ()
    change: Change | None = None
    caveats: tuple[Message, ...] = ()
    absence: Literal["", "not_found", "not_published", "withheld"] = ""
    context: Message | None = field(default=None)
