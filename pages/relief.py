"""Relief on the ground: who brought what where, needs, hosts, pagodas, access, corridors."""

import streamlit as st

from utils.analysis import relief
from utils.ui import card_grid, style
from utils.ui.error_boundary import draw_fragment, panel, section
from utils.ui.open_tables import show_empty, show_how_to_add
from utils.ui.views import show_view
from utils.ui.visitor import current_visitor
from utils.views.relief import (
    ACCESS,
    APPEALS,
    CORRIDORS,
    DELIVERIES,
    FACILITIES,
    HOSTS,
    MAP,
    NEEDS,
    PAGODAS,
    WHO_WHERE,
)

visitor = current_visitor()
_ = visitor._

card_grid.show_head(
    visitor,
    lambda: relief.summarise_relief(visitor.release),
    lambda: relief.prepare_strip(visitor.release, visitor.today),
)
where, who = st.columns([7, 5], gap="medium")
with where, panel(_, _("Map of relief by province and of ways that are closed or dangerous")):
    show_view(visitor, MAP)
with who, st.container(key="relief-matrix"), section(_, _("Who does what where")):
    show_view(visitor, WHO_WHERE)

style.heading(_("List of deliveries"), level=2)
draw_fragment(visitor, _("List of deliveries"), show_view, DELIVERIES)

with section(
    _,
    _("Needs and gaps"),
    _("Needs and help are counted in different units: no gap is computed where none was printed."),
):
    show_view(visitor, NEEDS)
    show_view(visitor, APPEALS)

style.heading(
    _("Health facilities"),
    _(
        "Hospitals, health centres and stations closed, damaged or open again, newest first: each count "
        "as its source printed it. Where sources differ, both stand. No bed occupancy was found."
    ),
    level=2,
)
draw_fragment(visitor, _("Health facilities"), show_view, FACILITIES)

with section(_, _("Hosted people beside people in sites")):
    show_view(visitor, HOSTS)
    show_empty(visitor, "hosting_counts")

with section(
    _,
    _("Pagodas and collection points"),
    _("Only closed sites and goods hand-over points may be named. Others are counted by district."),
):
    show_view(visitor, PAGODAS)
    show_empty(visitor, "collections")

style.heading(
    _("Access"),
    _("Crossings, bridges, roads, explosives: each by the account of its source, newest first."),
    level=2,
)
draw_fragment(visitor, _("Access"), show_view, ACCESS)

with section(
    _,
    _("Transport corridors"),
    _("Ways of goods that the article names, with what is known of them."),
):
    show_view(visitor, CORRIDORS)
    show_empty(visitor, "shipments")

with section(
    _,
    _("How deliveries are counted"),
    _(
        "Promised, planned and refused goods stay apart from delivered. “None found” means that no row "
        "names it: help that nobody published is not in here."
    ),
):
    card_grid.show_cards(
        visitor, relief.list_relief_findings(visitor.release, visitor.today), label=_("Deliveries")
    )

with panel(_, _("Add yours")):
    show_how_to_add(
        visitor,
        "aid_deliveries",
        "needs",
        "appeals",
        "hosting_counts",
        "collections",
        "access_events",
        "corridors",
        "shipments",
    )
