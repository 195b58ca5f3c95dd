"""The map of one day's province counts, on one basis: where people shelter, or where they fled from."""

from __future__ import annotations

from datetime import date

from utils.analysis import displacement_areas, observations
from utils.analysis.displacement_areas import Basis, ProvinceDay
from utils.analysis.model import Observation
from utils.draw_context import DrawContext, per_context
from utils.maps import people
from utils.maps.model import DrawnMap
from utils.maps.overview import BOUNDS
from utils.maps.parts import make_view
from utils.maps.words import format_counted, quantity
from utils.releases import Release
from utils.text.locale import Translator, translator

_HEIGHT = 440


@per_context
def province_map(context: DrawContext, day: date, basis: Basis) -> DrawnMap:
    """Return the provinces counted on ``day``. Raises ``KeyError`` for a day without any.

    Circles of one size are one count on every day of a basis, and the map never moves: days can be compared.
    """
    _, release, lang, _theme = context.parts
    counted = displacement_areas.find_province_day(release, day, basis)
    every = displacement_areas.list_all_counts(release, basis)
    return DrawnMap(
        layers=people.people_layers(
            context,
            counted.provinces,
            max((row.value or 0 for row in every), default=0.0),
            lambda row: _lines(_, release, row),
            _("not found for this day"),
        ),
        view=make_view(
            context,
            "displacement",
            _("Map of displaced people by province"),
            people.frame_rows(release, every, BOUNDS),
            _HEIGHT,
        ),
        title=_("Where displaced people sheltered, {day}", day=day)
        if basis == "sheltering"
        else _("Where displaced people fled from, {day}", day=day),
        subtitle=_subtitle(_, counted),
        legend=people.people_legend(context, _("no circle: not found for this day")),
        columns=(_("Province"), _("Figure"), _("What"), _("Counted by"), _("Source")),
        rows=_rows(release, counted, lang),
        numeric=(1,),
    )


def _subtitle(_: Translator, counted: ProvinceDay) -> str:
    basis = (
        _("People, counted in the province where they shelter, not where they come from.")
        if counted.basis == "sheltering"
        else _("People, counted by the province they were displaced from, not where they shelter.")
    )
    if counted.complete:
        extent = _("The provinces listed add to the national total of the same publisher.")
    else:
        extent = _("Only provinces with a circle were counted that day.")
    return f"{basis} {extent}"


def _lines(_: Translator, release: Release, row: Observation) -> tuple[str, ...]:
    return (
        format_counted(_, row),
        _.translate(observations.load_indicators(release)[row.indicator].name),
        _("Source: {publisher}", publisher=row.sources[0].publisher),
    )


def _rows(release: Release, counted: ProvinceDay, lang: str) -> tuple[tuple[str, ...], ...]:
    _ = translator(lang)
    names = observations.load_place_names(release, lang)
    indicators = observations.load_indicators(release)
    counters = observations.load_counters(release)
    return tuple(
        (
            names.get(row.admin1_pcode, row.admin1),
            quantity(_, row),
            _.translate(indicators[row.indicator].name),
            counters[row.counted_by].short_name if row.counted_by else _("not stated"),
            row.sources[0].publisher,
        )
        for row in counted.provinces
    )
