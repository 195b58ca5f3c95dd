"""Lists of the public page of shelters: areas, named sites, what is withheld and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from utils.analysis import observations, shelters
from utils.analysis.model import Observation
from utils.analysis.shelters import NamedSite
from utils.components import cards, words
from utils.components.notices import withdrawn_sites
from utils.components.tables import Listing, table
from utils.draw_context import DrawContext
from utils.text.html import Markup, el, join
from utils.text.locale import formats

_WIDE: Final = "min-width:15rem"
"""A cell of sentences stays readable on a phone: the table scrolls sideways instead."""

_LINE: Final = "white-space:nowrap"


def areas(context: DrawContext) -> Markup:
    """Return sites by province and district, and people where a source printed a total."""
    shown = shelters.count_sites_by_province(context.release)
    _ = context._
    names = observations.load_place_names(context.release, context.lang)
    body: list[list[Markup | str]] = []
    for province in shown:
        name = names.get(province.pcode, province.admin1)
        months = [area.last_month for area in province.areas]
        body.append(
            [
                el("b", name, style=_LINE),
                formats.format_number(province.count, context.lang)
                if province.sites
                else _("none in our record"),
                _month(context, max(months)) if months else "—",
                _printed(context, province.printed),
            ]
        )
        body += [
            [
                el("span", names.get(area.admin2_pcode, area.admin2), style=_LINE),
                formats.format_number(area.count, context.lang),
                _month(context, area.last_month),
                _printed(context, area.printed),
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
        lang=context.lang,
    )


def _month(context: DrawContext, month: str) -> Markup:
    return el("span", formats.format_partial_date(month, context.lang), style=_LINE)


def _printed(context: DrawContext, rows: Sequence[Observation]) -> Markup:
    _ = context._
    if not rows:
        return el("span", _("not published"), class_="sk-muted")
    return join(
        [
            el(
                "div",
                el("b", words.qualified(_, row)),
                " ",
                _.pgettext("unit", row.unit),
                ", ",
                words.as_of(_, row),
                " · ",
                cards.short_source(_, context.release, row),
                style=_WIDE,
            )
            for row in rows
        ]
    )


def named_sites(context: DrawContext) -> Listing:
    """Return closed sites and hand-over points with status, date, reports and source."""
    return _named(context, shelters.list_named_sites(context.release))


def pagodas_and_points(context: DrawContext) -> Listing:
    """Return the pagodas and collection points among the sites that may be named."""
    return _named(context, shelters.list_pagodas_and_points(context.release))


def _named(context: DrawContext, shown: Sequence[NamedSite]) -> Listing:
    _ = context._
    gone = context.release.withdrawn_rows("named_sites")
    names = observations.load_place_names(context.release, context.lang)
    body: list[list[Markup | str]] = [
        [
            el("div", site.name, lang="en", style="min-width:8rem"),
            _.pgettext("kind", site.kind),
            ", ".join((names.get(site.admin2_pcode, site.admin2), names.get(site.admin1_pcode, site.admin1))),
            _("last known: {status}", status=_.pgettext("last_known_status", site.status)),
            el("span", formats.format_short_day(site.last_reported, context.lang), style=_LINE)
            if site.last_reported
            else _("no date given"),
            _reports(context, site),
            words.source_link(site.source),
        ]
        for site in shown
    ]
    return Listing(
        [
            _("Name"),
            _("Kind"),
            _("District and province"),
            _("Status"),
            _("Last reported"),
            _("People and families reported"),
            _("Source"),
        ],
        body,
        caption=_("Closed sites and goods hand-over points that may be named"),
        foot=el("p", withdrawn_sites(_, gone), class_="sk-foot") if gone else None,
    )


def _reports(context: DrawContext, site: NamedSite) -> Markup:
    _ = context._
    if not site.is_closed:
        return el("span", _("does not apply"), class_="sk-muted")
    return _printed(context, site.reports)


def withheld(context: DrawContext) -> Markup:
    """Return what is not shown of shelters, and why."""
    _ = context._
    sentences = [
        _(
            "Names and places of sites that may be open are not shown here. In December 2025 bombs were "
            "reported near a camp: a list of such places can get people killed."
        ),
        _(
            "A district with a single site is counted with its province, since one site in a named "
            "district can be found."
        ),
        _("Health sites, routes, stocks, and women and children at single sites are never shown in public."),
        _(
            "People stand beside an area only where a source printed a total for it. Else it says “not "
            "published”: sites of our record are never summed to people."
        ),
        _(
            "“Last known open” means that no later report says closed. It does not mean open today: the "
            "date of the newest report stands beside it."
        ),
        _(
            "A distance from the border is no safety rule. People were moved again from sites far from "
            "it. Ask the district authorities or the organisation that runs a site before you travel."
        ),
    ]
    return el("ul", *(el("li", line) for line in sentences), class_="sk-list", lang=context.lang)
