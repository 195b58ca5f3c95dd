"""How far announced money was traced, and host families as counts."""

from __future__ import annotations

from utils.analysis import giving
from utils.analysis.exchange_rates import Currency
from utils.analysis.giving import TRACES
from utils.components.tables import table
from utils.draw_context import DrawContext
from utils.text.html import Markup, el
from utils.text.locale import formats


def traces(context: DrawContext, currency: Currency) -> Markup:
    """Return announced money by how far it was traced, with the number of rows."""
    found = giving.sum_traces(context.release, currency)
    _ = context._
    return table(
        [_("How far"), _("Amount, about"), _("Rows"), _("Of whom")],
        [
            [
                _.translate(TRACES[trace.trace]),
                formats.format_money(trace.amount, currency, context.lang),
                formats.format_number(len(trace.gifts), context.lang),
                el(
                    "span",
                    "; ".join(dict.fromkeys(gift.donor for gift in trace.gifts)) or "—",
                    class_="sk-long",
                ),
            ]
            for trace in found
        ],
        caption=_("Documented money by how far it was traced"),
        numeric=(1, 2),
        lang=context.lang,
    )
