"""Shelters: how many sites and where, by area; closed sites by name; what is withheld and why."""

import streamlit as st

from utils.analysis import displacement, shelters
from utils.components.lists import message_list
from utils.components.shelters import WITHHELD
from utils.ui import card_grid, style
from utils.ui.error_boundary import draw_fragment, panel, section
from utils.ui.views import show_view
from utils.ui.visitor import current_visitor
from utils.views.shelters import AREAS, MAP, NAMED_SITES, SITES_OPEN, SITES_PROVINCES

visitor = current_visitor()
_ = visitor._

card_grid.show_head(
    visitor,
    lambda: shelters.summarise_shelters(visitor.release, visitor.today),
    lambda: shelters.prepare_strip(visitor.release, visitor.today),
)

if visitor.tier == "ngo":
    from utils.ui import sites

    style.heading(_("Sites one by one"), level=2)
    draw_fragment(visitor, _("Sites one by one"), sites.show_sites)

with panel(_, _("Map of sites")):
    show_view(visitor, MAP)

with section(
    _,
    _("Sites and people by area"),
    _("People only where a source printed a total for the area, else “not published”."),
):
    show_view(visitor, AREAS)

left, right = st.columns(2, gap="medium")
with left, panel(_, _("Open sites over time")):
    show_view(visitor, SITES_OPEN)
with right, panel(_, _("Open sites by province")):
    show_view(visitor, SITES_PROVINCES)

with section(
    _,
    _("Closed sites and goods hand-over points"),
    _("These may be named. Ask the district before you bring goods: every status may have changed."),
):
    show_view(visitor, NAMED_SITES)

with section(_, _("What is withheld and why")):
    st.html(message_list(_, WITHHELD))

with section(_, _("Figures one by one")):
    card_grid.show_cards(
        visitor,
        [
            displacement.latest_open_sites(visitor.release, visitor.today),
            shelters.count_known_sites(visitor.release, visitor.today),
        ],
        label=_("Sites"),
    )
