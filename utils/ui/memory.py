"""Paragraphs with their sources."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from utils.analysis.memory import Paragraph
from utils.text.html import el, join
from utils.ui import words
from utils.ui.visitor import Visit


def paragraphs(visit: Visit, shown: Sequence[Paragraph]) -> None:
    """Print paragraphs, each with its sources."""
    _ = visit._
    st.html(
        el(
            "div",
            *(
                el(
                    "p",
                    _.msg(one.text),
                    " ",
                    el(
                        "span",
                        _("Source: "),
                        join(
                            (words.source_link(source) for source in one.sources),
                            ", ",
                        ),
                        class_="sk-muted",
                    ),
                    class_="sk-state",
                )
                for one in shown
            ),
            lang=visit.lang,
        )
    )
