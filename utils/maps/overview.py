"""The map of the overview: where people sheltered on the last complete list of provinces."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from utils.analysis import observations
from utils.analysis.displacement_areas import (
    ProvinceDay,
    find_province_day,
    latest_complete_day,
    list_all_counts,
)
from utils.analysis.model import Observation
from utils.draw_context import DrawContext, per_context
from utils.maps import people
from utils.maps.model import DrawnMap
from utils.maps.parts import make_view
from utils.maps.words import quantity, when
from utils.releases import Release
from utils.text.locale import Translator, formats, translator

BOUNDS: Final = ((10.3, 102.2), (14.75, 107.0))
HEIGHT: Final = 540


@per_context
def overview_map(context: DrawContext, day: date | None = None) -> DrawnMap:
    """Return the map of displaced people by province where they sheltered, with border landmarks.

    ``day`` is one with counts of provinces, by default that of the last complete list. Raises ``KeyError``
    for a day without any.
    """
    _, release, lang, _theme = context.parts
    counted = find_province_day(release, day, "sheltering") if day else latest_complete_day(release)
    rows = counted.provinces if counted else ()
    every = list_all_counts(release, "sheltering")
    return DrawnMap(
        layers=people.people_layers(
            context,
            rows,
            max((row.value or 0 for row in every), default=0.0),
            lambda row: (
                _("{people} people counted here", people=quantity(_, row)),
                when(_, row),
                _("Source: {publisher}", publisher=row.sources[0].publisher),
            ),
            _("not on the list of this day"),
        ),
        view=make_view(
            context,
            "overview",
            _("Map of displaced people by province where they sheltered"),
            people.frame_rows(release, every, BOUNDS),
            HEIGHT,
        ),
        title=_title(context, counted),
        subtitle=_subtitle(_, counted),
        foot=_foot(context, counted),
        legend=people.people_legend(context, _("no circle: not on the list")),
        columns=(_("Province"), _("People"), _("As of"), _("Counted by"), _("Source")),
        rows=tuple(_row(release, row, lang) for row in rows),
        numeric=(1,),
    )


def _title(context: DrawContext, counted: ProvinceDay | None) -> str:
    _ = context._
    most = people.name_two(context, counted.provinces) if counted else None
    if most is None:
        return _("Where people shelter: no complete list of provinces was found")
    return _("Most people sheltered in {first} and {second}", first=most[0], second=most[1])


def _subtitle(_: Translator, counted: ProvinceDay | None) -> str:
    if counted is None:
        return _("Places along the border are shown without figures.")
    return _("People by province where they sheltered, {day}", day=counted.day)


def _foot(context: DrawContext, counted: ProvinceDay | None) -> str:
    """Return how complete the list is, who counted and who printed it."""
    _ = context._
    if counted is None:
        return ""
    publishers = ", ".join(_publishers(counted))
    if counted.total is None:
        return _("Not every province was counted. Source: {publisher}.", publisher=publishers)
    return _(
        "{people} in all. Counted by {who}. Source: {publisher}.",
        people=counted.total.value or 0,
        who=observations.name_counter(context.release, counted.total.counted_by),
        publisher=publishers,
    )


def _publishers(counted: ProvinceDay) -> Iterable[str]:
    """Return who printed the total and who printed the list, each once."""
    rows = (counted.total, *counted.provinces)
    return dict.fromkeys(source.publisher for row in rows if row for source in row.sources)


def _row(release: Release, row: Observation, lang: str) -> tuple[str, ...]:
    _ = translator(lang)
    return (
        observations.load_place_names(release, lang).get(row.admin1_pcode, row.admin1),
        quantity(_, row),
        formats.format_short_day(row.as_of, lang) if row.as_of else _("no date given"),
        _.format(observations.name_counter(release, row.counted_by)),
        row.sources[0].publisher,
    )
