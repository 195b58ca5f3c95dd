"""Rows of the release as Observations, with their sources and counters. The only builder of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

import pandas as pd

from utils.analysis.model import Observation, SourceRef
from utils.releases import Release, TableUnavailable, per_release
from utils.text.locale import Message, Names, lazy_gettext, lazy_pgettext
from utils.text.locale.digits import strip_digits

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")
Built = TypeVar("Built", bound="DataclassInstance")
_TEXTS: Final = (
    *("observation_id", "indicator", "unit", "country", "admin1", "admin1_pcode", "admin2", "admin2_pcode"),
    *("counted_by", "note"),
)


@dataclass(frozen=True, slots=True)
class Counter:
    """Who counts: an institution or agency, with its name in each language."""

    counter_id: str
    names: Names
    short_name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted, in which unit, and whether it is a stock, a flow or cumulative."""

    indicator: str
    name: Message
    unit: str
    kind: str
    expected_frequency: str
    definition: str


@per_release
def load_sources(release: Release) -> Mapping[str, SourceRef]:
    """Return every source by id. A source that may not be linked has no address."""
    origins = group_column(release, "source_origins", "source_id", "origin")
    return {
        row["source_id"]: build_from_row(
            SourceRef,
            row,
            url=row["url"] if row["link"] and row["url"] else None,
            origins=origins.get(row["source_id"], ()),
        )
        for row in load_rows(release, "sources")
    }


@per_release
def load_counters(release: Release) -> Mapping[str, Counter]:
    """Return who counts, by counter id."""
    return {
        row["counter_id"]: build_from_row(Counter, row, names=Names.of_row(row))
        for row in load_rows(release, "counters")
    }


@per_release
def load_indicators(release: Release) -> Mapping[str, Indicator]:
    """Return the indicators by id."""
    return {
        row["indicator"]: build_from_row(Indicator, row, name=lazy_pgettext("indicator", row["name"]))
        for row in load_rows(release, "indicators")
    }


@per_release
def load_observations(release: Release, table: str) -> tuple[Observation, ...]:
    """Return every row of ``displacement``, ``impact`` or ``needs`` as Observations, in file order."""
    sources = load_sources(release)
    return tuple(_observation(row, sources) for row in load_rows(release, table))


def name_counter(release: Release, counter_id: str) -> Names | Message:
    """Return who counted, ready to stand in a sentence."""
    counter = load_counters(release).get(counter_id)
    return counter.names if counter else lazy_gettext("who counted is not stated")


def load_rows(release: Release, table: str) -> list[dict[str, Any]]:
    """Return a table as a list of rows; empty numbers and dates are ``None``.

    Raises :class:`utils.releases.TableUnavailable`.
    """
    frame = release.table(table)
    columns = {name: _plain(frame[name]) for name in frame.columns}
    names = list(columns)
    return [dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def build_from_row(cls: type[Built], row: Mapping[str, Any], **given: Any) -> Built:
    """Return a dataclass with its fields from the columns of the same name, except those ``given``."""
    columns = {field.name: row[field.name] for field in fields(cls) if field.name in row}
    return cls(**(columns | given))


def group_column(release: Release, table: str, key: str, column: str) -> Mapping[str, tuple[Any, ...]]:
    """Return the values of a column by those of a key column, in file order.

    Raises :class:`utils.releases.TableUnavailable`.
    """
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in load_rows(release, table):
        groups[row[key]].append(row[column])
    return {value: tuple(members) for value, members in groups.items()}


def call_or_default(
    default: Value, function: Callable[Arguments, Value], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Value:
    """Return what ``function`` returns, or ``default`` where a table it reads is unavailable."""
    try:
        return function(*args, **kwargs)
    except TableUnavailable:
        return default


def holds_text(text: str, *parts: str) -> bool:
    """Return whether the parts, joined, hold ``text`` in any case; an empty text is always held."""
    return not text or text.casefold() in " ".join(parts).casefold()


def _plain(series: pd.Series[Any]) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(series.dtype):
        return [None if pd.isna(value) else value.date() for value in series]
    if pd.api.types.is_float_dtype(series.dtype):
        return [None if pd.isna(value) else float(value) for value in series]
    return series.tolist()


def _observation(row: Mapping[str, Any], sources: Mapping[str, SourceRef]) -> Observation:
    texts = {column: str(row.get(column) or "") for column in _TEXTS}
    return build_from_row(
        Observation,
        texts,
        value=row["value"],
        as_of=row["as_of"],
        sources=(sources[row["source_id"]],),
        qualifier=row.get("qualifier") or "exact",
        as_of_precision=row.get("as_of_precision") or "day",
        low=row.get("low"),
        high=row.get("high"),
        area_basis=row.get("area_basis") or "not_applicable",
        headline_ok=bool(row.get("headline_ok", True)),
    )


@per_release
def load_place_names(release: Release, lang: str) -> Mapping[str, str]:
    """Return names by P-code and by English name in ``lang``; Latin where there is no other."""
    names: dict[str, str] = {}
    for row in load_rows(release, "places"):
        own = Names.of_row(row)
        name = own.get(strip_digits(lang)) or own.en
        names.setdefault(row["name"], name)
        if row.get("pcode"):
            names[row["pcode"]] = name
    return names
