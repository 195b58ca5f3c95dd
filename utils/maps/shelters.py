"""Maps of sites: counts by district or province in public, circles of precision for the NGO tier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from utils import palette
from utils.analysis import places, shelters, sites
from utils.locale import Translator, formats, translator
from utils.maps.model import (
    Areas,
    AreaValue,
    Circle,
    Circles,
    DrawnMap,
    LegendEntry,
    Point,
    Points,
    View,
)
from utils.maps.overview import landmark_labels, landmark_points
from utils.maps.words import classes, step_of
from utils.palette import Theme
from utils.store import Release

BORDER: Final = ((12.9, 102.2), (14.75, 105.9))
_HEIGHT: Final = 520
_RADIUS: Final = 13.0


def counts_map(release: Release, lang: str, theme: Theme) -> DrawnMap:
    """Return the public map: number of sites last known open by district or province."""
    return release.remember(("counts_map", lang, theme), lambda: _counts(release, lang, theme))


def _counts(release: Release, lang: str, theme: Theme) -> DrawnMap:
    _ = translator(lang)
    by_province = shelters.by_province(release)
    colours = palette.steps("sites", theme)
    bounds = classes([float(count) for count in by_province.values()], 4)
    return DrawnMap(
        layers=(
            _provinces(release, by_province, bounds, lang),
            landmark_points(release, lang),
            _districts(release, lang),
            landmark_labels(release, lang),
        ),
        view=_view("shelters", lang, theme, _("Map of sites last known open by district or province")),
        title=_.n(
            "{count} site last known open in our record, by area",
            "{count} sites last known open in our record, by area",
            sum(by_province.values()),
        ),
        subtitle=_(
            "Provinces are shaded by all their sites; a number stands at the centre of a district with "
            "two sites or more, never at a site. Last known status, newest report {month}.",
            month=_newest(release),
        ),
        legend=(
            *(
                LegendEntry(_range(_, bounds, step), colours[step])
                for step in range(len(bounds))
            ),
            LegendEntry(_("none in our record"), palette.MAP[theme]["province"]),
        ),
        columns=(_("Area"), _("Sites last known open"), _("People in sites"), _("Newest report")),
        rows=tuple(_row(release, area, lang) for area in shelters.area_counts(release)),
        numeric=(1,),
    )


def _range(_: Translator, bounds: tuple[float, ...], step: int) -> str:
    lower = int(bounds[step - 1]) + 1 if step else 1
    upper = int(bounds[step])
    if lower == upper:
        return _.n("{count} site", "{count} sites", upper)
    return _("{lower} to {upper} sites", lower=lower, upper=upper)


def _newest(release: Release) -> str:
    return max((area.last_month for area in shelters.area_counts(release)), default="—")


def area_name(release: Release, area: shelters.AreaCount, lang: str) -> str:
    """Return the name of an area of counts: a district, or elsewhere in its province."""
    _ = translator(lang)
    known = places.by_pcode(release)
    province = known[area.admin1_pcode].names.of(lang) if area.admin1_pcode in known else area.admin1
    if not area.admin2_pcode:
        return _("{province}, elsewhere or district not known", province=province)
    district = known[area.admin2_pcode].names.of(lang) if area.admin2_pcode in known else area.admin2
    return f"{district}, {province}"


def people_text(_: Translator, area: shelters.AreaCount) -> str:
    """Return people in sites of an area with date and publisher, or that none was published."""
    row = area.people
    if row is None or row.value is None or row.as_of is None:
        return _("not published")
    words = {"exact": "", "about": _("about"), "at_least": _("at least"), "at_most": _("at most")}
    number = f"{words[row.qualifier]} {formats.number(row.value, _.lang)}".strip()
    return _(
        "{number} on {day} ({publisher})",
        number=number,
        day=row.as_of,
        publisher=row.sources[0].publisher,
    )


def _row(release: Release, area: shelters.AreaCount, lang: str) -> tuple[str, ...]:
    _ = translator(lang)
    return (
        area_name(release, area, lang),
        formats.number(area.sites, lang),
        people_text(_, area),
        formats.partial_date(area.last_month, lang),
    )


def _provinces(
    release: Release, by_province: dict[str, int], bounds: tuple[float, ...], lang: str
) -> Areas:
    _ = translator(lang)
    shown = []
    for place in places.places(release):
        if place.kind != "province" or place.country != "KHM" or not place.pcode:
            continue
        count = by_province.get(place.pcode, 0)
        name = place.names.of(lang)
        if not count:
            shown.append(AreaValue(place.pcode, 0, "plain", name, (_("no open site in our record"),)))
            continue
        areas = [one for one in shelters.area_counts(release) if one.admin1_pcode == place.pcode]
        lines = [
            _.n("{count} site last known open", "{count} sites last known open", count),
            _(
                "Newest report: {month}",
                month=formats.partial_date(max(one.last_month for one in areas), lang),
            ),
        ]
        shown.append(AreaValue(place.pcode, step_of(count, bounds), "value", name, tuple(lines)))
    return Areas("sites", tuple(shown))


def _districts(release: Release, lang: str) -> Points:
    _ = translator(lang)
    known = places.by_pcode(release)
    shown = []
    for area in shelters.area_counts(release):
        place = known.get(area.admin2_pcode)
        if place is None or place.lat is None or place.lon is None:
            continue
        shown.append(
            Point(
                lat=place.lat,
                lon=place.lon,
                radius=_RADIUS,
                style="site_count",
                title=area_name(release, area, lang),
                lines=(
                    _.n("{count} site last known open", "{count} sites last known open", area.sites),
                    _("Newest report: {month}", month=formats.partial_date(area.last_month, lang)),
                    _("The circle stands at the centre of the district, not at a site."),
                ),
                id="",
                text=formats.number(area.sites, lang),
            )
        )
    return Points(shown)


def _view(key: str, lang: str, theme: Theme, title: str) -> View:
    _ = translator(lang)
    return View(
        key=key,
        lang=lang,
        theme=theme,
        bounds=BORDER,
        height=_HEIGHT,
        title=title,
        zoom_in=_("Zoom in"),
        zoom_out=_("Zoom out"),
    )


def sites_map(
    release: Release, shown: Sequence[sites.Site], lang: str, theme: Theme
) -> DrawnMap:
    """Return the NGO map: a circle as large as the precision of the place, never a pin."""
    _ = translator(lang)
    circles = [
        Circle(
            lat=site.lat,
            lon=site.lon,
            radius=sites.RADIUS[site.precision],
            style="site" if site.is_open else "site_old",
            title=site.name,
            lines=(
                _.c("kind", site.kind),
                _(
                    "Last known: {status}, {day}",
                    status=_.c("last_known_status", site.status),
                    day=site.last_reported or "—",
                ),
                _("Position known to the {precision}", precision=_.c("coord_precision", site.precision)),
            ),
            id=site.site_id,
        )
        for site in shown
        if site.lat is not None and site.lon is not None
    ]
    listed_only = len(shown) - len(circles)
    subtitle = _("Each circle is as large as the place is uncertain. Statuses are the last known ones.")
    if listed_only:
        subtitle += " " + _.n(
            "{count} site has no point and stands in the list only.",
            "{count} sites have no point and stand in the list only.",
            listed_only,
        )
    return DrawnMap(
        layers=(landmark_points(release, lang), Circles(circles), landmark_labels(release, lang)),
        view=_view("sites", lang, theme, _("Map of sites with circles of precision")),
        title=_.n("{count} site matches", "{count} sites match", len(shown)),
        subtitle=subtitle,
        legend=(
            LegendEntry(_("last known open"), "#d98c16"),
            LegendEntry(_("closed, evacuated or planned"), "#8a949e"),
        ),
        columns=(_("Site"), _("Kind"), _("Area"), _("Last known status"), _("Last reported"), _("Position")),
        rows=tuple(_site_row(release, site, lang) for site in shown),
        numeric=(),
    )


def _site_row(release: Release, site: sites.Site, lang: str) -> tuple[str, ...]:
    _ = translator(lang)
    known = places.by_pcode(release)
    area = known[site.admin1_pcode].names.of(lang) if site.admin1_pcode in known else site.admin1
    if site.admin2:
        district = known[site.admin2_pcode].names.of(lang) if site.admin2_pcode in known else site.admin2
        area = f"{district}, {area}"
    return (
        site.name,
        _.c("kind", site.kind),
        area,
        _.c("last_known_status", site.status),
        formats.short_day(site.last_reported, lang) if site.last_reported else "—",
        _.c("coord_precision", site.precision),
    )
