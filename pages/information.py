"""Verified information: checked claims and cards to share, channels, contacts; what anyone can add."""

import streamlit as st

from utils.analysis import events, open_tables
from utils.components.events import lines
from utils.ui import open_tables as adding
from utils.ui import style
from utils.ui.error_boundary import panel, redrawn
from utils.ui.sharing import share
from utils.ui.views import show
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
redrawn(visitor, _("Claims checked"), show, CLAIMS)

style.heading(_("A card to share"), level=2)
redrawn(visitor, _("A card to share"), share)

with panel(_, _("Channels")):
    style.heading(_("Channels"), _("Independent ones first, official ones after them."), level=2)
    show(visitor, CHANNELS)

with panel(_, _("Contacts of institutions")):
    style.heading(_("Contacts of institutions"), _("Confirm each before you pass it on."), level=2)
    show(visitor, CONTACTS)

with panel(_, _("Digital mobilisation")):
    style.heading(
        _("Digital mobilisation"),
        _("What the press said of hashtags and pictures. No measured series was found."),
        level=2,
    )
    st.html(lines(visitor.context, events.list_media_events(visitor.release)))
    adding.rows(visitor, open_tables.find_open_table(visitor.release, "hashtags"))
    adding.rows(visitor, open_tables.find_open_table(visitor.release, "streams"))

with panel(_, _("Friends and contributors")):
    style.heading(
        _("Friends and contributors"),
        _("What a committee, a student or a friend of Cambodia can take on."),
        level=2,
    )
    adding.tasks(visitor)

style.heading(_("Add yours"), level=2)
redrawn(visitor, _("Add yours"), adding.add_panel)
