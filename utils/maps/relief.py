"""Relief by province: how many organisations were found delivering, and the crossings that are closed."""

from __future__ import annotations

from typing import Final

from utils.analysis import observations, places, relief
from utils.draw_context import DrawContext, per_context
from utils.maps.model import Areas, AreaStatus, AreaValue, DrawnMap, LegendEntry, Point, Points
from utils.maps.payload import dot
from utils.maps.shelters import border_labels, view
from utils.maps.words import classes, step_of
from utils.product import palette
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.locale import Translator, formats, translator

_CLASSES: Final = 3
_CROSSING: Final = 5.0


@per_context
def relief_map(context: DrawContext) -> DrawnMap:
    """Return provinces shaded by organisations with a reported delivery, and crossings by their state."""
    _, release, lang, theme = context.parts
    counts = {code: len(names) for code, names in relief.organisations_by_province(release).items() if names}
    colours = palette.steps("aid", theme)
    bounds = classes([float(count) for count in counts.values()], _CLASSES)
    crossings = _crossings(release, lang)
    return DrawnMap(
        layers=(
            _provinces(release, bounds, lang),
            crossings,
            border_labels(release, lang, [(value.lat, value.lon) for value in crossings.values]),
        ),
        view=view("relief", lang, theme, _("Map of relief by province and of closed crossings")),
        title=_title(_, release, counts),
        subtitle=_(
            "Organisations found with a reported delivery, by province; a delivery to several provinces "
            "stands under each. No place below province is drawn. Dots are border crossings."
        ),
        legend=(
            *(LegendEntry(_range(_, bounds, step), colours[step]) for step in range(len(bounds))),
            *_without(_, release, theme),
            dot(_("crossing, last known closed"), "closed", theme),
        ),
        columns=(_("Place"), _("What it is"), _("Organisations"), _("Who, or state")),
        rows=(*_province_rows(release, lang), *_crossing_rows(release, lang)),
        numeric=(2,),
    )


def _title(_: Translator, release: Release, counts: dict[str, int]) -> str:
    if not counts:
        return _("No reported delivery names a province")
    most = max(sorted(counts), key=lambda code: counts[code])
    name = observations.place_names(release, _.lang).get(most, most)
    return _.ngettext(
        "Reported deliveries name {count} province; most organisations were found in {province}: {most}",
        "Reported deliveries name {count} provinces; most organisations were found in {province}: {most}",
        len(counts),
        province=name,
        most=counts[most],
    )


def _without(_: Translator, release: Release, theme: Theme) -> tuple[LegendEntry, ...]:
    """Return what the provinces without a delivery mean: named by another row, or by none."""
    found = relief.organisations_by_province(release)
    named = any(not found.get(code) for code in relief.provinces(release))
    hatched = (LegendEntry(_("none found"), palette.NOT_FOUND[theme], hatch=True),) if named else ()
    return (*hatched, LegendEntry(_("none in our record"), palette.MAP[theme]["province"]))


def _range(_: Translator, bounds: tuple[float, ...], step: int) -> str:
    lower = int(bounds[step - 1]) + 1 if step else 1
    return _("{lower} to {upper} organisations", lower=lower, upper=int(bounds[step]))


def _provinces(release: Release, bounds: tuple[float, ...], lang: str) -> Areas:
    _ = translator(lang)
    found = relief.organisations_by_province(release)
    shown = []
    for place in places.provinces(release):
        if place.country != "KHM" or not place.pcode:
            continue
        names = found.get(place.pcode, ())
        title = place.names.of(lang)
        if names:
            lines = (_.ngettext("{count} organisation", "{count} organisations", len(names)), *names)
            shown.append(AreaValue(place.pcode, step_of(len(names), bounds), "value", title, lines))
        else:
            lines = (_("no reported delivery found"),)
            status: AreaStatus = "not_found" if place.pcode in relief.provinces(release) else "plain"
            shown.append(AreaValue(place.pcode, 0, status, title, lines))
    return Areas("aid", tuple(shown))


def _crossings(release: Release, lang: str) -> Points:
    _ = translator(lang)
    state = _state(_, release)
    return Points(
        [
            Point(
                lat=place.lat or 0.0,
                lon=place.lon or 0.0,
                radius=_CROSSING,
                style="closed",
                title=place.names.of(lang),
                lines=(_.pgettext("kind", place.kind), *state),
                id="",
            )
            for place in places.landmarks(release)
            if place.kind == "crossing"
        ]
    )


def _state(_: Translator, release: Release) -> tuple[str, ...]:
    """Return the closures of the whole border, each with who closed it and when."""
    return tuple(
        _(
            "closed by {who}, {day}; no reopening found",
            who=formats.country(access.closed_by, _.lang),
            day=access.event.on,
        )
        for access in relief.whole_border(release)
        if access.event.on
    )


def _province_rows(release: Release, lang: str) -> tuple[tuple[str, ...], ...]:
    _ = translator(lang)
    names = observations.place_names(release, lang)
    return tuple(
        (
            names.get(code, code),
            _.pgettext("kind", "province"),
            formats.number(len(found), lang) if found else _("none found"),
            "; ".join(found) or "—",
        )
        for code, found in sorted(
            relief.organisations_by_province(release).items(), key=lambda item: -len(item[1])
        )
    )


def _crossing_rows(release: Release, lang: str) -> tuple[tuple[str, ...], ...]:
    _ = translator(lang)
    state = "; ".join(_state(_, release)) or _("not found")
    return tuple(
        (place.names.of(lang), _.pgettext("kind", place.kind), "—", state)
        for place in (*places.landmarks(release), *places.without_point(release))
        if place.kind == "crossing"
    )
