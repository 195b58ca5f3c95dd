"""The wall explained: its address, its scenes, its keys. The wall itself needs no session."""

import streamlit as st

from utils.evening.wall import projector_help
from utils.ui import style
from utils.ui.error_boundary import panel, section
from utils.ui.visitor import current_visitor

visitor = current_visitor()
_ = visitor._

style.heading(
    _("The wall"),
    _(
        "One page for the hall's screen: scenes from the public record and tonight's gifts. "
        "Open it, press F11, leave it alone."
    ),
)
with panel(_, _("Open the wall")):
    st.html(projector_help.links(_))

with section(_, _("Scenes"), _("In this order, one round in each language.")):
    st.html(projector_help.scene_list(_))

with section(_, _("Keys and address")):
    st.html(projector_help.keys(_))
