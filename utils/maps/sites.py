"""The NGO map of sites: a circle as large as the place is uncertain, never a pin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from utils.analysis import observations, sites
from utils.analysis.sites import Site, SiteCircle
from utils.draw_context import DrawContext
from utils.maps.model import Circles, DrawnMap, LegendEntry, Point, Points
from utils.maps.parts import make_view
from utils.maps.people import landmark_labels, landmark_points
from utils.maps.shelters import BORDER, HEIGHT
from utils.maps.words import quantity
from utils.product import palette
from utils.releases import Release
from utils.text import wording
from utils.text.locale import Translator, formats, translator

_OPEN_STEP: Final = 3
_HIDES: Final = 0.01
"""Degrees within which a dot would take the clicks meant for a circle."""


def sites_map(context: DrawContext, shown: Sequence[Site]) -> DrawnMap:
    """Return the map of the sites ``shown`` with the list of all of them, those without a point too."""
    key = ("sites_map", tuple(site.site_id for site in shown), context.lang, context.theme)
    return context.release.remember(key, lambda: _draw(context, shown))


def _draw(context: DrawContext, shown: Sequence[Site]) -> DrawnMap:
    _, release, lang, theme = context.parts
    spots = sites.group_by_circle(shown)
    listed_only = len(shown) - sum(len(spot.sites) for spot in spots)
    sentences = [
        _(
            "Each circle is as large as the place is uncertain: about 1 km around a village, 4 km in a "
            "commune, 15 km in a district. The site is somewhere inside. Statuses are the last known ones."
        )
    ]
    if listed_only:
        sentences.append(
            _.ngettext(
                "{count} site has no point and stands in the list only.",
                "{count} sites have no point and stand in the list only.",
                listed_only,
            )
        )
    return DrawnMap(
        layers=(
            _dots(release, spots, lang),
            Circles([_circle(_, spot) for spot in spots]),
            landmark_labels(release, lang),
        ),
        view=make_view(context, "sites", _("Map of sites with circles of precision"), BORDER, HEIGHT),
        title=_.ngettext("{count} site matches", "{count} sites match", len(shown)),
        subtitle=" ".join(sentences),
        legend=(
            LegendEntry(_("last known open"), palette.colour_steps("sites", theme)[_OPEN_STEP]),
            LegendEntry(_("last known closed, evacuated or planned"), palette.NOT_FOUND[theme]),
        ),
        columns=(
            _("Site"),
            _("Kind"),
            _("Area"),
            _("Last known status"),
            _("Last reported"),
            _("Capacity"),
            _("Point known to the"),
        ),
        rows=tuple(_row(release, site, lang) for site in shown),
        numeric=(),
    )


def _dots(release: Release, spots: Sequence[SiteCircle], lang: str) -> Points:
    """Return the dots of landmarks that do not cover the middle of a circle."""
    return Points(
        [
            dot
            for dot in landmark_points(release, lang).values
            if not any(
                abs(dot.lat - spot.lat) < _HIDES and abs(dot.lon - spot.lon) < _HIDES for spot in spots
            )
        ]
    )


def _circle(_: Translator, spot: SiteCircle) -> Point:
    first = spot.sites[0]
    lines = [_site_line(_, site) for site in spot.sites] if len(spot.sites) > 1 else [_status(_, first)]
    lines.append(_("Somewhere within about {km} km", km=spot.radius / 1000))
    return Point(
        lat=spot.lat,
        lon=spot.lon,
        radius=spot.radius,
        style="site" if any(site.is_open for site in spot.sites) else "site_old",
        title=first.name
        if len(spot.sites) == 1
        else _.ngettext("{count} site within one circle", "{count} sites within one circle", len(spot.sites)),
        lines=tuple(lines),
        id=first.site_id,
    )


def _status(_: Translator, site: Site) -> str:
    return _(
        "{kind}, last known {status}, {day}",
        kind=_.pgettext("kind", site.kind),
        status=_.pgettext("last_known_status", site.status),
        day=site.last_reported or _("no date given"),
    )


def _site_line(_: Translator, site: Site) -> str:
    return _("{name}: {what}", name=site.name, what=_status(_, site))


def _row(release: Release, site: Site, lang: str) -> tuple[str, ...]:
    _ = translator(lang)
    names = observations.load_place_names(release, lang)
    return (
        site.name,
        _.pgettext("kind", site.kind),
        wording.name_area(names, site.admin1, site.admin1_pcode, site.admin2, site.admin2_pcode),
        _.pgettext("last_known_status", site.status),
        formats.format_short_day(site.last_reported, lang) if site.last_reported else "—",
        "; ".join(f"{quantity(_, row)} {_.pgettext('unit', row.unit)}" for row in site.capacity)
        or _("not published"),
        _.pgettext("coord_precision", site.precision)
        if site.radius or release.map_withdrawal
        else _("no point"),
    )
