"""What may be written of a figure and what may not: sentences computed from its own row.

A sentence that is safe to print carries its day, its qualifier, its area and who says so. What may
not be written follows from the kind of figure (stock, flow, cumulative, sum, gift, claim).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import observations
from utils.analysis.displacement_series import is_in_second_round
from utils.analysis.figures import COUNTRIES, Figure, FigureKind, classify_figure, name_area
from utils.analysis.model import Finding, Observation
from utils.releases import Release
from utils.text.locale import (
    LANGUAGES,
    Message,
    Names,
    Parameter,
    formats,
    lazy_gettext,
    lazy_ngettext,
    lazy_pgettext,
)

_PARTS: Final = frozenset(
    {"people_in_sites", "people_with_hosts", "women_displaced", "children_displaced", "families_in_sites"}
)
"""Indicators that count a part of all displaced people."""
_ALL: Final = frozenset({"displaced_people", "remaining_displaced_people", "displaced_people_cumulative"})
_LEAST_SHARE: Final = 0.01
_MOST_SHARE: Final = 10
"""A difference of more than ten times a figure is given as a number alone."""
_VICTIMS: Final = ("killed", "injured", "deaths")
_EN_BARE: Final = frozenset({"unicef", "plan", "worldvision", "bmc", "omc", "pvh", "kampongthom"})
"""Counters whose English name takes no article."""
_FR_ARTICLES: Final = {
    "le ": ("Ministère", "Comité", "Centre", "Gouvernement", "Haut-Commissariat", "Premier", "Décompte"),
    "la ": ("Province", "Croix-Rouge", "Municipalité"),
    "l’": ("Armée", "Organisation"),
}
_FR_COMMON: Final = ("Ministère", "Décompte", "Gouvernement", "Province", "Municipalité")
"""Common nouns, small within a sentence; a committee or a centre keeps its capital."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Another figure of the same question, and how it differs, in words."""

    observation: Observation
    words: Message


def write_safe_sentences(release: Release, finding: Finding, *, claimed_by: str = "") -> tuple[Message, ...]:
    """Return sentences that may be printed as they are; none where there is no figure."""
    row = finding.observation
    if row is None or row.value is None:
        return ()
    kind = classify_figure(release, row)
    if kind == "sum":
        return _of_sum(finding, row)
    if kind == "gift":
        return (
            lazy_gettext(
                "{when}: {figure}, {gift} ({status}), {by}.",
                when=_when(row),
                figure=format_amount(row),
                gift=finding.label,
                status=lazy_pgettext("status", row.indicator),
                by=_by(release, row),
            ),
        )
    if kind == "claim":
        return (
            lazy_gettext(
                "{when}, {metric}: {figure}, as claimed by {who} and printed by {publisher}.",
                when=_when(row),
                metric=finding.label,
                figure=format_counted(row),
                who=claimed_by or lazy_gettext("somebody who is not named"),
                publisher=_publisher(row),
            ),
        )
    return (_of_count(release, row),)


def _of_sum(finding: Finding, row: Observation) -> tuple[Message, ...]:
    day = row.as_of or lazy_gettext("no day given")
    if finding.key == "donations-documented":
        return (
            lazy_gettext(
                "Gifts documented by Samaki that count once add up to {figure}: a floor, from {rows} rows, "
                "the newest dated gift of {day}.",
                figure=format_amount(row),
                rows=len(row.computed_from),
                day=day,
            ),
        )
    if row.unit == "rows":
        return (
            lazy_ngettext(
                "In the record of Samaki, which is no full list, {count} line of goods has the status "
                "“{status}” (newest day: {day}).",
                "In the record of Samaki, which is no full list, {count} lines of goods have the status "
                "“{status}” (newest day: {day}).",
                len(row.computed_from),
                status=lazy_pgettext("status", finding.key.removeprefix("deliveries-")),
                day=day,
            ),
        )
    return (
        lazy_gettext(
            "In the record of Samaki, which is no full list, {figure} sites were last known open "
            "(newest report: {month}).",
            figure=format_amount(row),
            month=_month(row.as_of) if row.as_of else day,
        ),
    )


def _of_count(release: Release, row: Observation) -> Message:
    parts: dict[str, Parameter] = {
        "when": _when(row),
        "figure": format_amount(row),
        "place": _place(release, row),
        "by": _by(release, row),
    }
    sentences = {
        "displaced_people": lazy_gettext(
            "{when}, {figure} people were counted as displaced {place}, {by}.", **parts
        ),
        "remaining_displaced_people": lazy_gettext(
            "{when}, {figure} people were still displaced {place}, {by}.", **parts
        ),
        "displaced_people_cumulative": lazy_gettext(
            "{when}, {figure} people had been displaced {place} in all since this round began, {by}.",
            **parts,
        ),
        "people_in_sites": lazy_gettext("{when}, {figure} people were in sites {place}, {by}.", **parts),
        "people_with_hosts": lazy_gettext(
            "{when}, {figure} people were staying with host families {place}, {by}.", **parts
        ),
        "sites_open": lazy_gettext("{when}, {figure} sites were open {place}, {by}.", **parts),
        "returned_people": lazy_gettext(
            "{when}, {figure} people had returned home {place} in all, {by}.", **parts
        ),
    }
    sentence = sentences.get(row.indicator) or _of_victims(row, parts)
    return sentence or lazy_gettext(
        "{when}, {place}, “{what}”: {figure}, {by}.",
        when=parts["when"],
        place=name_area(release, row),
        what=observations.load_indicators(release)[row.indicator].name,
        figure=format_counted(row),
        by=parts["by"],
    )


def _of_victims(row: Observation, parts: Mapping[str, Parameter]) -> Message | None:
    """Return the sentence on killed or injured: always within one round, ``None`` for another count."""
    second = is_in_second_round(row)
    parts = {
        **parts,
        "round": lazy_gettext("in the December round") if second else lazy_gettext("in the July round"),
    }
    return {
        "civilians_killed": lazy_gettext(
            "{when}, the count of civilians killed {place} {round} was {figure}, {by}.", **parts
        ),
        "soldiers_killed": lazy_gettext(
            "{when}, the count of soldiers killed {place} {round} was {figure}, {by}.", **parts
        ),
        "civilians_injured": lazy_gettext(
            "{when}, the count of civilians injured {place} {round} was {figure}, {by}.", **parts
        ),
    }.get(row.indicator)


def _when(row: Observation) -> Message:
    if row.as_of is None:
        return lazy_gettext("On a day that is not given")
    if row.as_of_precision == "month":
        return lazy_gettext("In {month}", month=_month(row.as_of))
    if row.as_of_precision == "approx":
        return lazy_gettext("Around {day}", day=row.as_of)
    return lazy_gettext("On {day}", day=row.as_of)


def _month(day: date) -> Names:
    return Names({lang: formats.format_month(day, lang) for lang in LANGUAGES})


def format_amount(row: Observation) -> Parameter:
    """Return the number with its qualifier, money with its currency in full."""
    number: Names | Message | float = row.value or 0.0
    if row.unit == "percent":
        number = lazy_gettext("{share}%", share=number)
    elif len(row.unit) == 3 and row.unit.isupper():
        number = Names({lang: formats.format_money(row.value or 0.0, row.unit, lang) for lang in LANGUAGES})
    return {
        "exact": number,
        "about": lazy_gettext("about {number}", number=number),
        "at_least": lazy_gettext("at least {number}", number=number),
        "at_most": lazy_gettext("at most {number}", number=number),
    }[row.qualifier]


def format_counted(row: Observation) -> Parameter:
    """Return the number with its qualifier and what it counts; money and a share already name their unit."""
    if formats.includes_unit(row.unit):
        return format_amount(row)
    return lazy_gettext("{number} ({unit})", number=format_amount(row), unit=lazy_pgettext("unit", row.unit))


def _place(release: Release, row: Observation) -> Message:
    """Return where, with the word before it: people are counted in a place, or come from it."""
    name = name_area(release, row)
    if row.area_basis == "origin":
        return lazy_gettext("from the province of {place}", place=name)
    if not row.admin1:
        return {
            "KHM": lazy_gettext("in Cambodia"),
            "THA": lazy_gettext("in Thailand"),
            "BOTH": lazy_gettext("in Cambodia and Thailand together"),
        }.get(row.country) or lazy_gettext("in {place}", place=COUNTRIES.get(row.country, row.country))
    if row.admin2:
        return lazy_gettext("in the district of {place}", place=name)
    return lazy_gettext("in the province of {place}", place=name)


def _publisher(row: Observation) -> str | Message:
    if row.source is not None:
        return row.source.publisher
    return lazy_ngettext("{count} source", "{count} sources", len(row.sources))


def _by(release: Release, row: Observation) -> Message:
    counter = observations.load_counters(release).get(row.counted_by)
    publisher = _publisher(row)
    if counter is None:
        return lazy_gettext("as reported by {publisher}", publisher=publisher)
    who = _in_sentence(counter)
    if publisher in {counter.names.en, counter.short_name}:
        return lazy_gettext("according to {who}", who=who)
    return lazy_gettext("according to {who}, as reported by {publisher}", who=who, publisher=publisher)


def _in_sentence(counter: observations.Counter) -> Names:
    """Return the name of a counter with the article its language asks for."""
    english, french = counter.names.en, counter.names.of("fr")
    if counter.counter_id not in _EN_BARE and not english.startswith("Phnom Penh"):
        english = f"the {english}"
    for article, words in _FR_ARTICLES.items():
        if french.startswith(words):
            lower = article == "l’" or french.startswith(_FR_COMMON)
            french = article + (french[0].lower() + french[1:] if lower else french)
    return Names({**counter.names, "en": english, "fr": french})


def list_untrue_statements(
    release: Release, finding: Finding, today: date, *, newer: Observation | None = None
) -> tuple[Message, ...]:
    """Return what would be untrue of a figure; none where there is no figure."""
    row = finding.observation
    if row is None or row.value is None:
        return ()
    kind = classify_figure(release, row)
    return (
        *_of_time(row, kind, today, newer),
        *_of_kind(row, kind),
        *_of_qualifier(row),
        *_of_area(row),
        *_of_trust(finding, row, kind),
    )


def _of_time(row: Observation, kind: FigureKind, today: date, newer: Observation | None) -> Iterator[Message]:
    if row.as_of and (today - row.as_of).days > 0:
        yield lazy_ngettext(
            "“Now” or “today”: the figure is {count} day old.",
            "“Now” or “today”: the figure is {count} days old.",
            (today - row.as_of).days,
        )
    if newer is not None and newer.as_of and kind != "sum":
        yield lazy_gettext("“The latest”: the same counter has a newer figure, of {day}.", day=newer.as_of)
    if row.as_of_precision == "approx":
        yield lazy_gettext("An exact day: the day is approximate.")
    if row.as_of_precision == "month" and kind != "sum":
        yield lazy_gettext("A day: only the month is known.")


def _of_kind(row: Observation, kind: FigureKind) -> Iterator[Message]:
    if kind == "cumulative":
        yield lazy_gettext("That it was so many at one time: it is a running total that only grows.")
    if kind == "flow":
        yield lazy_gettext("That it is a total: it covers one period only.")
    if kind == "stock":
        yield lazy_gettext("That it is all who were ever counted: it describes one day.")
    if row.indicator in _PARTS:
        yield lazy_gettext("A sum with all displaced people: these are part of them.")
    if row.indicator in _ALL:
        yield lazy_gettext("A sum of the July and December rounds: many people fled twice.")
    if any(word in row.indicator for word in _VICTIMS):
        yield lazy_gettext("A sum with other counts of victims: their scope differs.")
    if row.indicator == "donations-documented":
        yield lazy_gettext(
            "“Total raised”: most gifts were never published, and promises and goods are left out."
        )
    if row.unit == "rows":
        yield lazy_gettext("“All that was brought”: help that nobody published is not in it.")
    if kind == "gift" and not row.headline_ok:
        yield lazy_gettext("That it adds to the total: it is not counted, for the reason given.")
    if kind == "claim":
        yield lazy_gettext("That it is a fact: it is what one side or outlet claims.")


def _of_qualifier(row: Observation) -> Iterator[Message]:
    if row.qualifier == "at_least":
        yield lazy_gettext("The number without “at least”: it is a lower bound.")
    if row.qualifier == "at_most":
        yield lazy_gettext("The number without “at most”: it is an upper bound.")
    if row.qualifier == "about":
        yield lazy_gettext("The number without “about”: it is rounded or estimated.")


def _of_area(row: Observation) -> Iterator[Message]:
    if row.country == "BOTH":
        yield lazy_gettext("That it is of one country: it is of Cambodia and Thailand together.")
    if row.admin1:
        yield lazy_gettext(
            "That it is of the whole country, or a sum of areas: each count has its own day and scope."
        )
    if row.area_basis == "origin":
        yield lazy_gettext("That these people shelter there: it is where they fled from.")
    if row.area_basis == "sheltering" and row.admin1:
        yield lazy_gettext("That these people come from there: it is where they shelter.")


def _of_trust(finding: Finding, row: Observation, kind: FigureKind) -> Iterator[Message]:
    if not row.headline_ok and kind != "gift":
        yield lazy_gettext("That it leads: the record sets this figure aside, for the reason in its note.")
    if finding.contradicted_by:
        yield lazy_ngettext(
            "That it is undisputed: {count} other figure differs.",
            "That it is undisputed: {count} other figures differ.",
            len(finding.contradicted_by),
        )
    if "Scope:" in row.note:
        yield lazy_gettext(
            "The number without its scope: {scope}", scope=row.note.split("Scope:", 1)[1].strip()
        )
    if not row.counted_by and kind not in {"sum", "gift", "claim"}:
        yield lazy_gettext("Who counted: the source does not say.")
    if len(row.origins) == 1 and kind != "sum":
        yield lazy_gettext("“Confirmed by several sources” on this row alone: it has one origin.")


def list_differences(finding: Finding) -> tuple[Difference, ...]:
    """Return the figures that differ, each with the difference in words."""
    row = finding.observation
    if row is None:
        return ()
    return tuple(Difference(other, describe_difference(row, other)) for other in finding.contradicted_by)


def describe_difference(row: Observation, other: Observation) -> Message:
    """Say how ``other`` differs from ``row``: by how many, and by which share of ``row``."""
    apart = (other.value or 0.0) - (row.value or 0.0)
    if row.unit != other.unit:
        return lazy_gettext("in another unit: not compared")
    if apart == 0:
        return lazy_gettext("the same number with another qualifier")
    if not row.value or abs(apart) > row.value * _MOST_SHARE:
        return (
            lazy_gettext("{number} more", number=apart)
            if apart > 0
            else lazy_gettext("{number} fewer", number=-apart)
        )
    share = _share(abs(apart) / row.value)
    if apart > 0:
        return lazy_gettext("{number} more ({share})", number=apart, share=share)
    return lazy_gettext("{number} fewer ({share})", number=-apart, share=share)


def _share(share: float) -> Message:
    if share < _LEAST_SHARE:
        return lazy_gettext("less than {share}", share=_whole(_LEAST_SHARE))
    return _whole(share)


def _whole(share: float) -> Message:
    return lazy_gettext("{share}%", share=round(share * 100))


def write_guidance(
    figure: Figure, release: Release, today: date
) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """Return what may and may not be written of a figure."""
    return (
        write_safe_sentences(release, figure.finding, claimed_by=figure.claimed_by),
        list_untrue_statements(release, figure.finding, today, newer=figure.newer),
    )
