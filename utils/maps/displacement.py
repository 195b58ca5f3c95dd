"""The map of one day's province counts, on one basis: where people shelter, or where they fled from."""

from __future__ import annotations

from datetime import date

from utils.analysis import displacement_areas, observations, places
from utils.analysis.displacement_areas import Basis, ProvinceDay
from utils.analysis.model import Observation
from utils.draw_context import DrawContext, per_context
from utils.maps.model import Areas, AreaValue, DrawnMap, View
from utils.maps.overview import BOUNDS, landmark_labels, landmark_points, legend
from utils.maps.words import classes, counted, quantity, step_of
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
    found = displacement_areas.provinces_on(release, day, basis)
    colours = palette.steps("displaced", theme)
    bounds = _classes(release, basis, len(colours))
    return DrawnMap(
        layers=(
            _areas(release, found, bounds, lang),
            landmark_points(release, lang),
            landmark_labels(release, lang),
        ),
        view=View(
            key="displacement",
            lang=lang,
            theme=theme,
            bounds=BOUNDS,
            height=_HEIGHT,
            title=_("Map of displaced people by province"),
            zoom_in=_("Zoom in"),
            zoom_out=_("Zoom out"),
        ),
        title=_("Where displaced people sheltered, {day}", day=day)
        if basis == "sheltering"
        else _("Where displaced people fled from, {day}", day=day),
        subtitle=_subtitle(_, found),
        legend=legend(_, bounds, colours, theme),
        columns=(_("Province"), _("Figure"), _("What"), _("Counted by"), _("Source")),
        rows=_rows(release, found, lang),
        numeric=(1,),
    )


@per_release
def _classes(release: Release, basis: Basis, count: int) -> tuple[float, ...]:
    return classes(
        (
            row.value or 0.0
            for rows in displacement_areas.by_province(release, basis).values()
            for row in rows
        ),
        count,
    )


def _subtitle(_: Translator, found: ProvinceDay) -> str:
    basis = (
        _("People, counted in the province where they shelter, not where they come from.")
        if found.basis == "sheltering"
        else _("People, counted by the province they were displaced from, not where they shelter.")
    )
    if found.complete:
        extent = _("The provinces listed add to the national total of the same publisher.")
    else:
        extent = _("Only the shaded provinces were counted that day; hatched means not found.")
    return f"{basis} {extent}"


def _areas(release: Release, found: ProvinceDay, bounds: tuple[float, ...], lang: str) -> Areas:
    _ = translator(lang)
    known = {row.admin1_pcode: row for row in found.provinces}
    values = []
    for place in places.places(release):
        if place.kind != "province" or place.country != "KHM" or not place.pcode:
            continue
        name = place.names.of(lang)
        row = known.get(place.pcode)
        if row is None:
            nothing = (_("not found for this day"),)
            values.append(AreaValue(place.pcode, 0, "not_found", name, nothing))
        else:
            step = step_of(row.value or 0.0, bounds)
            values.append(AreaValue(place.pcode, step, "value", name, _lines(_, release, row)))
    return Areas("displaced", tuple(values))


def _lines(_: Translator, release: Release, row: Observation) -> tuple[str, ...]:
    return (
        counted(_, row),
        _.translate(observations.indicators(release)[row.indicator].name),
        _("Source: {publisher}", publisher=row.sources[0].publisher),
    )


def _rows(release: Release, found: ProvinceDay, lang: str) -> tuple[tuple[str, ...], ...]:
    _ = translator(lang)
    names = observations.place_names(release, lang)
    indicators = observations.indicators(release)
    counters = observations.counters(release)
    return tuple(
        (
            names.get(row.admin1_pcode, row.admin1),
            quantity(_, row),
            _.translate(indicators[row.indicator].name),
            counters[row.counted_by].short_name if row.counted_by else _("not stated"),
            row.sources[0].publisher,
        )
        for row in found.provinces
    )
