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
    marks = "" if not entry.edge else " sk-triangle" if entry.shape == "triangle" else " sk-dot"
    return el("span", class_=f"sk-swatch{marks}", style=style)
