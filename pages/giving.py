"""The chain of giving: donor, carrier, organisation, province, goods; announced against traced."""

from utils.analysis import giving, relief
from utils.charts import displacement_areas as area_charts
from utils.charts.giving import goods_chart, money_chart
from utils.ui import charts, style, visitor
from utils.ui import donations as gifts
from utils.ui import giving as lists
from utils.ui import relief as ways
from utils.ui.error_boundary import panel
from utils.ui.open_tables import empty_notice, how_to_add

me = visitor.current()
_ = me._

style.heading(
    _("The chain of giving"),
    _("From the one who gives to the province reached. What was announced is not what was traced."),
)
currency = gifts.currency_choice(me)
with panel(_, _("Money")):
    style.heading(_("Money"), level=2)
    charts.show_drawing(me, "giving-money", money_chart(me.release, currency, me.lang, me.theme))
    lists.traces(me, giving.traces(me.release, currency), currency)

with panel(_, _("Goods")):
    style.heading(_("Goods"), level=2)
    charts.show_drawing(me, "giving-goods", goods_chart(me.release, me.lang, me.theme))
    empty_notice(me, "collections")

with panel(_, _("Hosts and host families")):
    style.heading(_("Hosts and host families"), level=2)
    charts.show_drawing(me, "giving-hosts", area_charts.sites_and_hosts(me.release, me.lang, me.theme))
    empty_notice(me, "hosting_counts")

with panel(_, _("Transport corridors")):
    style.heading(_("Transport corridors"), level=2)
    ways.corridor_list(me, relief.corridors(me.release))
    empty_notice(me, "shipments")

with panel(_, _("Add yours")):
    how_to_add(me, "donations", "collections", "hosting_counts", "corridors", "shipments")
