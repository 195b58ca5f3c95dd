"""Solidarity in the world: where people acted, one card a city, how sure each sum is."""

from utils.analysis import solidarity as analysis_solidarity
from utils.maps.solidarity import world_map
from utils.ui import solidarity, style, visitor
from utils.ui.error_boundary import panel, redrawn
from utils.ui.map import show_map
from utils.ui.open_tables import how_to_add

me = visitor.current()
_ = me._

style.heading(
    _("Solidarity around the world"),
    _("What the record holds of each city. A city without data says so: it is not a city without people."),
)
with panel(_, _("Map of solidarity in the world")):
    show_map(me, world_map(me.release, me.today, me.lang, me.theme))


def city_list() -> None:
    """Draw what the choice of a city moves."""
    shown = analysis_solidarity.cards(me.release, me.today)
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
