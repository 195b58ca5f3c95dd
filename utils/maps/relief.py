"""Relief by province: how many organisations were found delivering; crossings and dangers on the way."""

from __future__ import annotations

import math
from typing import Final

from utils.analysis import observations, places, relief
from utils.analysis.relief import AccessEvent
from utils.draw_context import DrawContext, per_context
from utils.maps.model import Areas, DrawnMap, LegendEntry, Points
from utils.maps.model import Point as Mark
from utils.maps.parts import Shade, make_view, mark_place, shade_provinces
from utils.maps.payload import legend_dot
from utils.maps.people import landmark_labels
from utils.maps.shelters import BORDER, HEIGHT
from utils.product import palette
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.html import el, join
from utils.text.locale import Translator, formats, translator

_CROSSING: Final = 5.0
_DANGER: Final = 7.0
_BESIDE: Final = 0.3
"""Degrees east of the middle of a province, where the circle of its organisations stands."""
_LEAST: Final = 10.0
_EACH: Final = 6.0
"""Radius of the circle of one organisation, in pixels: the area grows with their number."""


@per_context
def relief_map(context: DrawContext) -> DrawnMap:
    """Return provinces with a circle by number of organisations, crossings, and dangers on the way."""
    _, release, lang, theme = context.parts
    counts = {
        code: len(names) for code, names in relief.list_organisations_by_province(release).items() if names
    }
    crossings, dangers = _crossings(release, lang), _dangers(release, lang)
    circles = _circles(release, lang)
    return DrawnMap(
        layers=(
            _areas(context),
            crossings,
            dangers,
            circles,
            landmark_labels(release, lang),
        ),
        view=make_view(
            context,
            "relief",
            _("Map of relief by province and of ways that are closed or dangerous"),
            BORDER,
            HEIGHT,
        ),
        title=_title(_, release, counts),
        subtitle=_(
            "Circles: organisations with a reported delivery, by province; joint deliveries count for each."
        ),
        legend=(
            legend_dot(_("organisations, by number"), "site_old", theme),
            legend_dot(_("crossing, last known closed"), "closed", theme),
            legend_dot(
                _("mines, explosives, bridges, roads: at a landmark or in the province"), "place", theme
            ),
            *_without(_, release, theme),
        ),
        columns=(_("Place"), _("What it is"), _("Organisations"), _("Who, or state")),
        rows=(*_province_rows(release, lang), *_crossing_rows(release, lang), *_way_rows(release, lang)),
        numeric=(2,),
    )


def _title(_: Translator, release: Release, counts: dict[str, int]) -> str:
    if not counts:
        return _("No reported delivery names a province")
    most = max(sorted(counts), key=lambda code: counts[code])
    name = observations.load_place_names(release, _.lang).get(most, most)
    return _.ngettext(
        "{count} province with a reported delivery; most organisations in {province}: {most}",
        "{count} provinces with a reported delivery; most organisations in {province}: {most}",
        len(counts),
        province=name,
        most=counts[most],
    )


def _without(_: Translator, release: Release, theme: Theme) -> tuple[LegendEntry, ...]:
    """Return the sign of provinces that a promise names and no reported delivery, where there is one."""
    organisations = relief.list_organisations_by_province(release)
    named = any(not organisations.get(code) for code in relief.list_delivery_provinces(release))
    return (LegendEntry(_("none found"), palette.NOT_FOUND[theme], hatch=True),) if named else ()


def _areas(context: DrawContext) -> Areas:
    """Return the provinces in one tone; each names its organisations and ways when touched."""
    _, release = context._, context.release
    organisations = relief.list_organisations_by_province(release)
    named = relief.list_delivery_provinces(release)
    ways = [way for way in relief.list_access_events(release) if way.access != "crossing"]

    def shade(pcode: str) -> Shade:
        names = organisations.get(pcode, ())
        reported = tuple(_describe(_, way) for way in ways if way.event.admin1_pcode == pcode)
        if names:
            lines = (_.ngettext("{count} organisation", "{count} organisations", len(names)), *names)
            return 0, "plain", (*lines, *reported)
        return 0, "not_found" if pcode in named else "plain", (_("no reported delivery found"), *reported)

    return shade_provinces(context, "aid", shade)


def _circles(release: Release, lang: str) -> Points:
    """Return a circle in the middle of each province with a delivery: its area and number say how many."""
    _ = translator(lang)
    organisations = relief.list_organisations_by_province(release)
    return Points(
        [
            mark_place(
                place,
                _,
                radius=max(_LEAST, _EACH * math.sqrt(len(names))),
                style="site_old",
                lines=(_.ngettext("{count} organisation", "{count} organisations", len(names)), *names),
                text=formats.format_number(len(names), lang),
            )
            for place in places.list_provinces(release)
            for names in (organisations.get(place.pcode, ()),)
            if place.country == "KHM" and names
        ]
    )


def _crossings(release: Release, lang: str) -> Points:
    _ = translator(lang)
    return Points(
        [
            mark_place(
                crossing.place,
                _,
                radius=_CROSSING,
                style="closed",
                lines=(_.pgettext("kind", "crossing"), _state(_, crossing.last)),
            )
            for crossing in relief.list_crossings(release)
            if crossing.place.lat is not None
        ]
    )


def _dangers(release: Release, lang: str) -> Points:
    """Return a mark for the mines, bridges, roads and areas of each landmark or province that they name.

    One that names a province only stands in the province, beside its middle, never at a place.
    """
    _ = translator(lang)
    return Points(
        [
            Mark(
                place.lat or 0.0,
                (place.lon or 0.0) + (0.0 if exact else _BESIDE),
                _DANGER,
                "place",
                place.names.of(lang),
                tuple(_describe(_, way) for way in ways),
            )
            for place, exact, ways in relief.group_dangers(release)
        ]
    )


def _describe(_: Translator, way: AccessEvent, *, titled: bool = True) -> str:
    """Return what an event did to a way: kind, effect, day, and the event in the words of the record."""
    parts = (
        _.pgettext("access", way.access),
        _.pgettext("effect", way.effect),
        formats.format_short_day(way.event.on, _.lang) if way.event.on else _("undated"),
    )
    return " · ".join((*parts, way.event.title) if titled else parts)


def _state(_: Translator, last: AccessEvent | None) -> str:
    """Return the last known state of a crossing, with who set it and when."""
    if last is None or last.event.on is None:
        return _("not found")
    if last.effect == "closed" and last.closed_by:
        return _(
            "closed by {who}, {day}; no reopening found",
            who=formats.name_country(last.closed_by, _.lang),
            day=last.event.on,
        )
    return _describe(_, last)


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
    return tuple(
        (crossing.place.names.of(lang), _.pgettext("kind", "crossing"), "—", _state(_, crossing.last))
        for crossing in relief.list_crossings(release)
    )


def _way_rows(release: Release, lang: str) -> tuple[tuple[str, ...], ...]:
    """Return every mine, bridge, road and area of the record, with or without a position."""
    _ = translator(lang)
    return tuple(
        (
            el("span", ", ".join(filter(None, (way.event.place, way.event.admin1))), lang="en")
            if way.event.place or way.event.admin1
            else _("not stated"),
            _.pgettext("access", way.access),
            "—",
            join([_describe(_, way, titled=False), " · ", el("span", way.event.title, lang="en")]),
        )
        for way in relief.list_access_events(release)
        if way.access != "crossing"
    )
