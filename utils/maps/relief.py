"""Relief by province: how many organisations were found delivering, and the crossings that are closed."""

from __future__ import annotations

from functools import partial
from typing import Final

from utils.analysis import observations, places, relief
from utils.draw_context import DrawContext, per_context
from utils.maps.model import Areas, DrawnMap, LegendEntry, Points
from utils.maps.parts import Shade, list_classes, make_view, mark_place, shade_provinces
from utils.maps.payload import legend_dot
from utils.maps.people import landmark_labels
from utils.maps.shelters import BORDER, HEIGHT
from utils.maps.words import class_bounds, class_of
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
    counts = {
        code: len(names) for code, names in relief.list_organisations_by_province(release).items() if names
    }
    colours = palette.colour_steps("aid", theme)
    bounds = class_bounds([float(count) for count in counts.values()], _CLASSES)
    crossings = _crossings(release, lang)
    return DrawnMap(
        layers=(
            _areas(context, bounds),
            crossings,
            landmark_labels(release, lang),
        ),
        view=make_view(
            context, "relief", _("Map of relief by province and of closed crossings"), BORDER, HEIGHT
        ),
        title=_title(_, release, counts),
        subtitle=_(
            "Organisations found with a reported delivery, by province; a delivery to several provinces "
            "stands under each. No place below province is drawn. Dots are border crossings."
        ),
        legend=(
            *list_classes(bounds, colours, partial(_range, _)),
            *_without(_, release, theme),
            legend_dot(_("crossing, last known closed"), "closed", theme),
        ),
        columns=(_("Place"), _("What it is"), _("Organisations"), _("Who, or state")),
        rows=(*_province_rows(release, lang), *_crossing_rows(release, lang)),
        numeric=(2,),
    )


def _title(_: Translator, release: Release, counts: dict[str, int]) -> str:
    if not counts:
        return _("No reported delivery names a province")
    most = max(sorted(counts), key=lambda code: counts[code])
    name = observations.load_place_names(release, _.lang).get(most, most)
    return _.ngettext(
        "Reported deliveries name {count} province; most organisations were found in {province}: {most}",
        "Reported deliveries name {count} provinces; most organisations were found in {province}: {most}",
        len(counts),
        province=name,
        most=counts[most],
    )


def _without(_: Translator, release: Release, theme: Theme) -> tuple[LegendEntry, ...]:
    """Return what the provinces without a delivery mean: named by another row, or by none."""
    organisations = relief.list_organisations_by_province(release)
    named = any(not organisations.get(code) for code in relief.list_delivery_provinces(release))
    hatched = (LegendEntry(_("none found"), palette.NOT_FOUND[theme], hatch=True),) if named else ()
    return (*hatched, LegendEntry(_("none in our record"), palette.MAP[theme]["province"]))


def _range(_: Translator, lower: int, upper: int) -> str:
    return _("{lower} to {upper} organisations", lower=lower, upper=upper)


def _areas(context: DrawContext, bounds: tuple[float, ...]) -> Areas:
    _, release = context._, context.release
    organisations = relief.list_organisations_by_province(release)

    def shade(pcode: str) -> Shade:
        names = organisations.get(pcode, ())
        if names:
            lines = (_.ngettext("{count} organisation", "{count} organisations", len(names)), *names)
            return class_of(len(names), bounds), "value", lines
        named = pcode in relief.list_delivery_provinces(release)
        return 0, "not_found" if named else "plain", (_("no reported delivery found"),)

    return shade_provinces(context, "aid", shade)


def _crossings(release: Release, lang: str) -> Points:
    _ = translator(lang)
    state = _state(_, release)
    return Points(
        [
            mark_place(
                place,
                _,
                radius=_CROSSING,
                style="closed",
                lines=(_.pgettext("kind", place.kind), *state),
            )
            for place in places.list_landmarks(release)
            if place.kind == "crossing"
        ]
    )


def _state(_: Translator, release: Release) -> tuple[str, ...]:
    """Return the closures of the whole border, each with who closed it and when."""
    return tuple(
        _(
            "closed by {who}, {day}; no reopening found",
            who=formats.name_country(access.closed_by, _.lang),
            day=access.event.on,
        )
        for access in relief.list_border_closures(release)
        if access.event.on
    )


def _province_rows(release: Release, lang: str) -> tuple[tuple[str, ...], ...]:
    _ = translator(lang)
    names = observations.load_place_names(release, lang)
    return tuple(
        (
            names.get(code, code),
            _.pgettext("kind", "province"),
            formats.format_number(len(organisations), lang) if organisations else _("none found"),
            "; ".join(organisations) or "—",
        )
        for code, organisations in sorted(
            relief.list_organisations_by_province(release).items(), key=lambda entry: -len(entry[1])
        )
    )


def _crossing_rows(release: Release, lang: str) -> tuple[tuple[str, ...], ...]:
    _ = translator(lang)
    state = "; ".join(_state(_, release)) or _("not found")
    return tuple(
        (place.names.of(lang), _.pgettext("kind", place.kind), "—", state)
        for place in (*places.list_landmarks(release), *places.list_without_point(release))
        if place.kind == "crossing"
    )
