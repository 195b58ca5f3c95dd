"""Who does what where as a table, the list of deliveries, needs, appeals, access, corridors."""

from __future__ import annotations

from functools import partial

from utils.analysis import observations, relief
from utils.analysis.city_names import name_city
from utils.analysis.relief import Delivery, ReliefCell
from utils.components import cards, events, words
from utils.components.tables import Listing, Rows, table
from utils.draw_context import DrawContext, per_language
from utils.text.html import Markup, el, join
from utils.text.locale import formats


@per_language
def who_where(context: DrawContext) -> Markup:
    """Return provinces by sectors: organisations with a reported delivery, or that none was found."""
    cells = relief.build_relief_matrix(context.release)
    _ = context._
    names = observations.load_place_names(context.release, context.lang)
    return table(
        [_("Province"), *(_.pgettext("item_category", sector) for sector in relief.SECTORS)],
        [
            [
                names.get(province, province),
                *(_cell(context, cells[province, sector]) for sector in relief.SECTORS),
            ]
            for province in relief.list_delivery_provinces(context.release)
        ],
        caption=_("Organisations with a reported delivery, by province and sector"),
        lang=context.lang,
    )


def _cell(context: DrawContext, cell: ReliefCell) -> Markup:
    _ = context._
    if not cell.organisations:
        return el("span", _("none found"), class_="sk-absent-word")
    count = _.ngettext("{count} organisation", "{count} organisations", len(cell.organisations))
    return el("span", count, title="; ".join(cell.organisations))


def deliveries(context: DrawContext, **filters: str) -> Listing:
    """Return deliveries."""
    shown = relief.filter_deliveries(context.release, **filters)
    _ = context._
    return Listing(
        [
            _("Day"),
            _("Organisation"),
            _("Goods"),
            _("For"),
            _("Place"),
            _("From"),
            _("Status"),
            _("Source"),
            _("Note"),
        ],
        Rows(shown, partial(_row, context)),
        caption=_.ngettext("{count} line of goods", "{count} lines of goods", len(shown)),
        parameter="page",
        empty=_("No delivery matches. Clear a filter to see more."),
    )


def _row(context: DrawContext, delivery: Delivery) -> list[Markup | str]:
    _ = context._
    names = observations.load_place_names(context.release, context.lang)
    amount = (
        formats.format_number(delivery.quantity, context.lang) + " " if delivery.quantity is not None else ""
    )
    provinces = ", ".join(names.get(code, code) for code in delivery.provinces)
    return [
        formats.format_short_day(delivery.on, context.lang) if delivery.on else _("no date given"),
        join(
            [delivery.org, el("br"), el("span", _.pgettext("org_kind", delivery.org_kind), class_="sk-muted")]
        ),
        join(
            [
                _.pgettext("item_category", delivery.sector),
                el("br"),
                amount,
                el("span", delivery.unit, lang="en"),
            ]
        ),
        _reached(context, delivery),
        join(
            [
                el("span", delivery.place, lang="en"),
                el("br") if delivery.place and provinces else None,
                provinces,
            ]
        ),
        _from(context, delivery),
        _status(context, delivery.status),
        words.source_link(delivery.source),
        el("span", delivery.note, lang="en"),
    ]


def _from(context: DrawContext, delivery: Delivery) -> str:
    """Return where goods came from: the city they left, which may not be of the country that gave."""
    city = name_city(context.release, delivery.from_city, "", context.lang)
    origin = formats.name_country(delivery.origin_country, context.lang) if delivery.origin_country else ""
    if city and origin:
        return context._("{city} (giver: {country})", city=city, country=origin)
    return city or origin or "—"


def _reached(context: DrawContext, delivery: Delivery) -> str:
    _ = context._
    parts = []
    if delivery.families is not None:
        parts.append(_.ngettext("{count} family", "{count} families", int(delivery.families)))
    if delivery.people is not None:
        parts.append(_.ngettext("{count} person", "{count} people", int(delivery.people)))
    return ", ".join(parts) or _("not published")


def _status(context: DrawContext, status: str) -> Markup:
    old = "" if status == "reported" else " sk-badge-overdue"
    return el("span", context._.pgettext("status", status), class_=f"sk-badge{old}")


@per_language
def needs(context: DrawContext) -> Markup:
    """Return needs, targets and outputs by sector; a sector without a figure says so."""
    _ = context._
    known = observations.load_indicators(context.release)
    body: list[list[Markup | str]] = []
    for sector, rows in relief.list_needs(context.release):
        name = _.pgettext("sector", sector)
        if not rows:
            body.append([name, el("span", _("not found"), class_="sk-absent-word"), "—", "—", "—", "—"])
        for row in rows:
            body.append(
                [
                    name,
                    _.translate(known[row.indicator].name),
                    words.qualified(_, row) + words.unit(_, row),
                    words.as_of(_, row),
                    cards.sources(_, row),
                    el("span", row.note, lang="en"),
                ]
            )
    return table(
        [_("Sector"), _("What was counted"), _("Figure"), _("As of"), _("Source"), _("Note")],
        body,
        caption=_("Needs, targets and outputs by sector"),
        lang=context.lang,
    )


@per_language
def appeals(context: DrawContext) -> Markup:
    """Return what was asked for: never income."""
    shown = relief.list_appeals(context.release)
    _ = context._
    return table(
        [_("Organisation"), _("Asked for"), _("Day"), _("Purpose"), _("Source"), _("Note")],
        [
            [
                appeal.organisation,
                words.qualified(_, appeal.target),
                formats.format_short_day(appeal.target.as_of, context.lang)
                if appeal.target.as_of
                else _("no date given"),
                el("span", appeal.purpose, lang="en"),
                words.source_link(appeal.source),
                el("span", appeal.note, lang="en"),
            ]
            for appeal in shown
        ],
        caption=_.ngettext("{count} appeal", "{count} appeals", len(shown)),
        lang=context.lang,
    )


@per_language
def access(context: DrawContext) -> Markup:
    """Return what opened or closed ways, by day."""
    shown = relief.list_access_events(context.release)
    _ = context._
    return table(
        [
            _("Day"),
            _("What is concerned"),
            _("Effect"),
            _("By"),
            _("Event"),
            _("Place"),
            _("Source"),
            _("Note"),
        ],
        [
            [
                events.day(_, way.event),
                _.pgettext("access", way.access),
                _.pgettext("effect", way.effect),
                formats.name_country(way.closed_by, context.lang) if way.closed_by else "—",
                el("span", way.event.title, lang="en"),
                _("the whole border") if way.whole else events.place(context, way.event) or _("not stated"),
                words.source_link(way.event.source),
                el("span", way.note, lang="en"),
            ]
            for way in shown
        ],
        caption=_.ngettext("{count} event of access", "{count} events of access", len(shown)),
        lang=context.lang,
    )


@per_language
def corridors(context: DrawContext) -> Markup:
    """Return ways of goods from abroad with what is known of each; no cargo is invented."""
    shown = relief.list_corridors(context.release)
    _ = context._
    return table(
        [_("From"), _("Mode"), _("Status"), _("Since"), _("Cargo"), _("Source"), _("Note")],
        [
            [
                f"{name_city(context.release, corridor.origin, corridor.country, context.lang)}, "
                f"{formats.name_country(corridor.country, context.lang)}",
                _.pgettext("mode", corridor.mode),
                _.pgettext("corridor_status", corridor.status),
                formats.format_short_day(corridor.since, context.lang) if corridor.since else "—",
                el("span", _("none found"), class_="sk-absent-word"),
                words.source_link(corridor.source),
                el("span", corridor.note, lang="en"),
            ]
            for corridor in shown
        ],
        caption=_.ngettext("{count} corridor", "{count} corridors", len(shown)),
        lang=context.lang,
    )
