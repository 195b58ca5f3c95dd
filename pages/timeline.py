"""Timeline: what happened, searchable; killed and injured behind a note; claims that were checked."""

import streamlit as st

from utils.components.timeline import casualties
from utils.ui import style
from utils.ui.error_boundary import panel, redrawn
from utils.ui.views import show
from utils.ui.visitor import current_visitor
from utils.views.timeline import ARTICLE_FIGURES, CLAIMS, EVENTS

visitor = current_visitor()
_ = visitor._

style.heading(
    _("Timeline"), _("What happened, as sources reported it. Each event and each figure keeps who said so.")
)


redrawn(visitor, _("Events"), show, EVENTS)

with panel(_, _("Killed and injured")):
    style.heading(_("Killed and injured"), level=2)
    st.html(casualties(visitor.context))

style.heading(
    _("Claims checked"),
    _("Claims of both sides, each with the verdict, who checked it and the source of the check."),
    level=2,
)
redrawn(visitor, _("Claims checked"), show, CLAIMS)

with panel(_, _("One article, checked figure by figure")):
    style.heading(
        _("One article, checked figure by figure"),
        _("Figures of one article on solidarity, each beside what the record holds of the same question."),
        level=2,
    )
    show(visitor, ARTICLE_FIGURES)
