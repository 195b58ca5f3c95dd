"""Solidarity in the world: where people acted, one card a city, how sure each sum is."""

from utils.ui import style
from utils.ui.error_boundary import panel, redrawn
from utils.ui.open_tables import how_to_add
from utils.ui.views import show
from utils.ui.visitor import current_visitor
from utils.views.solidarity import CITIES, MAP

visitor = current_visitor()
_ = visitor._

style.heading(
    _("Solidarity around the world"),
    _("What the record holds of each city. A city without data says so: it is not a city without people."),
)
with panel(_, _("Map of solidarity in the world")):
    show(visitor, MAP)

style.heading(
    _("Cities"),
    _(
        "Confirmed: two independent origins. Announced: the giver's word or a promise, carried by "
        "several publishers. Reported by one source: one publisher alone."
    ),
    level=2,
)
redrawn(visitor, _("Cities"), show, CITIES)

with panel(_, _("Add yours")):
    how_to_add(visitor, "cities", "event_cities", "adopted_needs")
