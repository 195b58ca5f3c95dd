"""Who does what where as a table, the list of deliveries, needs, appeals, access, corridors."""

from __future__ import annotations

from collections.abc import Sequence

from utils.analysis import observations, relief
from utils.analysis.city_names import name_city
from utils.analysis.relief import AccessEvent, Delivery, Doing
from utils.components import cards, events, inline
from utils.components.tables import Cell, Listing, listing, table, table_of
from utils.draw_context import DrawContext, per_language
from utils.text import wording
from utils.text.html import Markup, el, join
from utils.text.locale import Translator, formats


@per_language
def who_where(context: DrawContext) -> Markup:
    """Return each province with the organisations by name: what each brought or promised."""
    _, release = context._, context.release
    names = observations.load_place_names(release, context.lang)
    doings = relief.list_doings(release)
    ordered = sorted(
        (code for code in doings if code),
        key=lambda code: (-sum(doing.status == "reported" for doing in doings[code]), names.get(code, code)),
    )
    return el(
        "div",
        table(
            [_("Province"), _("Brought, as reported"), _("Promised, planned or refused")],
            [
                [
                    el("b", names.get(code, code) if code else _("no province named")),
                    _list_doings(_, [doing for doing in doings[code] if doing.status == "reported"]),
                    _list_doings(
                        _, [doing for doing in doings[code] if doing.status != "reported"], with_status=True
                    ),
                ]
                for code in (*ordered, *([""] if "" in doings else []))
            ],
            caption=_("Organisations by province: what each brought or promised"),
            lang=context.lang,
        ),
        class_="sk-who-where",
    )


def _list_doings(_: Translator, doings: Sequence[Doing], *, with_status: bool = False) -> Markup:
    """Return organisations by name with their sectors, and their status where that is asked for."""
    if not doings:
        return inline.absent(_("none found"))
    return inline.bullets(
        (
            join(
                [
                    el("span", doing.organisation, lang="en"),
                    el(
                        "span",
                        ": " + ", ".join(_.pgettext("item_category", sector) for sector in doing.sectors),
                        class_="sk-muted",
                    ),
                    *([" ", _status(_, doing.status)] if with_status else []),
                ]
            )
            for doing in doings
        ),
        class_="sk-doings",
    )


def list_deliveries(context: DrawContext, **filters: str) -> Listing:
    """Return deliveries."""
    deliveries = relief.filter_deliveries(context.release, **filters)
    _ = context._
    return listing(
        deliveries,
        [
            (_("Day"), lambda delivery: wording.format_day(_, delivery.on)),
            (
                _("Organisation"),
                lambda delivery: inline.stack_lines(delivery.org, _.pgettext("org_kind", delivery.org_kind)),
            ),
            (_("Goods"), lambda delivery: _goods(_, delivery)),
            (_("For"), lambda delivery: _format_reached(_, delivery)),
            (_("Place"), lambda delivery: _place(context, delivery)),
            (_("From"), lambda delivery: _format_origin(context, delivery)),
            (_("Status"), lambda delivery: _status(_, delivery.status)),
            (_("Source"), lambda delivery: inline.link_source(delivery.source)),
            (_("Note"), lambda delivery: el("span", delivery.note, lang="en")),
        ],
        caption=_.ngettext("{count} line of goods", "{count} lines of goods", len(deliveries)),
        parameter="page",
        empty=_("No delivery matches. Clear a filter to see more."),
    )


def _goods(_: Translator, delivery: Delivery) -> Markup:
    amount = "" if delivery.quantity is None else formats.format_number(delivery.quantity, _.lang) + " "
    sector = _.pgettext("item_category", delivery.sector)
    return join([sector, el("br"), amount, el("span", delivery.unit, lang="en")])


def _place(context: DrawContext, delivery: Delivery) -> Markup:
    names = observations.load_place_names(context.release, context.lang)
    provinces = ", ".join(names.get(code, code) for code in delivery.provinces)
    place = el("span", delivery.place, lang="en")
    return join([place, el("br") if delivery.place and provinces else None, provinces])


def _format_origin(context: DrawContext, delivery: Delivery) -> str:
    """Return where goods came from: the city they left, which may not be of the country that gave."""
    city = name_city(context.release, delivery.from_city, "", context.lang)
    origin = formats.name_country(delivery.origin_country, context.lang) if delivery.origin_country else ""
    if city and origin:
        return context._("{city} (giver: {country})", city=city, country=origin)
    return city or origin or "—"


def _format_reached(_: Translator, delivery: Delivery) -> str:
    parts = []
    if delivery.families is not None:
        parts.append(_.ngettext("{count} family", "{count} families", int(delivery.families)))
    if delivery.people is not None:
        parts.append(_.ngettext("{count} person", "{count} people", int(delivery.people)))
    return ", ".join(parts) or _("not published")


def _status(_: Translator, status: str) -> Markup:
    old = "" if status == "reported" else " sk-badge-overdue"
    return el("span", _.pgettext("status", status), class_=f"sk-badge{old}")


@per_language
def needs(context: DrawContext) -> Markup:
    """Return needs, targets and outputs by sector; a sector without a figure says so."""
    _ = context._
    indicators = observations.load_indicators(context.release)
    body: list[list[Cell]] = []
    for sector, rows in relief.list_needs(context.release):
        name = _.pgettext("sector", sector)
        if not rows:
            body.append([name, inline.absent(_("not found")), "—", "—", "—", "—"])
        body += [
            [
                name,
                _.translate(indicators[row.indicator].name),
                wording.format_quantity(_, row) + wording.format_unit(_, row),
                wording.format_as_of(_, row),
                cards.sources(_, row),
                el("span", row.note, lang="en"),
            ]
            for row in rows
        ]
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
    return table_of(
        shown,
        [
            (_("Organisation"), lambda appeal: appeal.organisation),
            (_("Asked for"), lambda appeal: wording.format_quantity(_, appeal.target)),
            (_("Day"), lambda appeal: wording.format_day(_, appeal.target.as_of)),
            (_("Purpose"), lambda appeal: el("span", appeal.purpose, lang="en")),
            (_("Source"), lambda appeal: inline.link_source(appeal.source)),
            (_("Note"), lambda appeal: el("span", appeal.note, lang="en")),
        ],
        caption=_.ngettext("{count} appeal", "{count} appeals", len(shown)),
        lang=context.lang,
    )


@per_language
def access_events(context: DrawContext) -> Markup:
    """Return every crossing of the record with its last state, then what opened or closed ways, by day."""
    ways = relief.list_access_events(context.release)
    _ = context._
    crossings = relief.list_crossings(context.release)
    states = table_of(
        crossings,
        [
            (_("Crossing"), lambda crossing: crossing.place.names.of(context.lang)),
            (
                _("Last known state"),
                lambda crossing: (
                    _.pgettext("effect", crossing.last.effect)
                    if crossing.last
                    else inline.absent(_("not found"))
                ),
            ),
            (
                _("Day"),
                lambda crossing: events.format_days(_, crossing.last.event) if crossing.last else "—",
            ),
            (
                _("By"),
                lambda crossing: (
                    formats.name_country(crossing.last.closed_by, context.lang)
                    if crossing.last and crossing.last.closed_by
                    else "—"
                ),
            ),
            (
                _("Source"),
                lambda crossing: inline.link_source(crossing.last.event.source) if crossing.last else "—",
            ),
        ],
        caption=_.ngettext(
            "{count} crossing of the record", "{count} crossings of the record", len(crossings)
        ),
        lang=context.lang,
    )
    listed = table_of(
        ways,
        [
            (_("Day"), lambda way: events.format_days(_, way.event)),
            (_("What is concerned"), lambda way: _.pgettext("access", way.access)),
            (_("Effect"), lambda way: _.pgettext("effect", way.effect)),
            (
                _("By"),
                lambda way: formats.name_country(way.closed_by, context.lang) if way.closed_by else "—",
            ),
            (_("Event"), lambda way: el("span", way.event.title, lang="en")),
            (_("Place"), lambda way: _format_extent(context, way)),
            (_("Source"), lambda way: inline.link_source(way.event.source)),
            (_("Note"), lambda way: el("span", way.note, lang="en")),
        ],
        caption=_.ngettext("{count} event of access", "{count} events of access", len(ways)),
        lang=context.lang,
    )
    return join([states, listed])


def _format_extent(context: DrawContext, way: AccessEvent) -> str:
    _ = context._
    return _("the whole border") if way.whole else events.format_place(context, way.event) or _("not stated")


@per_language
def corridors(context: DrawContext) -> Markup:
    """Return ways of goods from abroad with what is known of each; no cargo is invented."""
    shown = relief.list_corridors(context.release)
    _, lang = context._, context.lang
    return table_of(
        shown,
        [
            (
                _("From"),
                lambda corridor: (
                    f"{name_city(context.release, corridor.origin, corridor.country, lang)}, "
                    f"{formats.name_country(corridor.country, lang)}"
                ),
            ),
            (_("Mode"), lambda corridor: _.pgettext("mode", corridor.mode)),
            (_("Status"), lambda corridor: _.pgettext("corridor_status", corridor.status)),
            (
                _("Since"),
                lambda corridor: formats.format_short_day(corridor.since, lang) if corridor.since else "—",
            ),
            (_("Cargo"), lambda _corridor: inline.absent(_("none found"))),
            (_("Source"), lambda corridor: inline.link_source(corridor.source)),
            (_("Note"), lambda corridor: el("span", corridor.note, lang="en")),
        ],
        caption=_.ngettext("{count} corridor", "{count} corridors", len(shown)),
        lang=lang,
    )
