"""Who does what where as a table, the list of deliveries, needs, appeals, access, corridors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from utils.analysis import observations, relief
from utils.analysis.city_names import city_name
from utils.analysis.model import Observation
from utils.analysis.relief import Access, Appeal, Cell, Corridor, Delivery
from utils.exports import list_filters as by
from utils.text.html import Markup, el, join
from utils.text.locale import formats
from utils.ui import cards, downloads, events, filters, words
from utils.ui.tables import Rows, kept, paged, table
from utils.ui.visitor import Visit


def matrix(visit: Visit, cells: Mapping[tuple[str, str], Cell]) -> None:
    """Print provinces by sectors: organisations with a reported delivery, or that none was found."""
    _ = visit._
    names = observations.place_names(visit.release, visit.lang)
    st.html(
        kept(
            visit,
            "matrix",
            lambda: table(
                [_("Province"), *(_.c("item_category", sector) for sector in relief.SECTORS)],
                [
                    [
                        names.get(province, province),
                        *(_cell(visit, cells[province, sector]) for sector in relief.SECTORS),
                    ]
                    for province in relief.provinces(visit.release)
                ],
                caption=_("Organisations with a reported delivery, by province and sector"),
                lang=visit.lang,
            ),
        )
    )
    downloads.menu(visit, "who-where")


def _cell(visit: Visit, cell: Cell) -> Markup:
    _ = visit._
    if not cell.organisations:
        return el("span", _("none found"), class_="sk-absent-word")
    said = _.n("{count} organisation", "{count} organisations", len(cell.organisations))
    return el("span", said, title="; ".join(cell.organisations))


def filter_bar(visit: Visit) -> dict[str, str]:
    """Draw the filters of deliveries and return what is asked for."""
    _ = visit._
    return filters.bar(visit, by.DELIVERIES, _("Search deliveries"), _("Organisation, goods or place"))


def delivery_list(visit: Visit, shown: Sequence[Delivery]) -> None:
    """Print deliveries, some at a time."""
    _ = visit._
    paged(
        visit,
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
        Rows(shown, partial(_row, visit)),
        caption=_.n("{count} line of goods", "{count} lines of goods", len(shown)),
        parameter="page",
        empty=_("No delivery matches. Clear a filter to see more."),
    )
    downloads.menu(visit, "deliveries")


def _row(visit: Visit, one: Delivery) -> list[Markup | str]:
    _ = visit._
    names = observations.place_names(visit.release, visit.lang)
    amount = formats.number(one.quantity, visit.lang) + " " if one.quantity is not None else ""
    provinces = ", ".join(names.get(code, code) for code in one.provinces)
    return [
        formats.short_day(one.on, visit.lang) if one.on else _("no date given"),
        join([one.org, el("br"), el("span", _.c("org_kind", one.org_kind), class_="sk-muted")]),
        join([_.c("item_category", one.sector), el("br"), amount, el("span", one.unit, lang="en")]),
        _reached(visit, one),
        join([el("span", one.place, lang="en"), el("br") if one.place and provinces else None, provinces]),
        _from(visit, one),
        _status(visit, one.status),
        words.source_link(one.source),
        el("span", one.note, lang="en"),
    ]


def _from(visit: Visit, one: Delivery) -> str:
    """Return where goods came from: the city they left, which may not be of the country that gave."""
    city = city_name(visit.release, one.from_city, "", visit.lang)
    origin = formats.country(one.origin_country, visit.lang) if one.origin_country else ""
    if city and origin:
        return visit._("{city} (giver: {country})", city=city, country=origin)
    return city or origin or "—"


def _reached(visit: Visit, one: Delivery) -> str:
    _ = visit._
    said = []
    if one.families is not None:
        said.append(_.n("{count} family", "{count} families", int(one.families)))
    if one.people is not None:
        said.append(_.n("{count} person", "{count} people", int(one.people)))
    return ", ".join(said) or _("not published")


def _status(visit: Visit, status: str) -> Markup:
    old = "" if status == "reported" else " sk-badge-overdue"
    return el("span", visit._.c("status", status), class_=f"sk-badge{old}")


def needs(visit: Visit, found: Sequence[tuple[str, tuple[Observation, ...]]]) -> None:
    """Print needs, targets and outputs by sector; a sector without a figure says so."""
    st.html(kept(visit, "needs", lambda: _needs(visit, found)))
    downloads.menu(visit, "needs")


def _needs(visit: Visit, found: Sequence[tuple[str, tuple[Observation, ...]]]) -> Markup:
    _ = visit._
    known = observations.indicators(visit.release)
    body: list[list[Markup | str]] = []
    for sector, rows in found:
        name = _.c("sector", sector)
        if not rows:
            body.append([name, el("span", _("not found"), class_="sk-absent-word"), "—", "—", "—", "—"])
        for row in rows:
            body.append(
                [
                    name,
                    _.msg(known[row.indicator].name),
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
        lang=visit.lang,
    )


def appeals(visit: Visit, shown: Sequence[Appeal]) -> None:
    """Print what was asked for: never income."""
    _ = visit._
    st.html(
        kept(
            visit,
            "appeals",
            lambda: table(
                [_("Organisation"), _("Asked for"), _("Day"), _("Purpose"), _("Source"), _("Note")],
                [
                    [
                        one.organisation,
                        words.qualified(_, one.target),
                        formats.short_day(one.target.as_of, visit.lang)
                        if one.target.as_of
                        else _("no date given"),
                        el("span", one.purpose, lang="en"),
                        words.source_link(one.source),
                        el("span", one.note, lang="en"),
                    ]
                    for one in shown
                ],
                caption=_.n("{count} appeal", "{count} appeals", len(shown)),
                lang=visit.lang,
            ),
        )
    )
    downloads.menu(visit, "appeals")


def access_list(visit: Visit, shown: Sequence[Access]) -> None:
    """Print what opened or closed ways, by day."""
    _ = visit._
    st.html(
        kept(
            visit,
            "access_list",
            lambda: table(
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
                        events.day(_, one.event),
                        _.c("access", one.access),
                        _.c("effect", one.effect),
                        formats.country(one.closed_by, visit.lang) if one.closed_by else "—",
                        el("span", one.event.title, lang="en"),
                        _("the whole border")
                        if one.whole
                        else events.place(visit, one.event) or _("not stated"),
                        words.source_link(one.event.source),
                        el("span", one.note, lang="en"),
                    ]
                    for one in shown
                ],
                caption=_.n("{count} event of access", "{count} events of access", len(shown)),
                lang=visit.lang,
            ),
        )
    )
    downloads.menu(visit, "access")


def corridor_list(visit: Visit, shown: Sequence[Corridor]) -> None:
    """Print ways of goods from abroad with what is known of each; no cargo is invented."""
    _ = visit._
    st.html(
        kept(
            visit,
            "corridor_list",
            lambda: table(
                [_("From"), _("Mode"), _("Status"), _("Since"), _("Cargo"), _("Source"), _("Note")],
                [
                    [
                        f"{city_name(visit.release, one.origin, one.country, visit.lang)}, "
                        f"{formats.country(one.country, visit.lang)}",
                        _.c("mode", one.mode),
                        _.c("corridor_status", one.status),
                        formats.short_day(one.since, visit.lang) if one.since else "—",
                        el("span", _("none found"), class_="sk-absent-word"),
                        words.source_link(one.source),
                        el("span", one.note, lang="en"),
                    ]
                    for one in shown
                ],
                caption=_.n("{count} corridor", "{count} corridors", len(shown)),
                lang=visit.lang,
            ),
        )
    )
    downloads.menu(visit, "corridors")
