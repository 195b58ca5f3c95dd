"""Timeline: what happened, searchable; killed and injured behind a note; claims that were checked."""

import streamlit as st

from utils.components.timeline import casualties
from utils.ui import style
from utils.ui.error_boundary import draw_fragment, section
from utils.ui.timeline import show_timeline
from utils.ui.views import show_view
from utils.ui.visitor import current_visitor
from utils.views.timeline import ARTICLE_FIGURES, CLAIMS

visitor = current_visitor()
_ = visitor._

style.heading(_("Timeline"), heard=True)
draw_fragment(visitor, _("Events"), show_timeline)

with section(_, _("Killed and injured")):
    st.html(casualties(visitor.context))

style.heading(
    _("Claims checked"),
    _("Claims of both sides, each with the verdict, who checked it and the source of the check."),
    level=2,
)
draw_fragment(visitor, _("Claims checked"), show_view, CLAIMS)

with section(
    _,
    _("One article, checked figure by figure"),
    _("Figures of one article on solidarity, each beside what the record holds of the same question."),
):
    show_view(visitor, ARTICLE_FIGURES)
