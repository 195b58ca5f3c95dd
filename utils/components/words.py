"""Small phrases that several pieces print alike: qualifiers, ages, who counted, places."""

from __future__ import annotations

from typing import Final

from babel import Locale

from utils.analysis import observations
from utils.analysis.model import Age, Freshness, Observation, SourceRef
from utils.releases import Release
from utils.text.html import Markup, el, link
from utils.text.locale import Translator, formats, lazy_gettext
from utils.text.wording import figures

_ENGLISH: Final = Locale("en")
qualifier, quantity, qualified = figures.qualifier, figures.number, figures.quantity
as_of, counter_short = figures.when, figures.who


def title_language(source: SourceRef) -> str | None:
    """Return the language that the title of a source is written in.

    A title in English words that names its language in brackets (``… (Japanese)``) is our paraphrase.
    """
    named = str(_ENGLISH.languages.get(source.language, ""))
    if named and f"({named}" in source.title:
        return "en"
    return source.language or None


def titled(title: str, place: str) -> Markup:
    """Return what happened and where, in the words of the record."""
    return el("span", title, f" · {place}" if place else None, lang="en")


def source_link(source: SourceRef, label: str = "") -> Markup:
    """Return who published a source, or another label, as a link that tells its title in its language."""
    return link(label or source.publisher, source.url, title=source.title, lang=title_language(source))


def unit(_: Translator, observation: Observation) -> str:
    """Return what a number counts, after a space; nothing for money and shares, which name their unit."""
    return "" if formats.names_unit(observation.unit) else " " + _.pgettext("unit", observation.unit)


def counter(_: Translator, release: Release, observation: Observation) -> str:
    """Return who counted, in the visitor's language."""
    who = observations.counters(release).get(observation.counted_by)
    return who.names.of(_.lang) if who else _("who counted is not stated")


def place(_: Translator, release: Release, observation: Observation) -> str:
    """Return the narrowest public place of a figure in the visitor's language."""
    names = observations.place_names(release, _.lang)
    province = names.get(observation.admin1_pcode) or names.get(observation.admin1, observation.admin1)
    if observation.admin2:
        district = names.get(observation.admin2_pcode) or observation.admin2
        return f"{district}, {province}" if province else district
    return province or country(_, observation.country)


def country(_: Translator, code: str) -> str:
    """Return the name of a country by ISO 3166-1 alpha-3 code, BOTH as both countries."""
    return {"KHM": _("Cambodia"), "THA": _("Thailand"), "BOTH": _("Cambodia and Thailand together")}.get(
        code
    ) or formats.country(code, _.lang)


def lead(_: Translator, label: str) -> str:
    """Return what stands before a colon with the colon of the visitor's language and a space."""
    return _("{label}:", label=label) + " "


def age(_: Translator, freshness: Freshness) -> str:
    """Return the age of a figure in words, for a badge."""
    if freshness.days is None:
        return _("undated")
    days = _.ngettext("{count} day old", "{count} days old", freshness.days)
    if freshness.age is Age.SETTLED:
        return days
    return {
        Age.FRESH: _("up to date"),
        Age.DUE: _("update due, {age}", age=days),
        Age.OVERDUE: _("update overdue, {age}", age=days),
        Age.DELINQUENT: _.ngettext("old: {count} day", "old: {count} days", freshness.days),
        Age.UNDATED: _("undated"),
    }[freshness.age]


def signed(_: Translator, difference: float) -> str:
    """Return a difference with its sign."""
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    return f"{sign}{formats.number(abs(difference), _.lang)}"


BODIES: Final = {
    "UN": lazy_gettext("United Nations"),
    "ASEAN": lazy_gettext("ASEAN"),
    "EU": lazy_gettext("European Union"),
}
"""Who acts and is no country."""


def actor(_: Translator, code: str) -> str:
    """Return the name of a country or body that acts."""
    return _.translate(BODIES[code]) if code in BODIES else formats.country(code, _.lang)
