"""Donations: what is documented and counts once, in slices; promises, goods and doubts apart."""

import streamlit as st

from utils.analysis import donations
from utils.ui import card_grid, style
from utils.ui.error_boundary import draw_fragment, panel, section
from utils.ui.open_tables import show_how_to_add
from utils.ui.views import ask_currency, find_currency, show_view
from utils.ui.visitor import current_visitor
from utils.views.donations import DIMENSION, GIFTS, GOODS, NOT_FOUND, OVER_TIME, SLICES
from utils.views.filters import parse_currency

visitor = current_visitor()
_ = visitor._

chosen = find_currency(visitor)
currency = parse_currency(visitor.release, chosen["currency"])
card_grid.show_head(
    visitor,
    lambda: donations.summarise_donations(visitor.release, currency),
    lambda: donations.prepare_strip(visitor.release, currency, visitor.today),
)
left, right = st.columns([7, 5], gap="medium")
with left, panel(_, _("Slices")):
    show_view(visitor, SLICES, chosen)
with right, panel(_, _("Over time")):
    show_view(visitor, OVER_TIME, chosen)
ask_currency(visitor)

style.heading(_("Who gave, to whom"), level=2)
draw_fragment(visitor, _("Who gave, to whom"), show_view, DIMENSION, chosen)

style.heading(
    _("All gifts"),
    _(
        "Every gift of the record, with the reason why it does not count. Deliveries of aid are a list of "
        "their own and are never added."
    ),
    level=2,
)
draw_fragment(visitor, _("All gifts"), show_view, GIFTS, chosen)

with section(_, _("How the total is counted")):
    card_grid.show_cards(
        visitor,
        [donations.documented_total(visitor.release, currency, visitor.today)],
        label=_("Documented donations"),
    )

style.heading(
    _("Goods"),
    _("In their own units, by province. They have no price and are never added to money."),
    level=2,
)
draw_fragment(visitor, _("Goods"), show_view, GOODS)

with section(
    _,
    _("Looked for and not found"),
    _("No amount was found for these. That is not zero: most were simply not published."),
):
    show_view(visitor, NOT_FOUND)

with panel(_, _("Add yours")):
    show_how_to_add(visitor, "donations", "appeals", "collections")
