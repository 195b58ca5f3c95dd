"""Relief on the ground: who brought what where, needs, hosts, pagodas, access, corridors."""

from utils.analysis import relief
from utils.ui import card_grid, style
from utils.ui.error_boundary import panel, redrawn
from utils.ui.open_tables import empty_notice, how_to_add
from utils.ui.views import show
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

style.heading(
    _("Relief on the ground"),
    _("Who brought what where, as reported. Promised, planned and refused goods stay apart from delivered."),
)
with panel(_, _("Deliveries")):
    style.heading(_("Deliveries"), level=2, heard=True)
    card_grid.show_cards(
        visitor, relief.list_relief_findings(visitor.release, visitor.today), label=_("Deliveries")
    )

with panel(_, _("Map of relief by province and of closed crossings")):
    show(visitor, MAP)

with panel(_, _("Who does what where")):
    style.heading(
        _("Who does what where"),
        _("“None found” means that no row names it: help that nobody published is not in here."),
        level=2,
    )
    show(visitor, WHO_WHERE)

style.heading(_("List of deliveries"), level=2)
redrawn(visitor, _("List of deliveries"), show, DELIVERIES)

with panel(_, _("Needs and gaps")):
    style.heading(
        _("Needs and gaps"),
        _("Needs and help are counted in different units: no gap is computed where none was printed."),
        level=2,
    )
    show(visitor, NEEDS)
    show(visitor, APPEALS)

style.heading(
    _("Health facilities"),
    _(
        "Hospitals, health centres and stations closed, damaged or open again, newest first: each count "
        "as its source printed it. Where sources differ, both stand. No bed occupancy was found."
    ),
    level=2,
)
redrawn(visitor, _("Health facilities"), show, FACILITIES)

with panel(_, _("Hosted people beside people in sites")):
    style.heading(_("Hosted people beside people in sites"), level=2)
    show(visitor, HOSTS)
    empty_notice(visitor, "hosting_counts")

with panel(_, _("Pagodas and collection points")):
    style.heading(
        _("Pagodas and collection points"),
        _("Only closed sites and goods hand-over points may be named. Others are counted by district."),
        level=2,
    )
    show(visitor, PAGODAS)
    empty_notice(visitor, "collections")

style.heading(
    _("Access"),
    _("Crossings, bridges, roads, explosives: each by the account of its source, newest first."),
    level=2,
)
redrawn(visitor, _("Access"), show, ACCESS)

with panel(_, _("Transport corridors")):
    style.heading(
        _("Transport corridors"),
        _("Ways of goods that the article names, with what is known of them."),
        level=2,
    )
    show(visitor, CORRIDORS)
    empty_notice(visitor, "shipments")

with panel(_, _("Add yours")):
    how_to_add(
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
