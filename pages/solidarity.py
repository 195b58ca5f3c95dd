"""Solidarity in the world: where people acted, one card a city, how sure each sum is."""

from utils.analysis import cities
from utils.maps.solidarity import world_map
from utils.ui import solidarity, style, visit
from utils.ui.entries import how_to_add
from utils.ui.map import show_map
from utils.ui.panel import panel, redrawn

me = visit.current()
_ = me._

style.heading(
    _("Solidarity around the world"),
    _("What the record holds of each city. A city without data says so: it is not a city without people."),
)
with panel(_, _("Map of solidarity in the world")):
    show_map(me, world_map(me.release, me.today, me.lang, me.theme))


def city_list() -> None:
    """Draw what the choice of a city moves."""
    shown = cities.cards(me.release, me.today)
    solidarity.city_cards(me, shown, solidarity.city_choice(me))


style.heading(
    _("Cities"),
    _(
        "Confirmed: two independent origins. Announced: the giver's word or a promise, carried by "
        "several publishers. Reported by one source: one publisher alone."
    ),
    level=2,
)
redrawn(me, _("Cities"), city_list)

with panel(_, _("Add yours")):
    how_to_add(me, "cities", "event_cities", "adopted_needs")
