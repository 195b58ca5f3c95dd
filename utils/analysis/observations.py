"""Rows of the release as Observations, with their sources and counters. The only builder of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import pandas as pd

from utils.analysis.model import Observation, Precision, Qualifier, SourceRef
from utils.releases import Release, per_release
from utils.text.locale import Message, Names, lazy_gettext, lazy_pgettext
from utils.text.locale.digits import spoken


@dataclass(frozen=True, slots=True)
class Counter:
    """Who counts: an institution or agency, with its name in each language."""

    counter_id: str
    names: Names
    short_name: str
    country: str
    kind: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted, in which unit, and whether it is a stock, a flow or cumulative."""

    indicator: str
    name: Message
    unit: str
    kind: str
    expected_frequency: str
    counted_by: str
    definition: str
    note: str


@per_release
def sources(release: Release) -> Mapping[str, SourceRef]:
    """Return every source by id. A source that may not be linked has no address."""
    origins: dict[str, list[str]] = {}
    for row in rows(release, "source_origins"):
        origins.setdefault(row["source_id"], []).append(row["origin"])
    return {
        row["source_id"]: SourceRef(
            source_id=row["source_id"],
            publisher=row["publisher"],
            title=row["title"],
            url=row["url"] if row["link"] and row["url"] else None,
            published_on=row["published_on"],
            kind=row["kind"],
            language=row["language"],
            grade=row["grade"],
            origins=tuple(origins.get(row["source_id"], ())),
        )
        for row in rows(release, "sources")
    }


@per_release
def counters(release: Release) -> Mapping[str, Counter]:
    """Return who counts, by counter id."""
    return {
        row["counter_id"]: Counter(
            counter_id=row["counter_id"],
            names=Names.of_row(row),
            short_name=row["short_name"],
            country=row["country"],
            kind=row["kind"],
        )
        for row in rows(release, "counters")
    }


@per_release
def indicators(release: Release) -> Mapping[str, Indicator]:
    """Return the indicators by id."""
    return {
        row["indicator"]: Indicator(
            indicator=row["indicator"],
            name=lazy_pgettext("indicator", row["name"]),
            unit=row["unit"],
            kind=row["kind"],
            expected_frequency=row["expected_frequency"],
            counted_by=row["counted_by"],
            definition=row["definition"],
            note=row["note"],
        )
        for row in rows(release, "indicators")
    }


@per_release
def observations(release: Release, table: str) -> tuple[Observation, ...]:
    """Return every row of ``displacement``, ``impact`` or ``needs`` as Observations, in file order."""
    known = sources(release)
    return tuple(_observation(row, known) for row in rows(release, table))


def counter_names(release: Release, counter_id: str) -> Names | Message:
    """Return who counted, ready to stand in a sentence."""
    counter = counters(release).get(counter_id)
    return counter.names if counter else lazy_gettext("who counted is not stated")


def rows(release: Release, table: str) -> list[dict[str, Any]]:
    """Return a table as a list of rows; empty numbers and dates are ``None``.

    Raises :class:`utils.releases.TableUnavailable`.
    """
    frame = release.table(table)
    columns = {name: _plain(frame[name]) for name in frame.columns}
    names = list(columns)
    return [dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(series: pd.Series[Any]) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(series.dtype):
        return [None if pd.isna(value) else value.date() for value in series]
    if pd.api.types.is_float_dtype(series.dtype):
        return [None if pd.isna(value) else float(value) for value in series]
    return series.tolist()


def _observation(row: Mapping[str, Any], known: Mapping[str, SourceRef]) -> Observation:
    def text(column: str) -> str:
        return str(row.get(column) or "")

    return Observation(
        observation_id=text("observation_id"),
        indicator=text("indicator"),
        value=row["value"],
        unit=text("unit"),
        as_of=cast(date | None, row["as_of"]),
        sources=(known[row["source_id"]],),
        qualifier=cast(Qualifier, text("qualifier") or "exact"),
        as_of_precision=cast(Precision, text("as_of_precision") or "day"),
        low=row.get("low"),
        high=row.get("high"),
        country=text("country"),
        admin1=text("admin1"),
        admin1_pcode=text("admin1_pcode"),
        admin2=text("admin2"),
        admin2_pcode=text("admin2_pcode"),
        area_basis=text("area_basis") or "not_applicable",
        counted_by=text("counted_by"),
        note=text("note"),
        headline_ok=bool(row.get("headline_ok", True)),
    )


@per_release
def place_names(release: Release, lang: str) -> Mapping[str, str]:
    """Return names by P-code and by English name in ``lang``; Latin where there is no other."""
    names: dict[str, str] = {}
    for row in rows(release, "places"):
        own = Names.of_row(row)
        name = own.get(spoken(lang)) or own.en
        names.setdefault(row["name"], name)
        if row.get("pcode"):
            names[row["pcode"]] = name
    return names
