"""What the page of solidarity shows: the map of the world and the cards of cities."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from utils.analysis import solidarity as analysis_solidarity
from utils.analysis.solidarity import CityCard
from utils.components.solidarity import city_cards
from utils.draw_context import DrawContext
from utils.exports.dataset import CellValue, Dataset, cite_also, join_columns, newest_day, own_column
from utils.maps.solidarity import world_map
from utils.settings import clock
from utils.text.locale import lazy_gettext
from utils.views.filters import format_city, optional_choice
from utils.views.model import ALL, View

_CITY: Final = (
    own_column("parts", "string", lazy_gettext("Towns on its card"), "Ids of cities"),
    own_column("past", "string", lazy_gettext("What happened"), "Ids of events"),
    own_column("next", "string", lazy_gettext("Next gathering"), "Ids of events"),
    own_column("gifts", "string", lazy_gettext("Sums announced"), "Ids of rows of donations"),
    own_column(
        "evidence",
        "string",
        lazy_gettext("Surest evidence"),
        "confirmed, announced, single_source or none_found",
    ),
    own_column("organisations", "string", lazy_gettext("Organisations"), "Ids of organisations"),
    own_column("needs_adopted", "string", lazy_gettext("Needs adopted"), "In the words of the committee"),
    own_column(
        "searched_until", "date", lazy_gettext("Searched until"), "Sums were looked for until this day"
    ),
)


def _city(card: CityCard) -> tuple[CellValue, ...]:
    return (
        " ".join(part.city_id for part in card.parts),
        " ".join(act.event_id for act in card.past),
        " ".join(event.event_id for event in card.next),
        " ".join(city_sum.gift.row_id for city_sum in card.sums),
        card.evidence,
        " ".join(organisation.org_id for organisation in card.organisations),
        "; ".join(adoption.need for adoption in card.adopted),
        card.searched_until,
    )


def list_city_cards(context: DrawContext, city: str) -> Dataset:
    """Return the cities that have a card, all or one, with the ids of what stands on it."""
    shown = [
        card
        for card in analysis_solidarity.list_city_cards(context.release, context.today)
        if city in ("all", card.city.city_id)
    ]
    dataset = join_columns(
        context.release, "cities", "city_id", {card.city.city_id: card for card in shown}, _CITY, _city
    )
    more = [city_sum.gift.source for card in shown for city_sum in card.sums]
    more += [act.source for card in shown for act in (*card.past, *card.next)]
    more += [organisation.source for card in shown for organisation in card.organisations]
    more += [adoption.source for card in shown for adoption in card.adopted]
    days = [act.on for card in shown for act in card.past]
    days += [city_sum.gift.day for card in shown for city_sum in card.sums if city_sum.gift.dated]
    return cite_also(replace(dataset, newest=newest_day(days)), more)


def list_all_city_cards(context: DrawContext) -> Dataset:
    """Return all cities that have a card, as the map of the world shows them."""
    return list_city_cards(context, ALL)


_CARD: Final = optional_choice(
    "city",
    lazy_gettext("City"),
    lazy_gettext("All cities"),
    lambda release: [
        card.city.city_id for card in analysis_solidarity.list_city_cards(release, clock.today())
    ],
    format_city,
)

MAP: Final = View("world-map", "solidarity", world_map, list_all_city_cards, placed=True)
CITIES: Final = View(
    "cities", "solidarity", city_cards, list_city_cards, (_CARD,), lazy_gettext("Cities"), placed=True
)
