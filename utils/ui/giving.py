"""How far announced money was traced, and host families as counts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from utils.analysis.exchange_rates import Currency
from utils.analysis.giving import TRACES, Traced
from utils.text.html import el
from utils.text.locale import formats
from utils.ui import downloads
from utils.ui.tables import table
from utils.ui.visitor import Visit


def traces(visit: Visit, found: Sequence[Traced], currency: Currency) -> None:
    """Print announced money by how far it was traced, with the number of rows."""
    _ = visit._
    st.html(
        table(
            [_("How far"), _("Amount, about"), _("Rows"), _("Of whom")],
            [
                [
                    _.msg(TRACES[one.trace]),
                    formats.money(one.amount, currency, visit.lang),
                    formats.number(len(one.gifts), visit.lang),
                    el(
                        "span",
                        "; ".join(dict.fromkeys(gift.donor for gift in one.gifts)) or "—",
                        class_="sk-long",
                    ),
                ]
                for one in found
            ],
            caption=_("Documented money by how far it was traced"),
            numeric=(1, 2),
            lang=visit.lang,
        )
    )
    downloads.menu(visit, "traces")
