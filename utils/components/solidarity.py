"""City cards: what a city did, what it announced and how sure that is, who is there, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from utils.analysis import solidarity
from utils.analysis.events import Event
from utils.analysis.model import SourceRef
from utils.analysis.solidarity import CityCard, CitySum
from utils.components import events, words
from utils.components.addresses import language_address
from utils.components.donations import original
from utils.components.notices import none_found
from utils.components.sharing import card_links
from utils.draw_context import DrawContext, per_context
from utils.text.html import Markup, el, join, link
from utils.text.locale import Translator, formats

_FEW = 3


@per_context
def city_cards(context: DrawContext, city: str) -> Markup:
    """Return the cards of all cities, or that of the ``city`` of an id with everything in it."""
    shown = solidarity.list_city_cards(context.release, context.today)
    alone = [card for card in shown if card.city.city_id == city]
    return el(
        "div",
        *(_card(context, card, whole=bool(alone)) for card in alone or shown),
        class_="sk-cards sk-cities sk-one" if alone else "sk-cards sk-cities",
        role="list",
        aria_label=context._("Cities"),
        lang=context.lang,
    )


def _card(context: DrawContext, card: CityCard, *, whole: bool) -> Markup:
    _ = context._
    city = card.city
    where = ", ".join(
        filter(None, (_.pgettext("region", city.region), formats.name_country(city.country, context.lang)))
    )
    parts = ", ".join(part.names.of(context.lang) for part in card.parts)
    return el(
        "div",
        el("h3", city.names.of(context.lang), class_="sk-city"),
        el("p", where, class_="sk-muted"),
        el("p", _("with {places}", places=parts), class_="sk-muted") if parts else None,
        el("p", _("Named in the article"), class_="sk-badge") if city.in_article else None,
        *(_nothing(context, card) if card.is_empty and not whole else _known(context, card, whole=whole)),
        _organisations(context, card, whole=whole),
        el("p", city.note, lang="en", class_="sk-note") if whole and city.note else None,
        card_links(context._, f"city-{city.city_id}")
        if whole
        else el(
            "p",
            link(
                _("Open this card alone"),
                language_address(context.lang, "solidarity", {"city": city.city_id}),
            ),
        ),
        class_="sk-card",
        role="listitem",
        data_city=city.city_id,
    )


def _known(context: DrawContext, card: CityCard, *, whole: bool) -> tuple[Markup, ...]:
    _ = context._
    return (
        _sums(context, card, whole=whole),
        _acts(context, _("What happened"), card.past, whole=whole),
        _next(context, card),
        _part(_("Needs adopted"), [_adopted(context, card)]),
    )


def _nothing(context: DrawContext, card: CityCard) -> tuple[Markup, ...]:
    title = context._("Events, sums, needs adopted, next gathering")
    return (_part(title, [none_found(context._, "events"), _searched(context, card)]),)


def _searched(context: DrawContext, card: CityCard) -> Markup | None:
    if not card.searched_until:
        return None
    return el("p", context._("Sums looked for until {day}.", day=card.searched_until), class_="sk-muted")


def _part(title: str, children: Iterable[Markup | str | None]) -> Markup:
    return el("div", el("h4", title), *children, class_="sk-city-part")


def _sums(context: DrawContext, card: CityCard, *, whole: bool) -> Markup:
    _ = context._
    if not card.sums:
        return _part(_("Sums announced"), [none_found(context._, "donations"), _searched(context, card)])
    shown = card.sums if whole else card.sums[:_FEW]
    more = len(card.sums) - len(shown)
    return _part(
        _("Sums announced"),
        [
            el("ul", *(el("li", _sum(context, city_sum)) for city_sum in shown)),
            el("p", _.ngettext("and {count} more", "and {count} more", more), class_="sk-muted")
            if more
            else None,
        ],
    )


def _sum(context: DrawContext, gift: CitySum) -> Markup:
    _ = context._
    promised = "" if gift.gift.counted else " · " + _("promised")
    weak = "sk-badge-overdue" if gift.evidence == "single_source" else ""
    return join(
        [
            el("b", original(context, gift.gift)),
            promised,
            " · ",
            gift.gift.donor,
            " ",
            el(
                "span",
                _.translate(solidarity.EVIDENCE_NAMES[gift.evidence]),
                class_=f"sk-badge {weak}".strip(),
            ),
            el("br"),
            el("span", _day(_, gift), " · ", source(gift.gift.source), class_="sk-muted"),
        ]
    )


def _day(_: Translator, city_sum: CitySum) -> str:
    gift = city_sum.gift
    return formats.format_short_day(gift.day, _.lang) if gift.dated and gift.day else _("no date given")


def source(cited: SourceRef) -> Markup:
    """Return a source as a link with its grade."""
    return el("span", words.source_link(cited), f" ({cited.grade})", class_="sk-source")


def _acts(context: DrawContext, title: str, acts: Sequence[Event], *, whole: bool) -> Markup:
    _ = context._
    if not acts:
        return _part(title, [none_found(context._, "events")])
    shown = acts if whole else acts[:_FEW]
    more = len(acts) - len(shown)
    return _part(
        title,
        [
            el("ul", *(el("li", events.line(context, act, source=whole)) for act in shown)),
            el("p", _.ngettext("and {count} more", "and {count} more", more), class_="sk-muted")
            if more
            else None,
        ],
    )


def _next(context: DrawContext, card: CityCard) -> Markup:
    _ = context._
    if card.next:
        return _acts(context, _("Next gathering"), card.next, whole=True)
    return _part(_("Next gathering"), [none_found(context._, "events", word=_("none announced"))])


def _adopted(context: DrawContext, card: CityCard) -> Markup:
    _ = context._
    if not card.adopted:
        return none_found(context._, "adopted_needs")
    return el(
        "ul",
        *(
            el(
                "li",
                el("b", adoption.need),
                f" · {_.pgettext('sector', adoption.sector)} · {_.pgettext('stage', adoption.stage)}",
                f" · {adoption.organisation}" if adoption.organisation else None,
                " · ",
                source(adoption.source),
            )
            for adoption in card.adopted
        ),
    )


def _organisations(context: DrawContext, card: CityCard, *, whole: bool) -> Markup:
    _ = context._
    title = _("Organisations and their contact")
    if not card.organisations:
        return _part(title, [none_found(context._, "organisations")])
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
                        link(
                            organisation.name,
                            language_address(context.lang, "organisations", {"q": organisation.name}),
                        ),
                        " · ",
                        link(_("website"), organisation.website)
                        if organisation.website
                        else _("no public contact found"),
                    )
                    for organisation in shown
                ),
            ),
            el("p", _.ngettext("and {count} more", "and {count} more", more), class_="sk-muted")
            if more
            else None,
        ],
    )
