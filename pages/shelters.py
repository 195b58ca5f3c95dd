"""Shelters: how many sites and where, by area; closed sites by name; what is withheld and why."""

import streamlit as st

from utils.analysis import displacement, shelters
from utils.components.shelters import withheld
from utils.ui import card_grid, style
from utils.ui.error_boundary import panel, redrawn
from utils.ui.views import show
from utils.ui.visitor import current_visitor
from utils.views.shelters import AREAS, MAP, NAMED_SITES, SITES_OPEN, SITES_PROVINCES

visitor = current_visitor()
_ = visitor._

style.heading(
    _("Shelters"),
    _("Sites are shown by district or province only. Every status is the last known one, with its date."),
)
with panel(_, _("Sites")):
    style.heading(_("Sites"), level=2, heard=True)
    card_grid.show_cards(
        visitor,
        [
            displacement.latest_open_sites(visitor.release, visitor.today),
            shelters.count_known_sites(visitor.release, visitor.today),
        ],
        label=_("Sites"),
    )

if visitor.tier == "ngo":
    from utils.ui import sites

    style.heading(_("Sites one by one"), level=2)
    redrawn(visitor, _("Sites one by one"), sites.explorer)

with panel(_, _("Map of sites")):
    show(visitor, MAP)

with panel(_, _("Sites and people by area")):
    style.heading(
        _("Sites and people by area"),
        _("People only where a source printed a total for the area, else “not published”."),
        level=2,
    )
    show(visitor, AREAS)

with panel(_, _("Open sites over time")):
    style.heading(_("Open sites over time"), level=2)
    show(visitor, SITES_OPEN)

with panel(_, _("Open sites by province")):
    show(visitor, SITES_PROVINCES)

with panel(_, _("Closed sites and goods hand-over points")):
    style.heading(
        _("Closed sites and goods hand-over points"),
        _("These may be named. Ask the district before you bring goods: every status may have changed."),
        level=2,
    )
    show(visitor, NAMED_SITES)

with panel(_, _("What is withheld and why")):
    style.heading(_("What is withheld and why"), level=2)
    st.html(withheld(visitor.context))
