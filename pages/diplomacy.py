"""Diplomacy: statements, meetings, requests, with how far each went; France; the article's claims."""

from utils.ui import style
from utils.ui.error_boundary import panel, redrawn
from utils.ui.open_tables import how_to_add
from utils.ui.views import show
from utils.ui.visitor import current_visitor
from utils.views.diplomacy import ACTS, CLAIMS, FRANCE, NOT_FOUND

visitor = current_visitor()
_ = visitor._

style.heading(
    _("Diplomacy"),
    _("Who said, met, asked or signed what. The level of commitment is what the source says, no more."),
)


redrawn(visitor, _("Diplomatic acts"), show, ACTS)

style.heading(
    _("France"),
    _("What France said and offered, and what was asked of it, from the first to the last."),
    level=2,
)
redrawn(visitor, _("France"), show, FRANCE)
with panel(_, _("France")):
    show(visitor, NOT_FOUND)

with panel(_, _("The article's claims beside what others say")):
    style.heading(
        _("The article's claims beside what others say"),
        _("The article this record started from was written in the first days. Both versions stay."),
        level=2,
    )
    show(visitor, CLAIMS)

with panel(_, _("Add yours")):
    how_to_add(visitor, "diplomatic_acts")
