"""The legend of a map as HTML."""

from __future__ import annotations

from utils.components.inline import bullets
from utils.maps.model import DrawnMap, LegendEntry
from utils.text.html import Markup, el, join


def legend(drawn: DrawnMap, lang: str) -> Markup:
    """Return the legend of a map as HTML."""
    return bullets((join([_swatch(entry), entry.label]) for entry in drawn.legend), lang, "sk-legend")


def _swatch(entry: LegendEntry) -> Markup:
    style = f"background:{entry.colour}" + (f";border-color:{entry.edge}" if entry.edge else "")
    if entry.hatch:
        style = f"background:repeating-linear-gradient(135deg,{entry.colour} 0 2px,transparent 2px 5px)"
    return el("span", class_="sk-swatch sk-dot" if entry.edge else "sk-swatch", style=style)
