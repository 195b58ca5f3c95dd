"""The map of the overview: where people sheltered on the last complete list of provinces."""

from __future__ import annotations

from utils import palette
from utils.analysis import places, record
from utils.analysis.displacement_areas import ProvinceDay, last_complete
from utils.locale import Translator, formats, translator
from utils.maps.model import (
    Areas,
    AreaValue,
    DrawnMap,
    Labels,
    LegendEntry,
    Point,
    Points,
    View,
)
from utils.maps.words import classes, label, step_of
from utils.palette import Theme
from utils.store import Release

BOUNDS = ((10.3, 102.2), (14.75, 107.0))
_HEIGHT = 460


def overview_map(release: Release, lang: str, theme: Theme) -> DrawnMap:
    """Return the map of displaced people by province where they sheltered, with border landmarks."""
    key = ("overview_map", lang, theme)
    return release.remember(key, lambda: _draw(release, last_complete(release), lang, theme))


def _draw(release: Release, counted: ProvinceDay | None, lang: str, theme: Theme) -> DrawnMap:
    _ = translator(lang)
    day = formats.day(counted.day, lang) if counted else _("no date given")
    values = [row.value or 0 for row in counted.provinces] if counted else []
    colours = palette.steps("displaced", theme)
    bounds = classes(values, len(colours))
    return DrawnMap(
        layers=(
            areas(release, counted, lang, bounds),
            landmark_points(release, lang),
            landmark_labels(release, lang),
        ),
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
        title=_("Where displaced people sheltered, {day}", day=day),
        subtitle=_(
            "People counted in the province where they shelter, not where they come from. Last complete "
            "list of provinces found; counted by: {who}.",
            who=record.counter_names(release, counted.provinces[0].counted_by) if counted else "—",
        ),
        legend=legend(_, bounds, colours, theme),
        columns=(_("Province"), _("People"), _("As of"), _("Source")),
        rows=_rows(release, counted, lang),
        numeric=(1,),
    )


def areas(release: Release, counted: ProvinceDay | None, lang: str, bounds: tuple[float, ...]) -> Areas:
    """Return all provinces: shaded where counted, hatched where nothing was found."""
    _ = translator(lang)
    known = {row.admin1_pcode: row for row in counted.provinces} if counted else {}
    shown = []
    for place in places.places(release):
        if place.kind != "province" or place.country != "KHM" or not place.pcode:
            continue
        row = known.get(place.pcode)
        name = place.names.of(lang)
        if row is None:
            shown.append(AreaValue(place.pcode, 0, "not_found", name, (_("not found for this day"),)))
            continue
        lines = (
            _("{people} people counted here", people=row.value or 0),
            formats.day(row.as_of, lang) if row.as_of else "",
            _("Source: {publisher}", publisher=row.sources[0].publisher),
        )
        shown.append(AreaValue(place.pcode, step_of(row.value or 0, bounds), "value", name, lines))
    return Areas("displaced", tuple(shown))


def landmark_points(release: Release, lang: str) -> Points:
    """Return small dots for crossings, temples, flashpoints and O'Smach."""
    _ = translator(lang)
    return Points(
        [
            Point(
                lat=place.lat or 0.0,
                lon=place.lon or 0.0,
                radius=3.5,
                style="place",
                title=place.names.of(lang),
                lines=(_.c("kind", place.kind),),
                id="",
            )
            for place in places.landmarks(release)
        ]
    )


def landmark_labels(release: Release, lang: str) -> Labels:
    """Return the names of landmarks and of Cambodia's provinces."""
    names = [label(place, lang) for place in places.landmarks(release)]
    names += [label(place, lang) for place in places.provinces(release) if place.country == "KHM"]
    return Labels(tuple(names))


def legend(
    _: Translator, bounds: tuple[float, ...], colours: tuple[str, ...], theme: Theme
) -> tuple[LegendEntry, ...]:
    """Return the legend of classes and of what was not found."""
    entries = []
    lower = 0.0
    for step, bound in enumerate(bounds):
        text = _("{lower} to {upper}", lower=lower + 1, upper=bound)
        entries.append(LegendEntry(text, colours[min(step, len(colours) - 1)]))
        lower = bound
    return (*entries, LegendEntry(_("not found"), palette.NOT_FOUND[theme], hatch=True))


def _rows(release: Release, counted: ProvinceDay | None, lang: str) -> tuple[tuple[str, ...], ...]:
    if counted is None:
        return ()
    names = record.place_names(release, lang)
    return tuple(
        (
            names.get(row.admin1_pcode, row.admin1),
            formats.number(row.value or 0, lang),
            formats.short_day(row.as_of, lang) if row.as_of else "",
            row.sources[0].publisher,
        )
        for row in counted.provinces
    )
