"""The map of the overview: where people sheltered on the last complete list of provinces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from utils.analysis import observations, places
from utils.analysis.displacement_areas import ProvinceDay, latest_complete_day
from utils.analysis.model import Observation
from utils.draw_context import DrawContext, per_context
from utils.maps.model import Areas, DrawnMap, Labels, LegendEntry, Points
from utils.maps.parts import Shade, list_classes, make_view, mark_place, shade_provinces
from utils.maps.words import class_bounds, class_of, make_label, quantity, when
from utils.product import palette
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.locale import Translator, formats, translator

BOUNDS: Final = ((10.3, 102.2), (14.75, 107.0))
_HEIGHT: Final = 460
_DOT: Final = 3.5


@per_context
def overview_map(context: DrawContext) -> DrawnMap:
    """Return the map of displaced people by province where they sheltered, with border landmarks."""
    _, release, lang, theme = context.parts
    counted = latest_complete_day(release)
    colours = palette.colour_steps("displaced", theme)
    bounds = class_bounds([row.value or 0 for row in counted.provinces] if counted else [], len(colours))
    return DrawnMap(
        layers=(
            _areas(context, counted, bounds),
            landmark_points(release, lang),
            landmark_labels(release, lang),
        ),
        view=make_view(
            context,
            "overview",
            _("Map of displaced people by province where they sheltered"),
            BOUNDS,
            _HEIGHT,
        ),
        title=_title(release, counted, lang),
        subtitle=_subtitle(release, counted, lang),
        legend=people_legend(_, bounds, theme, missing=_("not on the list")),
        columns=(_("Province"), _("People"), _("As of"), _("Counted by"), _("Source")),
        rows=tuple(_row(release, row, lang) for row in counted.provinces) if counted else (),
        numeric=(1,),
    )


def _title(release: Release, counted: ProvinceDay | None, lang: str) -> str:
    _ = translator(lang)
    if counted is None or counted.total is None:
        return _("Where people shelter: no complete list of provinces was found")
    most = counted.provinces[0]
    return _(
        "On {day}, {people} displaced people were counted where they sheltered; "
        "the most in {province}: {most}",
        day=counted.day,
        people=counted.total.value or 0,
        province=observations.load_place_names(release, lang).get(most.admin1_pcode, most.admin1),
        most=most.value or 0,
    )


def _subtitle(release: Release, counted: ProvinceDay | None, lang: str) -> str:
    _ = translator(lang)
    if counted is None or counted.total is None:
        return _("Places along the border are shown without figures.")
    return _(
        "The last complete list of provinces found: where people shelter, not where they come from. "
        "Counted by: {who}. Source: {publisher}.",
        who=observations.name_counter(release, counted.total.counted_by),
        publisher=", ".join(_publishers(counted)),
    )


def _publishers(counted: ProvinceDay) -> Iterable[str]:
    """Return who printed the total and who printed the list, each once."""
    rows = (counted.total, *counted.provinces)
    return dict.fromkeys(source.publisher for row in rows if row for source in row.sources)


def _areas(context: DrawContext, counted: ProvinceDay | None, bounds: tuple[float, ...]) -> Areas:
    """Return Cambodia's provinces: shaded where counted, hatched where the list does not name them."""
    _ = context._
    rows = {row.admin1_pcode: row for row in counted.provinces} if counted else {}

    def shade(pcode: str) -> Shade:
        row = rows.get(pcode)
        if row is None:
            return 0, "not_found", (_("not on the list of this day"),)
        lines = (
            _("{people} people counted here", people=quantity(_, row)),
            when(_, row),
            _("Source: {publisher}", publisher=row.sources[0].publisher),
        )
        return class_of(row.value or 0, bounds), "value", lines

    return shade_provinces(context, "displaced", shade)


def landmark_points(release: Release, lang: str) -> Points:
    """Return small dots for crossings, temples and flashpoints."""
    _ = translator(lang)
    return Points(
        [
            mark_place(place, _, radius=_DOT, style="place", lines=(_.pgettext("kind", place.kind),))
            for place in places.list_landmarks(release)
        ]
    )


def landmark_labels(release: Release, lang: str) -> Labels:
    """Return the names of landmarks and of Cambodia's provinces."""
    named = (
        *places.list_landmarks(release),
        *(place for place in places.list_provinces(release) if place.country == "KHM"),
    )
    return Labels(tuple(make_label(place, lang) for place in named))


def people_legend(
    _: Translator, bounds: tuple[float, ...], theme: Theme, *, missing: str
) -> tuple[LegendEntry, ...]:
    """Return the legend of classes of people, and of what is ``missing``."""
    return (
        *list_classes(
            bounds,
            palette.colour_steps("displaced", theme),
            lambda lower, upper: _("{lower} to {upper}", lower=lower, upper=upper),
        ),
        LegendEntry(missing, palette.NOT_FOUND[theme], hatch=True),
    )


def _row(release: Release, row: Observation, lang: str) -> tuple[str, ...]:
    _ = translator(lang)
    return (
        observations.load_place_names(release, lang).get(row.admin1_pcode, row.admin1),
        quantity(_, row),
        formats.format_short_day(row.as_of, lang) if row.as_of else _("no date given"),
        _.format(observations.name_counter(release, row.counted_by)),
        row.sources[0].publisher,
    )
