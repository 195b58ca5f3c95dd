"""Overview: how many, where, since when and how old that is; then what is not known and what came last."""

import streamlit as st

from utils.analysis import displacement, overview
from utils.analysis.casualties import list_casualty_findings
from utils.components.gaps import gaps_link
from utils.components.places import focus_links
from utils.ui import card_grid
from utils.ui.error_boundary import draw_fragment, panel, section
from utils.ui.linked_day import show_linked_day
from utils.ui.views import show_view
from utils.ui.visitor import current_visitor
from utils.views.overview import CURVE, GAPS, LAST_EVENTS, MAP

visitor = current_visitor()
_ = visitor._

with panel(_, _("State of the crisis")):
    card_grid.show_sentence(visitor, displacement.summarise_displaced(visitor.release, visitor.today))
with panel(_, _("Key figures")):
    card_grid.show_strip(
        visitor, overview.prepare_strip(visitor.release, visitor.today), label=_("Key figures")
    )
draw_fragment(visitor, _("Where people shelter"), show_linked_day, MAP, CURVE)
with panel(_, _("What is not known")):
    st.html(gaps_link(visitor.context))
    st.html(focus_links(visitor.context))

with section(_, _("What happened last"), _("The newest events in the record.")):
    show_view(visitor, LAST_EVENTS)

with section(
    _,
    _("What is not known"),
    _("The gaps before the figures: how old, how contested, and where nothing was found."),
):
    show_view(visitor, GAPS)

with section(_, _("Figures one by one")):
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
    _("Killed and injured"),
    _("Each figure with who counted it. Parts of different scope are never added."),
):
    card_grid.show_cards(
        visitor,
        list_casualty_findings(visitor.release, visitor.today),
        label=_("Killed and injured"),
        grave=True,
    )
