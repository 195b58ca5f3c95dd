"""Memory and meaning: short, neutral, sourced."""

import streamlit as st

from utils.analysis import events
from utils.analysis.casualties import list_casualty_findings
from utils.components.events import event_lines
from utils.components.memory import paragraphs
from utils.ui import card_grid, style
from utils.ui.error_boundary import panel, section
from utils.ui.visitor import current_visitor

visitor = current_visitor()
_ = visitor._

style.heading(_("Memory and meaning"), _("What people remember and hope for, as they said it."))
with panel(_, _("Memory and meaning")):
    st.html(paragraphs(visitor.context))

with section(
    _,
    _("Killed and injured"),
    _("Each figure with who counted it. Parts of different scope are never added."),
):
    card_grid.show_cards(
        visitor, list_casualty_findings(visitor.release, visitor.today), label=_("Killed and injured")
    )

with section(_, _("Walks, prayers and ceremonies")):
    st.html(event_lines(visitor.context, events.list_remembrance(visitor.release)))
