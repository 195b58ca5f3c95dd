"""The map of one day's province counts, on one basis: where people shelter, or where they fled from."""

from __future__ import annotations

from datetime import date

from utils.analysis import displacement_areas, observations
from utils.analysis.displacement_areas import Basis, ProvinceDay
from utils.analysis.model import Observation
from utils.draw_context import DrawContext, per_context
from utils.maps.model import Areas, DrawnMap
from utils.maps.overview import BOUNDS, landmark_labels, landmark_points, people_legend
from utils.maps.parts import Shade, make_view, shade_provinces
from utils.maps.words import class_bounds, class_of, format_counted, quantity
from utils.product import palette
from utils.releases import Release, per_release
from utils.text.locale import Translator, translator

_HEIGHT = 440


@per_context
def province_map(context: DrawContext, day: date, basis: Basis) -> DrawnMap:
    """Return the provinces counted on ``day``. Raises ``KeyError`` for a day without any.

    The colour classes are the same on every day of a basis, so that days can be compared.
    """
    _, release, lang, theme = context.parts
    counted = displacement_areas.find_province_day(release, day, basis)
    colours = palette.colour_steps("displaced", theme)
    bounds = _classes(release, basis, len(colours))
    return DrawnMap(
        layers=(
            _areas(context, counted, bounds),
            landmark_points(release, lang),
            landmark_labels(release, lang),
        ),
        view=make_view(context, "displacement", _("Map of displaced people by province"), BOUNDS, _HEIGHT),
        title=_("Where displaced people sheltered, {day}", day=day)
        if basis == "sheltering"
        else _("Where displaced people fled from, {day}", day=day),
        subtitle=_subtitle(_, counted),
        legend=people_legend(_, bounds, theme, missing=_("not found")),
        columns=(_("Province"), _("Figure"), _("What"), _("Counted by"), _("Source")),
        rows=_rows(release, counted, lang),
        numeric=(1,),
    )


@per_release
def _classes(release: Release, basis: Basis, count: int) -> tuple[float, ...]:
    return class_bounds(
        (
            row.value or 0.0
            for rows in displacement_areas.list_province_series(release, basis).values()
            for row in rows
        ),
        count,
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
        extent = _("Only the shaded provinces were counted that day; hatched means not found.")
    return f"{basis} {extent}"


def _areas(context: DrawContext, counted: ProvinceDay, bounds: tuple[float, ...]) -> Areas:
    _ = context._
    rows = {row.admin1_pcode: row for row in counted.provinces}

    def shade(pcode: str) -> Shade:
        row = rows.get(pcode)
        if row is None:
            return 0, "not_found", (_("not found for this day"),)
        return class_of(row.value or 0.0, bounds), "value", _lines(_, context.release, row)

    return shade_provinces(context, "displaced", shade)


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
