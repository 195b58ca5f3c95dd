"""Shelters: how many sites and where, by area; closed sites by name; what is withheld and why."""

from utils.analysis import displacement, shelters
from utils.charts.shelters import provinces_chart, sites_chart
from utils.maps.shelters import counts_map
from utils.ui import cards, charts, style, visitor
from utils.ui import shelters as lists
from utils.ui.error_boundary import panel, redrawn
from utils.ui.map import show_map

me = visitor.current()
_ = me._

style.heading(
    _("Shelters"),
    _("Sites are shown by district or province only. Every status is the last known one, with its date."),
)
with panel(_, _("Sites")):
    style.heading(_("Sites"), level=2, heard=True)
    cards.show_cards(
        me,
        [displacement.sites_open(me.release, me.today), shelters.sites_known(me.release, me.today)],
        label=_("Sites"),
    )

if me.tier == "ngo":
    from utils.ui import sites

    style.heading(_("Sites one by one"), level=2)
    redrawn(me, _("Sites one by one"), lambda: sites.explorer(me))

with panel(_, _("Map of sites")):
    show_map(me, counts_map(me.release, me.lang, me.theme))

with panel(_, _("Sites and people by area")):
    style.heading(
        _("Sites and people by area"),
        _("People only where a source printed a total for the area, else “not published”."),
        level=2,
    )
    lists.areas(me, shelters.by_province(me.release))

with panel(_, _("Open sites over time")):
    style.heading(_("Open sites over time"), level=2)
    charts.show_drawing(me, "sites-open", sites_chart(me.release, me.lang, me.theme))

with panel(_, _("Open sites by province")):
    charts.show_drawing(me, "sites-provinces", provinces_chart(me.release, me.lang, me.theme))

with panel(_, _("Closed sites and goods hand-over points")):
    style.heading(
        _("Closed sites and goods hand-over points"),
        _("These may be named. Ask the district before you bring goods: every status may have changed."),
        level=2,
    )
    lists.named(me, shelters.named_sites(me.release), "named-sites")

with panel(_, _("What is withheld and why")):
    style.heading(_("What is withheld and why"), level=2)
    lists.withheld(me)
