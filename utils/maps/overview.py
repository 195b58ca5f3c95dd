"""The map of the overview: where people sheltered on the last complete list of provinces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from utils.analysis import observations, places
from utils.analysis.displacement_areas import ProvinceDay, last_complete
from utils.analysis.model import Observation
from utils.draw_context import DrawContext, per_context
from utils.maps.model import Areas, AreaValue, DrawnMap, Labels, LegendEntry, Point, Points, View
from utils.maps.words import classes, label, quantity, step_of, when
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
    counted = last_complete(release)
    colours = palette.steps("displaced", theme)
    bounds = classes([row.value or 0 for row in counted.provinces] if counted else [], len(colours))
    return DrawnMap(
        layers=overview_layers(release, lang, counted, bounds),
        view=View(
            key="overview",
            lang=lang,
            theme=theme,
            bounds=BOUNDS,
            height=_HEIGHT,
            title=_("Map of displaced people by province where they sheltered"),
            zoom_in=_("Zoom in"),
            zoom_out=_("Zoom out"),
        ),
        title=_title(release, counted, lang),
        subtitle=_subtitle(release, counted, lang),
        legend=(
            *classes_legend(_, bounds, colours),
            LegendEntry(_("not on the list"), palette.NOT_FOUND[theme], hatch=True),
        ),
        columns=(_("Province"), _("People"), _("As of"), _("Counted by"), _("Source")),
        rows=tuple(_row(release, row, lang) for row in counted.provinces) if counted else (),
        numeric=(1,),
    )


def overview_layers(
    release: Release, lang: str, counted: ProvinceDay | None, bounds: tuple[float, ...]
) -> tuple[Areas, Points, Labels]:
    """Return the shaded provinces, the dots and the names. ``bounds`` are the colour classes."""
    return (
        areas(release, counted, lang, bounds),
        landmark_points(release, lang),
        landmark_labels(release, lang),
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
        province=observations.place_names(release, lang).get(most.admin1_pcode, most.admin1),
        most=most.value or 0,
    )


def _subtitle(release: Release, counted: ProvinceDay | None, lang: str) -> str:
    _ = translator(lang)
    if counted is None or counted.total is None:
        return _("Places along the border are shown without figures.")
    return _(
        "The last complete list of provinces found: where people shelter, not where they come from. "
        "Counted by: {who}. Source: {publisher}.",
        who=observations.counter_names(release, counted.total.counted_by),
        publisher=", ".join(_publishers(counted)),
    )


def _publishers(counted: ProvinceDay) -> Iterable[str]:
    """Return who printed the total and who printed the list, each once."""
    rows = (counted.total, *counted.provinces)
    return dict.fromkeys(source.publisher for row in rows if row for source in row.sources)


def areas(release: Release, counted: ProvinceDay | None, lang: str, bounds: tuple[float, ...]) -> Areas:
    """Return Cambodia's provinces: shaded where counted, hatched where the list does not name them."""
    _ = translator(lang)
    known = {row.admin1_pcode: row for row in counted.provinces} if counted else {}
    shown = []
    for place in places.provinces(release):
        if place.country != "KHM" or not place.pcode:
            continue
        row = known.get(place.pcode)
        name = place.names.of(lang)
        if row is None:
            shown.append(AreaValue(place.pcode, 0, "not_found", name, (_("not on the list of this day"),)))
            continue
        lines = (
            _("{people} people counted here", people=quantity(_, row)),
            when(_, row),
            _("Source: {publisher}", publisher=row.sources[0].publisher),
        )
        shown.append(AreaValue(place.pcode, step_of(row.value or 0, bounds), "value", name, lines))
    return Areas("displaced", tuple(shown))


def landmark_points(release: Release, lang: str) -> Points:
    """Return small dots for crossings, temples and flashpoints."""
    _ = translator(lang)
    return Points(
        [
            Point(
                lat=place.lat or 0.0,
                lon=place.lon or 0.0,
                radius=_DOT,
                style="place",
                title=place.names.of(lang),
                lines=(_.pgettext("kind", place.kind),),
                id="",
            )
            for place in places.landmarks(release)
        ]
    )


def landmark_labels(release: Release, lang: str) -> Labels:
    """Return the names of landmarks and of Cambodia's provinces."""
    named = (
        *places.landmarks(release),
        *(place for place in places.provinces(release) if place.country == "KHM"),
    )
    return Labels(tuple(label(place, lang) for place in named))


def classes_legend(
    _: Translator, bounds: tuple[float, ...], colours: tuple[str, ...]
) -> tuple[LegendEntry, ...]:
    """Return the legend of the colour classes of people."""
    lowers = (0.0, *bounds)
    return tuple(
        LegendEntry(
            _("{lower} to {upper}", lower=lowers[step] + 1, upper=bound), colours[min(step, len(colours) - 1)]
        )
        for step, bound in enumerate(bounds)
    )


def legend(
    _: Translator, bounds: tuple[float, ...], colours: tuple[str, ...], theme: Theme
) -> tuple[LegendEntry, ...]:
    """Return the legend of classes and of what was not found."""
    return (
        *classes_legend(_, bounds, colours),
        LegendEntry(_("not found"), palette.NOT_FOUND[theme], hatch=True),
    )


def _row(release: Release, row: Observation, lang: str) -> tuple[str, ...]:
    _ = translator(lang)
    return (
        observations.place_names(release, lang).get(row.admin1_pcode, row.admin1),
        quantity(_, row),
        formats.short_day(row.as_of, lang) if row.as_of else _("no date given"),
        _.format(observations.counter_names(release, row.counted_by)),
        row.sources[0].publisher,
    )
