"""Lists of the public page of shelters: areas, named sites, what is withheld and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from utils.analysis import observations, shelters
from utils.analysis.model import Observation
from utils.analysis.shelters import NamedSite
from utils.components import cards, inline
from utils.components.notices import withdrawn_sites
from utils.components.tables import Cell, Listing, listing, table
from utils.draw_context import DrawContext
from utils.text import wording
from utils.text.html import Markup, el, join
from utils.text.locale import Translator, formats, lazy_gettext

_WIDE: Final = "min-width:15rem"
"""A cell of sentences stays readable on a phone: the table scrolls sideways instead."""

_LINE: Final = "white-space:nowrap"

WITHHELD: Final = (
    lazy_gettext(
        "Names and places of sites that may be open are not shown here. In December 2025 bombs were "
        "reported near a camp: a list of such places can get people killed."
    ),
    lazy_gettext(
        "A district with a single site is counted with its province, since one site in a named "
        "district can be found."
    ),
    lazy_gettext(
        "Health sites, routes, stocks, and women and children at single sites are never shown in public."
    ),
    lazy_gettext(
        "People stand beside an area only where a source printed a total for it. Else it says “not "
        "published”: sites of our record are never summed to people."
    ),
    lazy_gettext(
        "“Last known open” means that no later report says closed. It does not mean open today: the "
        "date of the newest report stands beside it."
    ),
    lazy_gettext(
        "A distance from the border is no safety rule. People were moved again from sites far from "
        "it. Ask the district authorities or the organisation that runs a site before you travel."
    ),
)
"""What is not shown of shelters, and why."""


def areas(context: DrawContext) -> Markup:
    """Return sites by province and district, and people where a source printed a total."""
    _, lang = context._, context.lang
    names = observations.load_place_names(context.release, lang)
    body: list[list[Cell]] = []
    for province in shelters.count_sites_by_province(context.release):
        name = names.get(province.pcode, province.admin1)
        months = [area.last_month for area in province.areas]
        body.append(
            [
                el("b", name, style=_LINE),
                formats.format_number(province.count, lang) if province.sites else _("none in our record"),
                _month(max(months), lang) if months else "—",
                _printed_figures(context, province.printed),
            ]
        )
        body += [
            [
                el("span", names.get(area.admin2_pcode, area.admin2), style=_LINE),
                formats.format_number(area.count, lang),
                _month(area.last_month, lang),
                _printed_figures(context, area.printed),
            ]
            for area in province.areas
            if area.admin2
        ]
    return table(
        [_("Area"), _("Sites"), _("Newest report"), _("In sites, as a source printed")],
        body,
        caption=_(
            "Sites last known open in our record, districts within their province; people or families "
            "as a source printed them for the area. Rows do not add up to all displaced people."
        ),
        numeric=(1,),
        lang=lang,
    )


def _month(month: str, lang: str) -> Markup:
    return el("span", formats.format_partial_date(month, lang), style=_LINE)


def _printed_figures(context: DrawContext, rows: Sequence[Observation]) -> Markup:
    _ = context._
    if not rows:
        return el("span", _("not published"), class_="sk-muted")
    return join(
        el(
            "div",
            el("b", wording.format_quantity(_, row)),
            f" {_.pgettext('unit', row.unit)}, {wording.format_as_of(_, row)} · ",
            cards.short_source(_, context.release, row),
            style=_WIDE,
        )
        for row in rows
    )


def list_named_sites(context: DrawContext) -> Listing:
    """Return closed sites and hand-over points with status, date, reports and source."""
    return _list_sites(context, shelters.list_named_sites(context.release))


def list_pagodas_and_points(context: DrawContext) -> Listing:
    """Return the pagodas and collection points among the sites that may be named."""
    return _list_sites(context, shelters.list_pagodas_and_points(context.release))


def _list_sites(context: DrawContext, sites: Sequence[NamedSite]) -> Listing:
    _ = context._
    withdrawn = context.release.withdrawn_rows("named_sites")
    return listing(
        sites,
        [
            (_("Name"), lambda site: el("div", site.name, lang="en", style="min-width:8rem")),
            (_("Kind"), lambda site: _.pgettext("kind", site.kind)),
            (_("District and province"), lambda site: _format_district(context, site)),
            (_("Status"), lambda site: _format_status(_, site)),
            (_("Last reported"), lambda site: _last_reported(_, site)),
            (_("People and families reported"), lambda site: _reports(context, site)),
            (_("Source"), lambda site: inline.link_source(site.source)),
        ],
        caption=_("Closed sites and goods hand-over points that may be named"),
        foot=el("p", withdrawn_sites(_, withdrawn), class_="sk-foot") if withdrawn else None,
    )


def _format_district(context: DrawContext, site: NamedSite) -> str:
    names = observations.load_place_names(context.release, context.lang)
    return ", ".join((names.get(site.admin2_pcode, site.admin2), names.get(site.admin1_pcode, site.admin1)))


def _format_status(_: Translator, site: NamedSite) -> str:
    return _("last known: {status}", status=_.pgettext("last_known_status", site.status))


def _last_reported(_: Translator, site: NamedSite) -> Cell:
    day = wording.format_day(_, site.last_reported)
    return el("span", day, style=_LINE) if site.last_reported else day


def _reports(context: DrawContext, site: NamedSite) -> Markup:
    if not site.is_closed:
        return el("span", context._("does not apply"), class_="sk-muted")
    return _printed_figures(context, site.reports)
