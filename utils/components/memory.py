"""Paragraphs with their sources."""

from __future__ import annotations

from utils.analysis import memory
from utils.components import inline
from utils.draw_context import DrawContext
from utils.text.html import Markup, el, join


def paragraphs(context: DrawContext) -> Markup:
    """Return paragraphs, each with its sources."""
    _ = context._
    written = []
    for paragraph in memory.list_paragraphs(context.release):
        sources = join((inline.link_source(source) for source in paragraph.sources), ", ")
        cited = el("span", _("Source: "), sources, class_="sk-muted")
        written.append(el("p", _.translate(paragraph.text), " ", cited, class_="sk-state"))
    return el("div", *written, lang=context.lang)
