"""How a figure, its day and its counter are worded in a language: on charts, maps and cards, in tables."""

from __future__ import annotations

from utils.analysis import observations
from utils.analysis.model import Observation
from utils.releases import Release
from utils.text.locale import Translator, formats


def qualifier(_: Translator, row: Observation) -> str:
    """Return the word before the number, empty for an exact figure."""
    return {
        "exact": "",
        "about": _("about"),
        "at_least": _("at least"),
        "at_most": _("at most"),
    }[row.qualifier]


def number(_: Translator, row: Observation) -> str:
    """Return a figure alone, formatted for its unit; ``—`` where none was published."""
    return "—" if row.value is None else formats.quantity(row.value, row.unit, _.lang)


def quantity(_: Translator, row: Observation) -> str:
    """Return a figure with its qualifier; ``—`` where none was published."""
    return f"{qualifier(_, row)} {number(_, row)}".strip() if row.value is not None else "—"


def when(_: Translator, row: Observation, *, short: bool = False) -> str:
    """Return the as-of date with its precision."""
    if row.as_of is None:
        return _("no date given")
    if row.as_of_precision == "month":
        return formats.month(row.as_of, _.lang)
    day = (formats.short_day if short else formats.day)(row.as_of, _.lang)
    return _("about {day}", day=day) if row.as_of_precision == "approx" else day


def who(_: Translator, release: Release, row: Observation) -> str:
    """Return the short name of who counted."""
    counter = observations.counters(release).get(row.counted_by)
    return counter.short_name if counter else _("not stated")
