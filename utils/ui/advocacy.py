"""The list of letters, petitions and motions."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from utils.analysis.advocacy import Act
from utils.text.html import el
from utils.text.locale import formats
from utils.ui import downloads, events, words
from utils.ui.tables import kept, table
from utils.ui.visitor import Visit


def advocacy_table(visit: Visit, shown: Sequence[Act]) -> None:
    """Print acts of advocacy with whom they address and what answer was found."""
    _ = visit._
    st.html(
        kept(
            visit,
            "advocacy_table",
            lambda: table(
                [_("Day"), _("Form"), _("Act"), _("Addressed to"), _("Answer"), _("Source")],
                [
                    [
                        events.day(_, act.event),
                        _.c("form", act.form),
                        el("span", act.event.title, lang="en"),
                        el("span", act.addressee, lang="en") if act.addressee else _("the public"),
                        _answer(visit, act),
                        words.source_link(act.source),
                    ]
                    for act in shown
                ],
                caption=_.n("{count} act of advocacy", "{count} acts of advocacy", len(shown)),
                lang=visit.lang,
            ),
        )
    )
    downloads.menu(visit, "advocacy")


def _answer(visit: Visit, act: Act) -> str:
    said = visit._.c("answer", act.answer)
    return f"{said}, {formats.short_day(act.answered_on, visit.lang)}" if act.answered_on else said
