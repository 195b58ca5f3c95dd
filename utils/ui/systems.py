"""The systems of the article as a table with addresses."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from utils.analysis.systems import STATES, System
from utils.product.sitemap import PAGES
from utils.text.html import Markup, el, link
from utils.text.locale import formats
from utils.ui.tables import kept, table
from utils.ui.visitor import Visit, address


def system_table(visit: Visit, shown: Sequence[System]) -> None:
    """Print each system with its screen, or the sentence that says why it has none."""
    _ = visit._
    st.html(
        kept(
            visit,
            "system_table",
            lambda: table(
                [_("No."), _("System"), _("State"), _("Where"), _("What is lacking, or why")],
                [
                    [
                        formats.number(one.number, visit.lang),
                        _.msg(one.what),
                        el("span", _.msg(STATES[one.state]), class_="sk-badge"),
                        _where(visit, one),
                        _.msg(one.why) if one.why else "—",
                    ]
                    for one in shown
                ],
                caption=_.n("{count} system", "{count} systems", len(shown)),
                numeric=(0,),
                lang=visit.lang,
            ),
        )
    )


def _where(visit: Visit, one: System) -> Markup | str:
    title = next((page.title for page in PAGES if page.name == one.page), None)
    if title is None:
        return "—"
    _ = visit._
    where = _.msg(title)
    if one.part:
        where = _("{label}: {figure}", label=where, figure=_.msg(one.part))
    return link(where, address(visit.lang, one.page, one.query))
