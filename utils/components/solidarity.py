"""City cards: what a city did, what it announced and how sure that is, who is there, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from utils.analysis import solidarity
from utils.analysis.events import Event
from utils.analysis.organisations import Organisation
from utils.analysis.solidarity import Adoption, CityCard, CitySum
from utils.components import events, inline
from utils.components.addresses import language_address
from utils.components.donations import format_gift, format_gift_day
from utils.components.notices import none_found
from utils.components.sharing import card_links
from utils.draw_context import DrawContext, per_context
from utils.text.html import Child, Markup, el, join, link
from utils.text.locale import Translator, formats

T = TypeVar("T")


@per_context
def city_cards(context: DrawContext, city: str) -> Markup:
    """Return the cards of all cities, or that of the ``city`` of an id with everything in it."""
    cards = solidarity.list_city_cards(context.release, context.today)
    alone = [card for card in cards if card.city.city_id == city]
    return el(
        "div",
        *(_card(context, card, whole=bool(alone)) for card in alone or cards),
        class_="sk-cards sk-cities sk-one" if alone else "sk-cards sk-cities",
        role="list",
        aria_label=context._("Cities"),
        lang=context.lang,
    )


def _card(context: DrawContext, card: CityCard, *, whole: bool) -> Markup:
    _, lang = context._, context.lang
    city = card.city
    country = formats.name_country(city.country, lang)
    parts = ", ".join(part.names.of(lang) for part in card.parts)
    if whole:
        passed_on = card_links(_, f"city-{city.city_id}")
    else:
        own = language_address(lang, "solidarity", {"city": city.city_id})
        passed_on = el("p", link(_("Open this card alone"), own))
    return el(
        "div",
        el("h3", city.names.of(lang), class_="sk-city"),
        el("p", ", ".join(filter(None, (_.pgettext("region", city.region), country))), class_="sk-muted"),
        el("p", _("with {places}", places=parts), class_="sk-muted") if parts else None,
        el("p", _("Named in the article"), class_="sk-badge") if city.in_article else None,
        *(_nothing_found(_, card) if card.is_empty and not whole else _findings(context, card, whole=whole)),
        _organisations(context, card, whole=whole),
        el("p", city.note, lang="en", class_="sk-note") if whole and city.note else None,
        passed_on,
        class_="sk-card",
        role="listitem",
        data_city=city.city_id,
    )


def _findings(context: DrawContext, card: CityCard, *, whole: bool) -> Iterable[Markup]:
    _ = context._
    if card.sums:
        sums = _first_of(_, card.sums, lambda city_sum: _sum(context, city_sum), whole=whole)
    else:
        sums = [none_found(_, "donations"), _searched(_, card)]
    needs = [inline.bullets((_adopted_need(_, need) for need in card.adopted), class_=None)]
    none_announced = none_found(_, "events", word=_("none announced"))
    return (
        _part(_("Sums announced"), sums),
        _part(_("What happened"), _gatherings(context, card.past, whole=whole)),
        _part(
            _("Next gathering"),
            _gatherings(context, card.next, whole=True) if card.next else [none_announced],
        ),
        _part(_("Needs adopted"), needs if card.adopted else [none_found(_, "adopted_needs")]),
    )


def _nothing_found(_: Translator, card: CityCard) -> Iterable[Markup]:
    title = _("Events, sums, needs adopted, next gathering")
    return (_part(title, [none_found(_, "events"), _searched(_, card)]),)


def _searched(_: Translator, card: CityCard) -> Markup | None:
    if not card.searched_until:
        return None
    return el("p", _("Sums looked for until {day}.", day=card.searched_until), class_="sk-muted")


def _part(title: str, children: Iterable[Child]) -> Markup:
    return el("div", el("h4", title), *children, class_="sk-city-part")


def _first_of(
    _: Translator, items: Sequence[T], write: Callable[[T], Markup], *, whole: bool
) -> list[Markup | None]:
    """Return the first items as a list and how many more there are; of a ``whole`` card all."""
    shown = items if whole else items[: inline.SHORT_LIST]
    return [inline.bullets(map(write, shown), class_=None), inline.count_more(_, len(items) - len(shown))]


def _sum(context: DrawContext, city_sum: CitySum) -> Markup:
    _, gift = context._, city_sum.gift
    weak = " sk-badge-overdue" if city_sum.evidence == "single_source" else ""
    evidence = _.translate(solidarity.EVIDENCE_NAMES[city_sum.evidence])
    return inline.stack_lines(
        join(
            [
                el("b", format_gift(context, gift)),
                "" if gift.counted else " · " + _("promised"),
                f" · {gift.donor} ",
                el("span", evidence, class_=f"sk-badge{weak}"),
            ]
        ),
        join([format_gift_day(_, gift), " · ", inline.cite_source(gift.source)]),
    )


def _gatherings(context: DrawContext, gatherings: Sequence[Event], *, whole: bool) -> list[Markup | None]:
    if not gatherings:
        return [none_found(context._, "events")]

    def write(gathering: Event) -> Markup:
        return events.event_line(context, gathering, source=whole)

    return _first_of(context._, gatherings, write, whole=whole)


def _adopted_need(_: Translator, adoption: Adoption) -> Markup:
    return join(
        [
            el("b", adoption.need),
            f" · {_.pgettext('sector', adoption.sector)} · {_.pgettext('stage', adoption.stage)}",
            f" · {adoption.organisation}" if adoption.organisation else None,
            " · ",
            inline.cite_source(adoption.source),
        ]
    )


def _organisations(context: DrawContext, card: CityCard, *, whole: bool) -> Markup:
    _ = context._

    def write(organisation: Organisation) -> Markup:
        listed = language_address(context.lang, "organisations", {"q": organisation.name})
        website = organisation.website
        contact = link(_("website"), website) if website else _("no public contact found")
        return join([link(organisation.name, listed), " · ", contact])

    found = _first_of(_, card.organisations, write, whole=whole)
    return _part(
        _("Organisations and their contact"),
        found if card.organisations else [none_found(_, "organisations")],
    )
