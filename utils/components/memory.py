"""Paragraphs with their sources."""

from __future__ import annotations

from utils.analysis import memory
from utils.components import words
from utils.draw_context import DrawContext
from utils.text.html import Markup, el, join


def paragraphs(context: DrawContext) -> Markup:
    """Return paragraphs, each with its sources."""
    _ = context._
    return el(
        "div",
        *(
            el(
                "p",
                _.translate(paragraph.text),
                " ",
                el(
                    "span",
                    _("Source: "),
                    join((words.source_link(source) for source in paragraph.sources), ", "),
                    class_="sk-muted",
                ),
                class_="sk-state",
            )
            for paragraph in memory.list_paragraphs(context.release)
        ),
        lang=context.lang,
    )
