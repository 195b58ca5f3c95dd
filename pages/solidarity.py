"""Solidarity in the world: where people acted, one card a city, how sure each sum is."""

from utils.ui import style
from utils.ui.error_boundary import draw_fragment, panel
from utils.ui.open_tables import show_how_to_add
from utils.ui.views import show_view
from utils.ui.visitor import current_visitor
from utils.views.solidarity import CITIES, MAP

visitor = current_visitor()
_ = visitor._

style.heading(
    _("Solidarity around the world"),
    _("What the record holds of each city. A city without data says so: it is not a city without people."),
)
with panel(_, _("Map of solidarity in the world")):
    show_view(visitor, MAP)

style.heading(
    _("Cities"),
    _(
        "Confirmed: two independent origins. Announced: the giver's word or a promise, carried by "
        "several publishers. Reported by one source: one publisher alone."
    ),
    level=2,
)
draw_fragment(visitor, _("Cities"), show_view, CITIES)

with panel(_, _("Add yours")):
    show_how_to_add(visitor, "cities", "event_cities", "adopted_needs")
