"""Relief on the ground: who brought what where, needs, hosts, pagodas, access, corridors."""

from utils.analysis import facilities, relief, shelters
from utils.charts import displacement_areas as area_charts
from utils.maps.relief import relief_map
from utils.ui import cards, charts, style, visitor
from utils.ui import facilities as health
from utils.ui import relief as lists
from utils.ui import shelters as sites
from utils.ui.error_boundary import panel, redrawn
from utils.ui.map import show_map
from utils.ui.open_tables import empty_notice, how_to_add

me = visitor.current()
_ = me._

style.heading(
    _("Relief on the ground"),
    _("Who brought what where, as reported. Promised, planned and refused goods stay apart from delivered."),
)
with panel(_, _("Deliveries")):
    style.heading(_("Deliveries"), level=2, heard=True)
    cards.show_cards(me, relief.findings(me.release, me.today), label=_("Deliveries"))

with panel(_, _("Map of relief by province and of closed crossings")):
    show_map(me, relief_map(me.release, me.lang, me.theme))

with panel(_, _("Who does what where")):
    style.heading(
        _("Who does what where"),
        _("“None found” means that no row names it: help that nobody published is not in here."),
        level=2,
    )
    lists.matrix(me, relief.matrix(me.release))


def deliveries() -> None:
    """Draw what the filters of the deliveries move."""
    lists.delivery_list(me, relief.matching(me.release, **lists.filter_bar(me)))


style.heading(_("List of deliveries"), level=2)
redrawn(me, _("List of deliveries"), deliveries)

with panel(_, _("Needs and gaps")):
    style.heading(
        _("Needs and gaps"),
        _("Needs and help are counted in different units: no gap is computed where none was printed."),
        level=2,
    )
    lists.needs(me, relief.needs(me.release))
    lists.appeals(me, relief.appeals(me.release))


def facility_list() -> None:
    """Draw what the page number of the list moves."""
    health.facility_list(me, facilities.counts(me.release))


style.heading(
    _("Health facilities"),
    _(
        "Hospitals, health centres and stations closed, damaged or open again, newest first: each count "
        "as its source printed it. Where sources differ, both stand. No bed occupancy was found."
    ),
    level=2,
)
redrawn(me, _("Health facilities"), facility_list)

with panel(_, _("Hosted people beside people in sites")):
    style.heading(_("Hosted people beside people in sites"), level=2)
    hosts = area_charts.sites_and_hosts(me.release, me.lang, me.theme)
    charts.show_drawing(me, "relief-hosts", hosts)
    empty_notice(me, "hosting_counts")

with panel(_, _("Pagodas and collection points")):
    style.heading(
        _("Pagodas and collection points"),
        _("Only closed sites and goods hand-over points may be named. Others are counted by district."),
        level=2,
    )
    sites.named(me, shelters.pagodas_and_points(me.release), "pagodas")
    empty_notice(me, "collections")

style.heading(
    _("Access"),
    _("Crossings, bridges, roads, explosives: each by the account of its source, newest first."),
    level=2,
)
redrawn(me, _("Access"), lambda: lists.access_list(me, relief.access(me.release)))

with panel(_, _("Transport corridors")):
    style.heading(
        _("Transport corridors"),
        _("Ways of goods that the article names, with what is known of them."),
        level=2,
    )
    lists.corridor_list(me, relief.corridors(me.release))
    empty_notice(me, "shipments")

with panel(_, _("Add yours")):
    how_to_add(
        me,
        "aid_deliveries",
        "needs",
        "appeals",
        "hosting_counts",
        "collections",
        "access_events",
        "corridors",
        "shipments",
    )
