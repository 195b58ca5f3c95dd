"""The public map of sites: counts by district or province, never a point of a site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Final

from utils.analysis import observations, places, shelters
from utils.analysis.model import Observation
from utils.analysis.shelters import NamedSite, ProvinceCount
from utils.draw_context import DrawContext, per_context
from utils.maps.model import Areas, DrawnMap, LegendEntry, Point, Points
from utils.maps.parts import Shade, list_classes, make_view, shade_provinces
from utils.maps.people import landmark_labels, landmark_points
from utils.maps.words import class_bounds, class_of, format_printed
from utils.product import palette
from utils.releases import Release
from utils.text import wording
from utils.text.html import el, join
from utils.text.locale import Translator, formats, translator

BORDER: Final = ((13.0, 102.2), (14.7, 105.8))
HEIGHT: Final = 500
_COUNT_RADIUS: Final = 13.0
_NAMED_RADIUS: Final = 6.0
_CLASSES: Final = 3


@per_context
def counts_map(context: DrawContext) -> DrawnMap:
    """Return the public map: sites last known open by district or province, and named places."""
    _, release, lang, theme = context.parts
    provinces = shelters.count_sites_by_province(release)
    colours = palette.colour_steps("sites", theme)
    bounds = class_bounds([float(province.count) for province in provinces], _CLASSES)
    districts = district_points(release, lang)
    return DrawnMap(
        layers=(
            _areas(context, bounds),
            landmark_points(release, lang),
            districts,
            landmark_labels(release, lang),
        ),
        view=make_view(
            context,
            "shelters",
            _("Map of sites last known open by district or province"),
            BORDER,
            HEIGHT,
        ),
        title=_title(release, provinces, lang),
        subtitle=_(
            "Our own count of sites that press and agencies reported; the national counts are larger. "
            "Provinces are shaded by all their sites. A number stands at the centre of a district with "
            "two sites or more, never at a site. A white dot: a closed site or a goods hand-over point, "
            "at the centre of its district."
        ),
        legend=(
            *list_classes(bounds, colours, partial(_range, _)),
            LegendEntry(_("none in our record"), palette.MAP[theme]["province"]),
        ),
        columns=(
            _("Place"),
            _("What it is"),
            _("Sites last known open"),
            _("Newest report"),
            _("In sites, as printed"),
        ),
        rows=(*_area_rows(release, lang), *_named_rows(release, lang), *_landmark_rows(release, lang)),
        numeric=(2,),
    )


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
        month=formats.format_partial_date(max(months), lang),
        province=observations.load_place_names(release, lang).get(counted[0].pcode, counted[0].admin1),
    )


def _range(_: Translator, lower: int, upper: int) -> str:
    if lower == upper:
        return _.ngettext("{count} site", "{count} sites", upper)
    return _("{lower} to {upper} sites", lower=lower, upper=upper)


def _areas(context: DrawContext, bounds: tuple[float, ...]) -> Areas:
    _, release = context._, context.release
    counts = {province.pcode: province for province in shelters.count_sites_by_province(release)}

    def shade(pcode: str) -> Shade:
        province = counts.get(pcode)
        if province is None or not province.count:
            return 0, "plain", (_("no site last known open in our record"),)
        return class_of(province.count, bounds), "value", _lines(_, release, province)

    return shade_provinces(context, "sites", shade)


def _lines(_: Translator, release: Release, province: ProvinceCount) -> tuple[str, ...]:
    """Return the tooltip of a province: all sites, by area, newest report, people as printed."""
    names = observations.load_place_names(release, _.lang)
    lines = [_.ngettext("{count} site last known open", "{count} sites last known open", province.count)]
    if any(area.admin2 for area in province.areas):
        lines += [
            _(
                "{place}: {count}",
                place=names.get(area.admin2_pcode, area.admin2) or _("elsewhere or district not known"),
                count=area.count,
            )
            for area in province.areas
        ]
    newest = max(area.last_month for area in province.areas)
    lines.append(_("Newest report: {month}", month=formats.format_partial_date(newest, _.lang)))
    lines.append(_("In sites, as printed: {what}", what=in_sites(_, province.printed)))
    return tuple(lines)


def in_sites(_: Translator, rows: tuple[Observation, ...]) -> str:
    """Return printed totals of an area with day and publisher, or that none was published."""
    return "; ".join(format_printed(_, row) for row in rows) or _("not published")


def district_points(release: Release, lang: str) -> Points:
    """Return a mark at the public point of each district: its count of sites, and what may be named."""
    _ = translator(lang)
    by_pcode = places.index_by_pcode(release)
    names = observations.load_place_names(release, lang)
    counts = {area.admin2_pcode: area for area in shelters.count_sites_by_area(release) if area.admin2_pcode}
    named: Mapping[str, list[NamedSite]] = defaultdict(list)
    for site in shelters.list_named_sites(release):
        named[site.admin2_pcode].append(site)
    points = []
    for pcode in sorted({*counts, *named}):
        place, count = by_pcode.get(pcode), counts.get(pcode)
        if place is None or place.lat is None or place.lon is None:
            continue
        area = count or named[pcode][0]
        lines = []
        if count:
            lines += [
                _.ngettext("{count} site last known open", "{count} sites last known open", count.count),
                _("Newest report: {month}", month=formats.format_partial_date(count.last_month, lang)),
            ]
        lines += [_named_line(_, site) for site in named[pcode]]
        lines.append(_("The mark stands at the centre of the district, not at a site."))
        points.append(
            Point(
                lat=place.lat,
                lon=place.lon,
                radius=_COUNT_RADIUS if count else _NAMED_RADIUS,
                style="site_count" if count else "closed",
                title=wording.name_area(
                    names, area.admin1, area.admin1_pcode, area.admin2, area.admin2_pcode
                ),
                lines=tuple(lines),
                text=formats.format_number(count.count, lang) if count else "",
            )
        )
    return Points(points)


def _named_line(_: Translator, site: NamedSite) -> str:
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
    names = observations.load_place_names(release, lang)
    rows = []
    for province in shelters.count_sites_by_province(release):
        name = names.get(province.pcode, province.admin1)
        months = [area.last_month for area in province.areas]
        rows.append(
            (
                name,
                _.pgettext("kind", "province"),
                formats.format_number(province.count, lang) if province.sites else _("none in our record"),
                formats.format_partial_date(max(months), lang) if months else "—",
                in_sites(_, province.printed),
            )
        )
        rows += [
            (
                wording.name_area(names, area.admin1, area.admin1_pcode, area.admin2, area.admin2_pcode)
                if area.admin2
                else _("{province}, elsewhere or district not known", province=name),
                _("of which"),
                formats.format_number(area.count, lang),
                formats.format_partial_date(area.last_month, lang),
                in_sites(_, area.printed) if area.admin2 else "—",
            )
            for area in province.areas
            if len(province.areas) > 1
        ]
    return tuple(rows)


def _named_rows(release: Release, lang: str) -> tuple[tuple[str, ...], ...]:
    _ = translator(lang)
    names = observations.load_place_names(release, lang)
    return tuple(
        (
            join(
                [
                    el("span", site.name, lang="en"),
                    ", ",
                    wording.name_area(names, site.admin1, site.admin1_pcode, site.admin2, site.admin2_pcode),
                ]
            ),
            _.pgettext("kind", site.kind),
            "—",
            _(
                "{status}, {day}",
                status=_.pgettext("last_known_status", site.status),
                day=formats.format_short_day(site.last_reported, lang) if site.last_reported else "—",
            ),
            "—",
        )
        for site in shelters.list_named_sites(release)
    )


def _landmark_rows(release: Release, lang: str) -> tuple[tuple[str, ...], ...]:
    """Return the named places of the map as rows; the last cell says how well the point is known.

    Places without a published point come last.
    """
    _ = translator(lang)
    drawn = [
        (
            place,
            _("point known to the {precision}", precision=_.pgettext("coord_precision", place.precision)),
        )
        for place in places.list_landmarks(release)
    ]
    others = [
        (place, _("no published point: not on the map")) for place in places.list_without_point(release)
    ]
    return tuple(
        (place.names.of(lang), _.pgettext("kind", place.kind), "—", "—", precision)
        for place, precision in (*drawn, *others)
    )
