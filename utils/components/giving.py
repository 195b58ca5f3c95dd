"""How far announced money was traced."""

from __future__ import annotations

from utils.analysis import giving
from utils.analysis.exchange_rates import Currency
from utils.analysis.giving import TRACES
from utils.components.tables import table_of
from utils.draw_context import DrawContext
from utils.text.html import Markup, el
from utils.text.locale import formats


def list_traces(context: DrawContext, currency: Currency) -> Markup:
    """Return announced money by how far it was traced, with the number of rows."""
    _, lang = context._, context.lang
    return table_of(
        giving.sum_traces(context.release, currency),
        [
            (_("How far"), lambda trace: _.translate(TRACES[trace.trace])),
            (_("Amount, about"), lambda trace: formats.format_money(trace.amount, currency, lang)),
            (_("Rows"), lambda trace: formats.format_number(len(trace.gifts), lang)),
            (
                _("Of whom"),
                lambda trace: el(
                    "span",
                    "; ".join(dict.fromkeys(gift.donor for gift in trace.gifts)) or "—",
                    class_="sk-long",
                ),
            ),
        ],
        caption=_("Documented money by how far it was traced"),
        numeric=(1, 2),
        lang=lang,
    )
