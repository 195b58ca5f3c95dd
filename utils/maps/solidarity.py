"""The world of solidarity: a mark for each city, by what was found there. No border is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from utils.analysis import solidarity
from utils.analysis.solidarity import CityCard
from utils.draw_context import DrawContext, per_context
from utils.maps.model import DrawnMap, Labels, Place, Point, Points
from utils.maps.parts import make_view
from utils.maps.payload import legend_dot
from utils.text.locale import Translator, formats

WORLD: Final = ((-42.0, -126.0), (56.0, 154.0))
_HEIGHT: Final = 420
_QUIET: Final = 6.0
_SMALLEST: Final = 7.0
_LARGEST: Final = 12.0
_NEAR: Final = 9.0
"""Degrees within which two numbers would cover each other: the larger one is written."""
_MOST: Final = 5
_NEVER_HIDDEN: Final = 1


@per_context
def world_map(context: DrawContext) -> DrawnMap:
    """Return the map of the world's cities; a number is the acts of solidarity found there."""
    _, release, _lang, theme = context.parts
    shown = solidarity.list_city_cards(release, context.today)
    return DrawnMap(
        layers=(
            Points([_point(_, card, shown) for card in _small_last(shown)]),
            Labels(tuple(_labels(_, shown))),
        ),
        view=make_view(context, "world", _("Map of solidarity in the world"), WORLD, _HEIGHT, ground="world"),
        title=_title(_, shown),
        subtitle=_(
            "The number is how many rallies, collections, letters and deliveries the record holds. A "
            "hollow mark: none was found, which does not mean that there was none. Points are rounded to "
            "0.1 degree."
        ),
        legend=(
            legend_dot(_("acts found"), "city", theme),
            legend_dot(_("sums or organisations only"), "city_sums", theme),
            legend_dot(_("none found"), "city_quiet", theme),
        ),
        columns=(
            _("City"),
            _("Country"),
            _("Acts found"),
            _("Organisations"),
            _("Sums announced"),
            _("Evidence"),
        ),
        rows=tuple(_row(_, card) for card in shown),
        numeric=(2, 3, 4),
    )


def _title(_: Translator, shown: Sequence[CityCard]) -> str:
    active = [card for card in shown if card.past]
    if not active:
        return _("No act of solidarity with a city was found")
    return _.ngettext(
        "Acts of solidarity were found in {count} city of {countries} countries",
        "Acts of solidarity were found in {count} cities of {countries} countries",
        len(active),
        countries=len({card.city.country for card in active}),
    )


def _small_last(shown: Sequence[CityCard]) -> list[CityCard]:
    return sorted(shown, key=lambda card: -_acts(card))


def _acts(card: CityCard) -> int:
    """Return how many acts were found; what is only announced is none yet."""
    return len(card.past)


def _leads(card: CityCard, shown: Sequence[CityCard]) -> bool:
    """Return whether no city nearby has more acts (or as many and a name before)."""
    near = [
        other
        for other in shown
        if abs(other.city.lat - card.city.lat) < _NEAR and abs(other.city.lon - card.city.lon) < _NEAR
    ]
    return min(near, key=lambda other: (-_acts(other), other.city.city_id)) is card


def _point(_: Translator, card: CityCard, shown: Sequence[CityCard]) -> Point:
    acts = _acts(card)
    style = "city" if acts else "city_sums" if card.sums else "city_quiet"
    lines = [
        formats.name_country(card.city.country, _.lang),
        _.ngettext("{count} act of solidarity", "{count} acts of solidarity", acts)
        if acts
        else _("no act found"),
    ]
    if card.next:
        lines.append(_.ngettext("{count} event announced", "{count} events announced", len(card.next)))
    if card.sums:
        sums = _.ngettext("{count} sum announced", "{count} sums announced", len(card.sums))
        lines.append(f"{sums}: {_.pgettext('evidence', card.evidence)}")
    else:
        lines.append(_("no sum found"))
    return Point(
        lat=card.city.lat,
        lon=card.city.lon,
        radius=_SMALLEST + (_LARGEST - _SMALLEST) * min(acts, _MOST) / _MOST if acts else _QUIET,
        style=style,
        title=_.format(card.city.called),
        lines=tuple(lines),
        text=formats.format_number(acts, _.lang) if acts and _leads(card, shown) else "",
    )


def _labels(_: Translator, shown: Sequence[CityCard]) -> list[Place]:
    """Cities with most acts keep their names where names would overlap."""
    ranked = sorted(shown, key=lambda card: (not card.city.in_article, -_acts(card)))
    return [
        Place(
            lat=card.city.lat,
            lon=card.city.lon,
            name=_.format(card.city.called),
            kind="hub",
            rank=_NEVER_HIDDEN + index,
        )
        for index, card in enumerate(ranked)
    ]


def _row(_: Translator, card: CityCard) -> tuple[str, ...]:
    return (
        _("{city} ({region})", city=card.city.names, region=_.pgettext("region", card.city.region))
        if card.city.region and card.city.region not in card.city.names.en
        else _.format(card.city.names),
        formats.name_country(card.city.country, _.lang),
        formats.format_number(_acts(card), _.lang),
        formats.format_number(len(card.organisations), _.lang),
        formats.format_number(len(card.sums), _.lang),
        _.translate(solidarity.EVIDENCE_NAMES[card.evidence]),
    )
