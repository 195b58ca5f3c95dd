"""The legend of a map as HTML."""

from __future__ import annotations

from utils.maps.model import DrawnMap, LegendEntry
from utils.text.html import Markup, el


def legend(drawn: DrawnMap, lang: str) -> Markup:
    """Return the legend of a map as HTML."""
    return el(
        "ul",
        *(
            el(
                "li",
                el("span", class_="sk-swatch sk-dot" if entry.edge else "sk-swatch", style=_swatch(entry)),
                entry.label,
            )
            for entry in drawn.legend
        ),
        class_="sk-legend",
        lang=lang,
    )


def _swatch(entry: LegendEntry) -> str:
    if entry.hatch:
        return f"background:repeating-linear-gradient(135deg,{entry.colour} 0 2px,transparent 2px 5px)"
    return f"background:{entry.colour}" + (f";border-color:{entry.edge}" if entry.edge else "")
