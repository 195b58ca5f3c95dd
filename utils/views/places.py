"""What the page of places hands out: the figures and the events of a place."""

from __future__ import annotations

from typing import Final

from utils.analysis import gaps, place_card, place_search, places
from utils.charts.place import place_curve
from utils.draw_context import DrawContext
from utils.exports.dataset import Dataset, add_columns, list_observations, own_column, read_table_rows
from utils.maps.focus import focus_map
from utils.text.locale import lazy_gettext
from utils.views.columns import AGE, CONTESTED, STATE
from utils.views.model import Filter, View

_FIGURES: Final = own_column("figures", "integer", lazy_gettext("Figures"), "Number of figures in the series")


def list_figures(context: DrawContext, place: str) -> Dataset:
    """Return the newest figure of each series of a place and of the areas it lies in."""
    card = place_card.build_place_card(context.release, place, context.today)
    series = [newest for area in card.areas for newest in area.series] if card else []
    return add_columns(
        list_observations(context.release, (newest.standing.observation for newest in series)),
        series,
        (STATE, AGE, CONTESTED, _FIGURES),
        lambda newest: (
            newest.standing.state,
            newest.standing.freshness.days,
            " ".join(row.observation_id for row in newest.standing.contested_by),
            newest.count,
        ),
    )


def list_events(context: DrawContext, place: str) -> Dataset:
    """Return the newest events of the area of a place, as its card lists them."""
    card = place_card.build_place_card(context.release, place, context.today)
    shown = [event.event_id for event in card.quiet] if card else []
    return read_table_rows(context.release, "events", key="event_id", only=shown)


_PLACE: Final = Filter(
    "place",
    lazy_gettext("Place"),
    codes=lambda release, _before: tuple(place_search.index_places(release)),
    default=lambda release, _before: places.index_by_pcode(release)[gaps.PROVINCES[0]].place_id,
    show=lambda _, release, code: place_search.index_places(release)[code].names.of(_.lang),
    always=True,
)

MAP: Final = View("place-map", "places", focus_map, list_figures, (_PLACE,), placed=True)
CURVE: Final = View("place-curve", "places", place_curve, filters=(_PLACE,), placed=True)
FIGURES: Final = View(
    "place-figures",
    "places",
    dataset=list_figures,
    filters=(_PLACE,),
    title=lazy_gettext("Figures"),
    placed=True,
)
EVENTS: Final = View(
    "place-events",
    "places",
    dataset=list_events,
    filters=(_PLACE,),
    title=lazy_gettext("What happened in this area"),
    placed=True,
)
