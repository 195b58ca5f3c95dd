"""Events as lines, a month of days, a list with attendance; and how quickly people acted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import streamlit as st

from utils.analysis import events, observations, solidarity
from utils.analysis.city_names import city_name, place_name
from utils.analysis.events import Figure, First, Gathering
from utils.exports import list_filters as by
from utils.exports.calendar import Entry, calendar
from utils.text.html import Markup, el, join, link
from utils.text.locale import Translator, formats
from utils.ui import downloads, filters, words
from utils.ui.open_tables import none_found
from utils.ui.tables import kept, paged, table
from utils.ui.visitor import Visit


def line(visit: Visit, one: Gathering, *, source: bool = True) -> Markup:
    """Return an event in one line: day, kind, title, attendance by each source, who says so."""
    _ = visit._
    return join(
        [
            el("time", day(_, one), datetime=one.on.isoformat() if one.on else None),
            f" · {_.c('kind', one.kind)} · ",
            el("span", one.title, lang="en"),
            unconfirmed(_, one),
            el("span", f" · {attendance(_, one)}") if one.attendance else None,
            join([" · ", _source(one)]) if source else None,
        ]
    )


def unconfirmed(_: Translator, one: Gathering) -> Markup | None:
    """Return the badge of an event that one source alone tells of, or nothing."""
    if one.confirmed:
        return None
    return join([" ", el("span", _("reported by one source"), class_="sk-badge sk-badge-overdue")])


def _source(one: Gathering) -> Markup:
    return el(
        "span",
        words.source_link(one.source),
        f" ({one.source.grade})",
        class_="sk-source",
    )


def day(_: Translator, one: Gathering) -> str:
    """Return the day or days of an event, or that none is given."""
    if one.on is None:
        return _("no date given")
    if one.until and one.until != one.on:
        return f"{formats.short_day(one.on, _.lang)} – {formats.short_day(one.until, _.lang)}"
    return formats.short_day(one.on, _.lang)


def attendance(_: Translator, one: Gathering) -> str:
    """Return how many came by each source that counted, apart; no source, no number."""
    return "; ".join(_count(_, figure) for figure in one.attendance)


def _count(_: Translator, figure: Figure) -> str:
    return f"{words.qualified(_, figure.observation)} ({figure.claimed_by})"


def filter_bar(visit: Visit) -> dict[str, str]:
    """Draw the filters of events and return what is asked for."""
    _ = visit._
    return filters.bar(visit, by.GATHERINGS, _("Search events"), _("Title, place or note"))


def event_list(visit: Visit, shown: Sequence[Gathering]) -> None:
    """Print events with place, attendance by each source, source and note, some at a time."""
    _ = visit._
    body = [
        [
            day(_, one),
            _.c("kind", one.kind),
            join([el("span", one.title, lang="en"), unconfirmed(_, one)]),
            _where(visit, one),
            attendance(_, one) or _("not counted"),
            _source(one),
            el("span", one.note, lang="en"),
            link(_("card to share"), downloads.card_address(visit, f"event-{one.event_id}")),
        ]
        for one in shown
    ]
    paged(
        visit,
        [
            _("Day"),
            _("Kind"),
            _("Event"),
            _("Place"),
            _("Who came, by each source"),
            _("Source"),
            _("Note"),
            _("Share"),
        ],
        body,
        caption=_.n("{count} event", "{count} events", len(shown)),
        parameter="page",
        empty=_("No event matches. Clear a filter to see more."),
    )
    downloads.menu(visit, "gatherings")


def place(visit: Visit, one: Gathering) -> str:
    """Return the place of an event, else its province, in the visitor's language where a name is known."""
    if one.place and not one.admin1_pcode:
        return city_name(visit.release, one.place, one.country, visit.lang)
    if one.place:
        return place_name(visit.release, one.place, one.admin1_pcode, visit.lang)
    return observations.place_names(visit.release, visit.lang).get(one.admin1_pcode, one.admin1)


def _where(visit: Visit, one: Gathering) -> str:
    known = solidarity.by_id(visit.release)
    named = [visit._.value(known[city].called) for city in one.cities if city in known]
    return ", ".join([*(named or [place(visit, one)]), words.country(visit._, one.country)]).strip(", ")


def month_view(visit: Visit, shown: Sequence[Gathering]) -> None:
    """Draw the days of one month, chosen in the address, with what happened on each."""
    _ = visit._
    months = events.months(shown)
    if not months:
        st.html(el("p", _("No event with a day matches."), class_="sk-empty"))
        return
    codes = [f"{month:%Y-%m}" for month, _acts in months]
    by_code = dict(zip(codes, months, strict=True))
    code = filters.choice(
        "month",
        codes,
        _("Month"),
        lang=visit.lang,
        show=lambda code: _.n(
            "{month}: {count} event",
            "{month}: {count} events",
            len(by_code[code][1]),
            month=formats.month(by_code[code][0], visit.lang),
        ),
    )
    month, acts = by_code[code]
    st.html(_calendar(visit, month, acts))


def _calendar(visit: Visit, month: date, acts: Sequence[Gathering]) -> Markup:
    on: dict[date, list[Gathering]] = defaultdict(list)
    for one in acts:
        if one.on:
            on[one.on].append(one)
    weeks = events.weeks(month)
    return el(
        "table",
        el("caption", formats.month(month, visit.lang)),
        el(
            "thead",
            el("tr", *(el("th", formats.weekday(one, visit.lang), scope="col") for one in weeks[0])),
        ),
        el(
            "tbody",
            *(el("tr", *(_cell(visit, month, one, on.get(one, [])) for one in week)) for week in weeks),
        ),
        class_="sk-calendar",
        lang=visit.lang,
    )


def _cell(visit: Visit, month: date, one: date, acts: Sequence[Gathering]) -> Markup:
    _ = visit._
    outside = one.month != month.month
    return el(
        "td",
        el("time", formats.number(one.day, visit.lang), datetime=one.isoformat()),
        *(
            el(
                "p",
                el("b", _.c("kind", act.kind)),
                " ",
                el("span", act.title, lang="en"),
                unconfirmed(_, act),
            )
            for act in acts
        ),
        class_="sk-out" if outside else "sk-day" if acts else "sk-free",
    )


def calendar_button(visit: Visit, shown: Sequence[Gathering]) -> None:
    """Offer the dated events that match as an iCalendar file; say how many have no day."""
    _ = visit._
    dated = [one for one in shown if one.on]
    st.download_button(
        _.n(
            "Calendar file with {count} event (.ics)", "Calendar file with {count} events (.ics)", len(dated)
        ),
        lambda: calendar_text(visit, dated),
        file_name="samaki-events.ics",
        mime="text/calendar",
        key="calendar-file",
        on_click="ignore",
    )
    undated = len(shown) - len(dated)
    if undated:
        st.html(
            el(
                "p",
                _.n(
                    "{count} event without a day is not in it.",
                    "{count} events without a day are not in it.",
                    undated,
                ),
                class_="sk-foot",
            )
        )


def calendar_text(visit: Visit, shown: Sequence[Gathering]) -> str:
    """Return the calendar file of dated events."""
    _ = visit._
    return calendar(
        (
            Entry(
                uid=f"{one.event_id}@samaki",
                first=one.on,
                last=one.until or one.on,
                summary=one.title,
                location=_where(visit, one),
                description=_("Source: {publisher}", publisher=one.source.publisher),
                category=_.c("kind", one.kind),
                url=one.source.url or "",
                sure=one.confirmed,
            )
            for one in shown
            if one.on
        ),
        name=_("Samaki: events"),
        stamp=visit.today,
    )


def speed_table(visit: Visit, shown: Sequence[First]) -> None:
    """Print the first dated action of each kind of actor, in days since the fighting began."""
    _ = visit._
    st.html(
        kept(
            visit,
            "speed_table",
            lambda: table(
                [
                    _("Who or what"),
                    _("Days after 24 July"),
                    _("Hours, at least and at most"),
                    _("First action found"),
                    _("Source"),
                ],
                [
                    [
                        _("{what}: {who}", what=_.msg(one.what), who=_.msg(one.actor)),
                        formats.number(one.days, visit.lang),
                        " – ".join(formats.number(hours, visit.lang) for hours in one.hours),
                        words.titled(one.action, one.place),
                        words.source_link(one.observation.sources[0]),
                    ]
                    for one in shown
                ],
                caption=_("First action of each kind, known to the day"),
                numeric=(1, 2),
                lang=visit.lang,
            ),
        )
    )
    downloads.menu(visit, "first-actions")


def announced(visit: Visit, shown: Sequence[Gathering]) -> None:
    """Print gatherings that are still to come, or that none was found, with the way to add one."""
    if not shown:
        notice = none_found(visit, "events", word=visit._("none announced"))
        st.html(el("div", notice, class_="sk-empty", lang=visit.lang))
        return
    lines(visit, tuple(reversed(shown)))


def lines(visit: Visit, shown: Sequence[Gathering]) -> None:
    """Print events as lines, in their order."""
    st.html(el("ul", *(el("li", line(visit, one)) for one in shown), class_="sk-list", lang=visit.lang))
