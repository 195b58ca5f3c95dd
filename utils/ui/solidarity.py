"""City cards: what a city did, what it announced and how sure that is, who is there, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from utils.analysis import solidarity
from utils.analysis.events import Gathering
from utils.analysis.model import SourceRef
from utils.analysis.solidarity import CityCard, CitySum
from utils.exports import list_filters as by
from utils.text.html import Markup, el, join, link
from utils.text.locale import Translator, formats
from utils.ui import downloads, events, filters, words
from utils.ui.donations import original
from utils.ui.open_tables import none_found
from utils.ui.visitor import Visit, address

_FEW = 3


def city_choice(visit: Visit) -> str:
    """Draw the choice of one city or all; the address of one city opens its card alone."""
    return filters.ask(visit, by.CARD)


def city_cards(visit: Visit, shown: Sequence[CityCard], chosen: str) -> None:
    """Draw the cards of all cities, or that of one with everything in it."""
    one = [card for card in shown if card.city.city_id == chosen]
    key = ("city-cards", visit.lang, visit.today, chosen)
    st.html(
        visit.release.remember(
            key,
            lambda: el(
                "div",
                *(_card(visit, card, whole=bool(one)) for card in one or shown),
                class_="sk-cards sk-cities sk-one" if one else "sk-cards sk-cities",
                role="list",
                aria_label=visit._("Cities"),
                lang=visit.lang,
            ),
        )
    )
    downloads.menu(visit, "cities")


def _card(visit: Visit, card: CityCard, *, whole: bool) -> Markup:
    _ = visit._
    city = card.city
    where = ", ".join(filter(None, (_.c("region", city.region), formats.country(city.country, visit.lang))))
    parts = ", ".join(part.names.of(visit.lang) for part in card.parts)
    return el(
        "div",
        el("h3", city.names.of(visit.lang), class_="sk-city"),
        el("p", where, class_="sk-muted"),
        el("p", _("with {places}", places=parts), class_="sk-muted") if parts else None,
        el("p", _("Named in the article"), class_="sk-badge") if city.in_article else None,
        *(_nothing(visit, card) if card.is_empty and not whole else _known(visit, card, whole=whole)),
        _organisations(visit, card, whole=whole),
        el("p", city.note, lang="en", class_="sk-note") if whole and city.note else None,
        downloads.card_links(visit, f"city-{city.city_id}")
        if whole
        else el(
            "p", link(_("Open this card alone"), address(visit.lang, "solidarity", {"city": city.city_id}))
        ),
        class_="sk-card",
        role="listitem",
        data_city=city.city_id,
    )


def _known(visit: Visit, card: CityCard, *, whole: bool) -> tuple[Markup, ...]:
    _ = visit._
    return (
        _sums(visit, card, whole=whole),
        _acts(visit, _("What happened"), card.past, whole=whole),
        _next(visit, card),
        _part(_("Needs adopted"), [_adopted(visit, card)]),
    )


def _nothing(visit: Visit, card: CityCard) -> tuple[Markup, ...]:
    title = visit._("Events, sums, needs adopted, next gathering")
    return (_part(title, [none_found(visit, "events"), _searched(visit, card)]),)


def _searched(visit: Visit, card: CityCard) -> Markup | None:
    if not card.searched_until:
        return None
    return el("p", visit._("Sums looked for until {day}.", day=card.searched_until), class_="sk-muted")


def _part(title: str, children: Iterable[Markup | str | None]) -> Markup:
    return el("div", el("h4", title), *children, class_="sk-city-part")


def _sums(visit: Visit, card: CityCard, *, whole: bool) -> Markup:
    _ = visit._
    if not card.sums:
        return _part(_("Sums announced"), [none_found(visit, "donations"), _searched(visit, card)])
    shown = card.sums if whole else card.sums[:_FEW]
    more = len(card.sums) - len(shown)
    return _part(
        _("Sums announced"),
        [
            el("ul", *(el("li", _sum(visit, one)) for one in shown)),
            el("p", _.n("and {count} more", "and {count} more", more), class_="sk-muted") if more else None,
        ],
    )


def _sum(visit: Visit, one: CitySum) -> Markup:
    _ = visit._
    promised = "" if one.gift.counted else " · " + _("promised")
    weak = "sk-badge-overdue" if one.evidence == "single_source" else ""
    return join(
        [
            el("b", original(visit, one.gift)),
            promised,
            " · ",
            one.gift.donor,
            " ",
            el("span", _.msg(solidarity.EVIDENCE_NAMES[one.evidence]), class_=f"sk-badge {weak}".strip()),
            el("br"),
            el("span", _day(_, one), " · ", source(one.gift.source), class_="sk-muted"),
        ]
    )


def _day(_: Translator, one: CitySum) -> str:
    gift = one.gift
    return formats.short_day(gift.day, _.lang) if gift.dated and gift.day else _("no date given")


def source(one: SourceRef) -> Markup:
    """Return a source as a link with its grade."""
    return el("span", words.source_link(one), f" ({one.grade})", class_="sk-source")


def _acts(visit: Visit, title: str, acts: Sequence[Gathering], *, whole: bool) -> Markup:
    _ = visit._
    if not acts:
        return _part(title, [none_found(visit, "events")])
    shown = acts if whole else acts[:_FEW]
    more = len(acts) - len(shown)
    return _part(
        title,
        [
            el("ul", *(el("li", events.line(visit, act, source=whole)) for act in shown)),
            el("p", _.n("and {count} more", "and {count} more", more), class_="sk-muted") if more else None,
        ],
    )


def _next(visit: Visit, card: CityCard) -> Markup:
    _ = visit._
    if card.next:
        return _acts(visit, _("Next gathering"), card.next, whole=True)
    return _part(_("Next gathering"), [none_found(visit, "events", word=_("none announced"))])


def _adopted(visit: Visit, card: CityCard) -> Markup:
    _ = visit._
    if not card.adopted:
        return none_found(visit, "adopted_needs")
    return el(
        "ul",
        *(
            el(
                "li",
                el("b", one.need),
                f" · {_.c('sector', one.sector)} · {_.c('stage', one.stage)}",
                f" · {one.organisation}" if one.organisation else None,
                " · ",
                source(one.source),
            )
            for one in card.adopted
        ),
    )


def _organisations(visit: Visit, card: CityCard, *, whole: bool) -> Markup:
    _ = visit._
    title = _("Organisations and their contact")
    if not card.organisations:
        return _part(title, [none_found(visit, "organisations")])
    shown = card.organisations if whole else card.organisations[:_FEW]
    more = len(card.organisations) - len(shown)
    return _part(
        title,
        [
            el(
                "ul",
                *(
                    el(
                        "li",
                        link(one.name, address(visit.lang, "organisations", {"q": one.name})),
                        " · ",
                        link(_("website"), one.website) if one.website else _("no public contact found"),
                    )
                    for one in shown
                ),
            ),
            el("p", _.n("and {count} more", "and {count} more", more), class_="sk-muted") if more else None,
        ],
    )
