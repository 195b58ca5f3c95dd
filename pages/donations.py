"""Donations: what is documented and counts once, in slices; promises, goods and doubts apart."""

from utils.analysis import donations
from utils.charts.donations import dimension_chart, slices_chart, time_chart
from utils.exports import filters as by
from utils.ui import cards, charts, filters, style, visitor
from utils.ui import donations as gifts
from utils.ui.error_boundary import panel, redrawn
from utils.ui.open_tables import how_to_add

me = visitor.current()
_ = me._

style.heading(
    _("Donations"),
    _("Documented gifts that count once: a floor, never the total raised. Goods and promises stay apart."),
)
currency = gifts.currency_choice(me)
with panel(_, _("Documented donations")):
    style.heading(_("Documented donations"), level=2, heard=True)
    cards.show_cards(
        me, [donations.documented(me.release, currency, me.today)], label=_("Documented donations")
    )

with panel(_, _("Slices")):
    charts.show_drawing(me, "slices", slices_chart(me.release, currency, me.lang, me.theme))


def by_dimension() -> None:
    """Draw what the choice of a grouping moves."""
    dimension = filters.ask(me, by.GROUPED, draw=filters.segments)
    charts.show_drawing(
        me, "dimension", dimension_chart(me.release, currency, dimension, "all", me.lang, me.theme)
    )


style.heading(_("Who gave, to whom"), level=2)
redrawn(me, _("Who gave, to whom"), by_dimension)

with panel(_, _("Over time")):
    charts.show_drawing(me, "over-time", time_chart(me.release, currency, me.lang, me.theme))


def all_gifts() -> None:
    """Draw what the filters of the list move."""
    chosen = gifts.filter_bar(me)
    gifts.gift_list(me, donations.matching(me.release, currency, **chosen), currency)


style.heading(
    _("All gifts"),
    _(
        "Every row of the record, with the reason why it does not count. Deliveries of aid are a list of "
        "their own and are never added."
    ),
    level=2,
)
redrawn(me, _("All gifts"), all_gifts)

style.heading(
    _("Goods"),
    _("In their own units, by province. They have no price and are never added to money."),
    level=2,
)
redrawn(me, _("Goods"), lambda: gifts.goods_table(me))

with panel(_, _("Looked for and not found")):
    style.heading(
        _("Looked for and not found"),
        _("No amount was found for these. That is not zero: most were simply not published."),
        level=2,
    )
    gifts.looked_for_list(me, donations.looked_for(me.release), "not-found")

with panel(_, _("Add yours")):
    how_to_add(me, "donations", "appeals", "collections")
