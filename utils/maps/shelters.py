"""The public map of sites: counts by district or province, never a point of a site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from utils.analysis import observations, places, shelters
from utils.analysis.model import Observation
from utils.analysis.places import NamedPlace
from utils.analysis.shelters import AreaCount, NamedSite, ProvinceCount
from utils.draw_context import DrawContext, per_context
from utils.maps.model import Areas, AreaValue, DrawnMap, Labels, LegendEntry, Point, Points, View
from utils.maps.overview import landmark_labels, landmark_points
from utils.maps.words import classes, district, printed, step_of
from utils.product import palette
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.html import el, join
from utils.text.locale import Translator, formats, translator

BORDER: Final = ((13.0, 102.2), (14.7, 105.8))
HEIGHT: Final = 500
_COUNT_RADIUS: Final = 13.0
_NAMED_RADIUS: Final = 6.0
_CLASSES: Final = 3
_NEAR: Final = 0.25
"""Degrees within which a mark would hide the name of a province."""


@dataclass(frozen=True, slots=True)
class _District:
    """What stands at a district's public point: its count of sites, and what may be named there."""

    place: NamedPlace
    name: str
    count: AreaCount | None
    named: tuple[NamedSite, ...]


@per_context
def counts_map(context: DrawContext) -> DrawnMap:
    """Return the public map: sites last known open by district or province, and named places."""
    _, release, lang, theme = context.parts
    provinces = shelters.by_province(release)
    colours = palette.steps("sites", theme)
    bounds = classes([float(province.count) for province in provinces], _CLASSES)
    districts = _districts(release, lang)
    return DrawnMap(
        layers=(
            _provinces(release, bounds, lang),
            landmark_points(release, lang),
            districts,
            border_labels(release, lang, [(value.lat, value.lon) for value in districts.values]),
        ),
        view=view("shelters", lang, theme, _("Map of sites last known open by district or province")),
        title=_title(release, provinces, lang),
        subtitle=_(
            "Our own count of sites that press and agencies reported; the national counts are larger. "
            "Provinces are shaded by all their sites. A number stands at the centre of a district with "
            "two sites or more, never at a site. A white dot: a closed site or a goods hand-over point, "
            "at the centre of its district."
        ),
        legend=(
            *(LegendEntry(_range(_, bounds, step), colours[step]) for step in range(len(bounds))),
            LegendEntry(_("none in our record"), palette.MAP[theme]["province"]),
        ),
        columns=(
            _("Place"),
            _("What it is"),
            _("Sites last known open"),
            _("Newest report"),
            _("In sites, as printed"),
        ),
        rows=(*_area_rows(release, lang), *_named_rows(release, lang), *landmark_rows(release, lang)),
        numeric=(2,),
    )


def view(key: str, lang: str, theme: Theme, title: str) -> View:
    """Return the look at the border provinces between the Dangrek range and the great lake."""
    _ = translator(lang)
    return View(
        key=key,
        lang=lang,
        theme=theme,
        bounds=BORDER,
        height=HEIGHT,
        title=title,
        zoom_in=_("Zoom in"),
        zoom_out=_("Zoom out"),
    )


def border_labels(release: Release, lang: str, marks: Sequence[tuple[float, float]] = ()) -> Labels:
    """Return the names of landmarks and provinces; a province's name gives way to a mark near it.

    ``marks`` are latitude and longitude of what else is drawn, in degrees.
    """
    shown = []
    for place in landmark_labels(release, lang).values:
        near = any(abs(place.lat - lat) < _NEAR and abs(place.lon - lon) < 2 * _NEAR for lat, lon in marks)
        shown.append(replace(place, lat=place.lat + _NEAR) if near and place.kind == "province" else place)
    return Labels(tuple(shown))


def _title(release: Release, provinces: tuple[ProvinceCount, ...], lang: str) -> str:
    _ = translator(lang)
    counted = [province for province in provinces if province.sites]
    if not counted:
        return _("No site in our record was last known open")
    total = sum(province.count for province in counted)
    months = [area.last_month for province in counted for area in province.areas]
    return _.ngettext(
        "{count} site was last known open in our record, reported {month} at the latest; "
        "the most in {province}",
        "{count} sites were last known open in our record, reported {month} at the latest; "
        "the most in {province}",
        total,
        month=formats.partial_date(max(months), lang),
        province=observations.place_names(release, lang).get(counted[0].pcode, counted[0].admin1),
    )


def _range(_: Translator, bounds: tuple[float, ...], step: int) -> str:
    lower = int(bounds[step - 1]) + 1 if step else 1
    upper = int(bounds[step])
    if lower == upper:
        return _.ngettext("{count} site", "{count} sites", upper)
    return _("{lower} to {upper} sites", lower=lower, upper=upper)


def _provinces(release: Release, bounds: tuple[float, ...], lang: str) -> Areas:
    _ = translator(lang)
    known = {province_count.pcode: province_count for province_count in shelters.by_province(release)}
    shown = []
    for place in places.provinces(release):
        if place.country != "KHM" or not place.pcode:
            continue
        found = known.get(place.pcode)
        name = place.names.of(lang)
        if found is None or not found.count:
            lines: tuple[str, ...] = (_("no site last known open in our record"),)
            shown.append(AreaValue(place.pcode, 0, "plain", name, lines))
            continue
        shown.append(
            AreaValue(place.pcode, step_of(found.count, bounds), "value", name, _lines(_, release, found))
        )
    return Areas("sites", tuple(shown))


def _lines(_: Translator, release: Release, found: ProvinceCount) -> tuple[str, ...]:
    """Return the tooltip of a province: all sites, by area, newest report, people as printed."""
    names = observations.place_names(release, _.lang)
    lines = [_.ngettext("{count} site last known open", "{count} sites last known open", found.count)]
    if any(area.admin2 for area in found.areas):
        lines += [
            _(
                "{place}: {count}",
                place=names.get(area.admin2_pcode, area.admin2) or _("elsewhere or district not known"),
                count=area.count,
            )
            for area in found.areas
        ]
    newest = max(area.last_month for area in found.areas)
    lines.append(_("Newest report: {month}", month=formats.partial_date(newest, _.lang)))
    lines.append(_("In sites, as printed: {what}", what=in_sites(_, found.printed)))
    return tuple(lines)


def in_sites(_: Translator, rows: tuple[Observation, ...]) -> str:
    """Return printed totals of an area with day and publisher, or that none was published."""
    return "; ".join(printed(_, row) for row in rows) or _("not published")


def _by_district(release: Release, lang: str) -> tuple[_District, ...]:
    known = places.by_pcode(release)
    names = observations.place_names(release, lang)
    counts = {area.admin2_pcode: area for area in shelters.area_counts(release) if area.admin2_pcode}
    named: Mapping[str, list[NamedSite]] = defaultdict(list)
    for site in shelters.named_sites(release):
        named[site.admin2_pcode].append(site)
    found = []
    for pcode in sorted({*counts, *named}):
        place = known.get(pcode)
        if place is None or place.lat is None or place.lon is None:
            continue
        at = counts.get(pcode) or named[pcode][0]
        name = district(names, at.admin1, at.admin1_pcode, at.admin2, at.admin2_pcode)
        found.append(_District(place, name, counts.get(pcode), tuple(named[pcode])))
    return tuple(found)


def _districts(release: Release, lang: str) -> Points:
    _ = translator(lang)
    shown = []
    for item in _by_district(release, lang):
        lines = []
        if item.count:
            lines += [
                _.ngettext("{count} site last known open", "{count} sites last known open", item.count.count),
                _("Newest report: {month}", month=formats.partial_date(item.count.last_month, lang)),
            ]
        lines += [named_line(_, site) for site in item.named]
        lines.append(_("The mark stands at the centre of the district, not at a site."))
        shown.append(
            Point(
                lat=item.place.lat or 0.0,
                lon=item.place.lon or 0.0,
                radius=_COUNT_RADIUS if item.count else _NAMED_RADIUS,
                style="site_count" if item.count else "closed",
                title=item.name,
                lines=tuple(lines),
                id="",
                text=formats.number(item.count.count, lang) if item.count else "",
            )
        )
    return Points(shown)


def named_line(_: Translator, site: NamedSite) -> str:
    """Return a site that may be named with its kind, last known status and date."""
    return _(
        "{name}: {kind}, last known {status}, {day}",
        name=site.name,
        kind=_.pgettext("kind", site.kind),
        status=_.pgettext("last_known_status", site.status),
        day=site.last_reported or _("no date given"),
    )


def _area_rows(release: Release, lang: str) -> tuple[tuple[str, ...], ...]:
    _ = translator(lang)
    names = observations.place_names(release, lang)
    rows = []
    for province in shelters.by_province(release):
        name = names.get(province.pcode, province.admin1)
        months = [area.last_month for area in province.areas]
        rows.append(
            (
                name,
                _.pgettext("kind", "province"),
                formats.number(province.count, lang) if province.sites else _("none in our record"),
                formats.partial_date(max(months), lang) if months else "—",
                in_sites(_, province.printed),
            )
        )
        rows += [
            (
                district(names, area.admin1, area.admin1_pcode, area.admin2, area.admin2_pcode)
                if area.admin2
                else _("{province}, elsewhere or district not known", province=name),
                _("of which"),
                formats.number(area.count, lang),
                formats.partial_date(area.last_month, lang),
                in_sites(_, area.printed) if area.admin2 else "—",
            )
            for area in province.areas
            if len(province.areas) > 1
        ]
    return tuple(rows)


def _named_rows(release: Release, lang: str) -> tuple[tuple[str, ...], ...]:
    _ = translator(lang)
    names = observations.place_names(release, lang)
    return tuple(
        (
            join(
                [
                    el("span", site.name, lang="en"),
                    ", ",
                    district(names, site.admin1, site.admin1_pcode, site.admin2, site.admin2_pcode),
                ]
            ),
            _.pgettext("kind", site.kind),
            "—",
            _(
                "{status}, {day}",
                status=_.pgettext("last_known_status", site.status),
                day=formats.short_day(site.last_reported, lang) if site.last_reported else "—",
            ),
            "—",
        )
        for site in shelters.named_sites(release)
    )


def landmark_rows(release: Release, lang: str, *, cells: int = 3) -> tuple[tuple[str, ...], ...]:
    """Return the named places of the map as rows: name, kind, then ``cells`` cells.

    The last cell says how well the point is known; places without a published point come last.
    """
    _ = translator(lang)
    blank = ("—",) * (cells - 1)
    rows = [
        (
            place.names.of(lang),
            _.pgettext("kind", place.kind),
            *blank,
            _("point known to the {precision}", precision=_.pgettext("coord_precision", place.precision)),
        )
        for place in places.landmarks(release)
    ]
    rows += [
        (
            place.names.of(lang),
            _.pgettext("kind", place.kind),
            *blank,
            _("no published point: not on the map"),
        )
        for place in places.without_point(release)
    ]
    return tuple(rows)
