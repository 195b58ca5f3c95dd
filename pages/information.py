"""Verified information: checked claims and cards to share, channels, contacts; what anyone can add."""

import streamlit as st

from utils.analysis import events
from utils.components.events import event_lines
from utils.ui import open_tables, style
from utils.ui.error_boundary import draw_fragment, section
from utils.ui.information import show_share_card
from utils.ui.views import show_view
from utils.ui.visitor import current_visitor
from utils.views.information import CHANNELS, CLAIMS, CONTACTS

visitor = current_visitor()
_ = visitor._

style.heading(
    _("Verified information"),
    _("What was checked, by whom and when; channels to follow; and how to add what you know."),
)

style.heading(
    _("Claims checked"),
    _("False claims of both sides. A check by a government is marked: it may be a party."),
    level=2,
)
draw_fragment(visitor, _("Claims checked"), show_view, CLAIMS)

style.heading(_("A card to share"), level=2)
draw_fragment(visitor, _("A card to share"), show_share_card)

with section(_, _("Channels"), _("Independent ones first, official ones after them.")):
    show_view(visitor, CHANNELS)

with section(_, _("Contacts of institutions"), _("Confirm each before you pass it on.")):
    show_view(visitor, CONTACTS)

with section(
    _,
    _("Digital mobilisation"),
    _("What the press said of hashtags and pictures. No measured series was found."),
):
    st.html(event_lines(visitor.context, events.list_media_events(visitor.release)))
    open_tables.show_rows(visitor, "hashtags")
    open_tables.show_rows(visitor, "streams")

with section(
    _,
    _("Friends and contributors"),
    _("What a committee, a student or a friend of Cambodia can take on."),
):
    open_tables.show_tasks(visitor)

style.heading(_("Add yours"), level=2)
draw_fragment(visitor, _("Add yours"), open_tables.show_template)
