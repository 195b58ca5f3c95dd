"""The systems of the article this record started from, one by one: where each is, or why it is not."""

import streamlit as st

from utils.components.systems import system_table
from utils.ui import style
from utils.ui.error_boundary import panel
from utils.ui.visitor import current_visitor

visitor = current_visitor()
_ = visitor._

style.heading(
    _("The article's systems, one by one"),
    _(
        "The record started from an article on solidarity. Each thing it tells of is on a screen, in a table "
        "that waits for rows, or left out for a reason."
    ),
)
with panel(_, _("The article's systems, one by one")):
    st.html(system_table(visitor.context))
