"""The chain of giving: donor, carrier, organisation, province, goods; announced against traced."""

from utils.ui import style
from utils.ui.currency import ask_currency
from utils.ui.error_boundary import panel
from utils.ui.open_tables import empty_notice, how_to_add
from utils.ui.views import show
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
with panel(_, _("Money")):
    style.heading(_("Money"), level=2)
    show(visitor, MONEY, chosen)
    show(visitor, TRACES, chosen)

with panel(_, _("Goods")):
    style.heading(_("Goods"), level=2)
    show(visitor, GOODS)
    empty_notice(visitor, "collections")

with panel(_, _("Hosts and host families")):
    style.heading(_("Hosts and host families"), level=2)
    show(visitor, HOSTS)
    empty_notice(visitor, "hosting_counts")

with panel(_, _("Transport corridors")):
    style.heading(_("Transport corridors"), level=2)
    show(visitor, CORRIDORS)
    empty_notice(visitor, "shipments")

with panel(_, _("Add yours")):
    how_to_add(visitor, "donations", "collections", "hosting_counts", "corridors", "shipments")
