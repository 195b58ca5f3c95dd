"""Diplomacy: statements, meetings, requests, with how far each went; France; the article's claims."""

from utils.ui import style
from utils.ui.error_boundary import draw_fragment, panel, section
from utils.ui.open_tables import show_how_to_add
from utils.ui.views import show_view
from utils.ui.visitor import current_visitor
from utils.views.diplomacy import ACTS, CLAIMS, FRANCE, NOT_FOUND

visitor = current_visitor()
_ = visitor._

style.heading(
    _("Diplomacy"),
    _("Who said, met, asked or signed what. The level of commitment is what the source says, no more."),
)


draw_fragment(visitor, _("Diplomatic acts"), show_view, ACTS)

style.heading(
    _("France"),
    _("What France said and offered, and what was asked of it, from the first to the last."),
    level=2,
)
draw_fragment(visitor, _("France"), show_view, FRANCE)
with panel(_, _("France")):
    show_view(visitor, NOT_FOUND)

with section(
    _,
    _("The article's claims beside what others say"),
    _("The article this record started from was written in the first days. Both versions stay."),
):
    show_view(visitor, CLAIMS)

with panel(_, _("Add yours")):
    show_how_to_add(visitor, "diplomatic_acts")
