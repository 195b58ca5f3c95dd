"""How a figure, its day, its age, its counter and its place are worded: on charts, maps, cards and tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from utils.analysis import observations
from utils.analysis.model import Age, Freshness, Observation
from utils.releases import Release
from utils.text.locale import Translator, formats, lazy_gettext

BODIES: Final = {
    "UN": lazy_gettext("United Nations"),
    "ASEAN": lazy_gettext("ASEAN"),
    "EU": lazy_gettext("European Union"),
}
"""Who acts and is no country."""


def format_qualifier(_: Translator, row: Observation) -> str:
    """Return the word before the number, empty for an exact figure."""
    return {
        "exact": "",
        "about": _("about"),
        "at_least": _("at least"),
        "at_most": _("at most"),
    }[row.qualifier]


def format_value(_: Translator, row: Observation) -> str:
    """Return a figure alone, formatted for its unit; ``—`` where none was published."""
    return "—" if row.value is None else formats.format_quantity(row.value, row.unit, _.lang)


def format_quantity(_: Translator, row: Observation) -> str:
    """Return a figure with its qualifier; ``—`` where none was published."""
    return f"{format_qualifier(_, row)} {format_value(_, row)}".strip() if row.value is not None else "—"


def format_unit(_: Translator, row: Observation) -> str:
    """Return what a number counts, after a space; nothing for money and shares, which name their unit."""
    return "" if formats.includes_unit(row.unit) else " " + _.pgettext("unit", row.unit)


def format_difference(_: Translator, difference: float) -> str:
    """Return a difference with its sign."""
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    return f"{sign}{formats.format_number(abs(difference), _.lang)}"


def format_as_of(_: Translator, row: Observation, *, short: bool = False) -> str:
    """Return the as-of date with its precision."""
    if row.as_of is None:
        return _("no date given")
    if row.as_of_precision == "month":
        return formats.format_month(row.as_of, _.lang)
    day = (formats.format_short_day if short else formats.format_day)(row.as_of, _.lang)
    return _("about {day}", day=day) if row.as_of_precision == "approx" else day


def format_day(_: Translator, day: date | None) -> str:
    """Return a day, short, or that none is given."""
    return formats.format_short_day(day, _.lang) if day else _("no date given")


def format_age(_: Translator, freshness: Freshness) -> str:
    """Return the age of a figure in words, for a badge."""
    if freshness.days is None:
        return _("undated")
    days = _.ngettext("{count} day old", "{count} days old", freshness.days)
    return {
        Age.SETTLED: days,
        Age.FRESH: _("up to date"),
        Age.DUE: _("update due, {age}", age=days),
        Age.OVERDUE: _("update overdue, {age}", age=days),
        Age.DELINQUENT: _.ngettext("old: {count} day", "old: {count} days", freshness.days),
        Age.UNDATED: _("undated"),
    }[freshness.age]


def name_counter(_: Translator, release: Release, row: Observation) -> str:
    """Return who counted, in the visitor's language."""
    counter = observations.load_counters(release).get(row.counted_by)
    return counter.names.of(_.lang) if counter else _("who counted is not stated")


def abbreviate_counter(_: Translator, release: Release, row: Observation) -> str:
    """Return the short name of who counted."""
    counter = observations.load_counters(release).get(row.counted_by)
    return counter.short_name if counter else _("not stated")


def name_country(_: Translator, code: str) -> str:
    """Return the name of a country by ISO 3166-1 alpha-3 code, BOTH as both countries."""
    return {"KHM": _("Cambodia"), "THA": _("Thailand"), "BOTH": _("Cambodia and Thailand together")}.get(
        code
    ) or formats.name_country(code, _.lang)


def name_actor(_: Translator, code: str) -> str:
    """Return the name of a country or body that acts."""
    return _.translate(BODIES[code]) if code in BODIES else formats.name_country(code, _.lang)


def name_place(_: Translator, release: Release, row: Observation) -> str:
    """Return the narrowest public place of a figure in the visitor's language."""
    names = observations.load_place_names(release, _.lang)
    return name_area(names, row.admin1, row.admin1_pcode, row.admin2, row.admin2_pcode) or name_country(
        _, row.country
    )


def name_area(
    names: Mapping[str, str], admin1: str, admin1_pcode: str, admin2: str = "", admin2_pcode: str = ""
) -> str:
    """Return ``district, province``, or what of it is given, by ``observations.place_names``."""
    province = names.get(admin1_pcode) or names.get(admin1, admin1)
    district = (names.get(admin2_pcode) or names.get(admin2, admin2)) if admin2 else ""
    return ", ".join(filter(None, (district, province)))


def add_colon(_: Translator, label: str) -> str:
    """Return what stands before a colon with the colon of the visitor's language and a space."""
    return _("{label}:", label=label) + " "
