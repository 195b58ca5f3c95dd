"""Overview: the state of the crisis, its figures, where people shelter, both rounds, what came last."""

import streamlit as st

from utils.analysis import overview
from utils.analysis.casualties import list_casualty_findings
from utils.components.lists import state_line
from utils.ui import card_grid, style
from utils.ui.error_boundary import panel, section
from utils.ui.views import show_view
from utils.ui.visitor import current_visitor
from utils.views.overview import CURVE, GAPS, LAST_EVENTS, MAP

visitor = current_visitor()
_ = visitor._

style.heading(_("Cambodia–Thailand border crisis"))
with panel(_, _("State of the crisis")):
    st.html(state_line(visitor.context))
with section(_, _("People and donations"), heard=True):
    card_grid.show_each(
        visitor,
        {
            _.translate(name): make
            for name, make in overview.prepare_findings(visitor.release, visitor.today).items()
        },
        label=_("People and donations"),
    )

with section(
    _,
    _("What is not known"),
    _("The gaps before the figures: how old, how contested, and where nothing was found."),
):
    show_view(visitor, GAPS)

with panel(_, _("Where people shelter")):
    show_view(visitor, MAP)

with section(
    _,
    _("Killed and injured"),
    _("Each figure with who counted it. Parts of different scope are never added."),
):
    card_grid.show_cards(
        visitor,
        list_casualty_findings(visitor.release, visitor.today),
        label=_("Killed and injured"),
        grave=True,
    )

with section(_, _("Both rounds")):
    show_view(visitor, CURVE)

with section(_, _("What happened last"), _("The newest events in the record.")):
    show_view(visitor, LAST_EVENTS)

st.page_link("pages/sources.py", label=_("All sources, definitions and downloads"))
