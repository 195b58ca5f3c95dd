"""The chain of giving: donor, carrier, organisation, province, goods; announced against traced."""

import streamlit as st

from utils.ui import style
from utils.ui.error_boundary import panel, section
from utils.ui.open_tables import show_empty, show_how_to_add
from utils.ui.views import ask_currency, show_view
from utils.ui.visitor import current_visitor
from utils.views.giving import GOODS, HOSTS, MONEY, TRACES
from utils.views.relief import CORRIDORS

visitor = current_visitor()
_ = visitor._

style.heading(
    _("The chain of giving"),
    _("From the one who gives to the province reached. What was announced is not what was traced."),
)
chosen = ask_currency(visitor)
with section(_, _("Money")):
    show_view(visitor, TRACES, chosen)
with panel(_, _("Money")), st.expander(_("The whole chain of money, from giver to province")):
    show_view(visitor, MONEY, chosen)

with section(_, _("Goods")):
    with st.expander(_("The whole chain of goods, from giver to province")):
        show_view(visitor, GOODS)
    show_empty(visitor, "collections")

with section(_, _("Hosts and host families")):
    show_view(visitor, HOSTS)
    show_empty(visitor, "hosting_counts")

with section(_, _("Transport corridors")):
    show_view(visitor, CORRIDORS)
    show_empty(visitor, "shipments")

with panel(_, _("Add yours")):
    show_how_to_add(visitor, "donations", "collections", "hosting_counts", "corridors", "shipments")
