"""Places: find one by any spelling or code, and see all figures of it."""

import streamlit as st

from utils.analysis import place_card, place_search
from utils.ui import filters, style
from utils.ui import places as pieces
from utils.ui.error_boundary import panel
from utils.ui.visitor import current_visitor

visitor = current_visitor()
_ = visitor._

asked = "place" in st.query_params or bool(st.query_params.get("q"))
style.heading(
    _("Places"),
    ""
    if asked
    else _("Find a place by any spelling in Latin or Khmer letters, by its P-code or its ISO code."),
    heard=asked,
)
with panel(_, _("Search")):
    text = filters.ask_text("q", _("Search places"), lang=visitor.lang, placeholder=_("Name or code"))
    place_id = pieces.choose_place(
        visitor, place_search.find_places(visitor.release, text), searched=bool(text)
    )
    card = place_card.build_place_card(visitor.release, place_id, visitor.today) if place_id else None
    if card is not None:
        pieces.show_place(visitor, card)
