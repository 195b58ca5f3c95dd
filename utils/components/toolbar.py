"""The row of tools under a drawing: its table, its files, the line that embeds it, its citation, its link."""

from __future__ import annotations

from utils.text.html import Child, Markup, el, link
from utils.text.locale import Translator


def toolbar(_: Translator, table: Markup | None, tools: Markup | None) -> Markup:
    """Return the row: the table that opens below it on the left, the tools on the right."""
    return el("div", table, tools, class_="sk-tools", lang=_.lang)


def tool(label: str, *inside: Child, class_: str = "sk-tool") -> Markup:
    """Return a tool whose sheet opens under it; one is open at a time."""
    return el("details", el("summary", label), el("div", *inside, class_="sk-tool-sheet"), class_=class_)


def link_tools(_: Translator, view: str, full_screen: str) -> tuple[Markup, ...]:
    """Return the tools that are links: the address of this view to copy, and the view alone in a new tab."""
    copy = el(
        "button",
        _("Copy link"),
        type="button",
        data_copy=view,
        data_copied=_("Copied"),
        data_kept=_("Copy this address:"),
    )
    if not full_screen:
        return (copy,)
    return copy, link(_("Full screen"), full_screen, target="_blank")
