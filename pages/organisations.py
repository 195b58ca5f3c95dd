"""Organisations: every association, agency, pagoda, company and institution of the record."""

from utils.ui import style
from utils.ui.error_boundary import draw_fragment, panel
from utils.ui.open_tables import show_how_to_add
from utils.ui.views import show_view
from utils.ui.visitor import current_visitor
from utils.views.organisations import ORGANISATIONS

visitor = current_visitor()
_ = visitor._

style.heading(
    _("Organisations"),
    _(
        "Who gave, carried, sheltered or spoke. What each did is found by its name in the record's rows: "
        "“none found” means that no row names it."
    ),
)

draw_fragment(visitor, _("Organisations"), show_view, ORGANISATIONS)

with panel(_, _("Add yours")):
    show_how_to_add(visitor, "organisations", "organisation_roles")
