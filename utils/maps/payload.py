"""Layers become one JSON document, drawn in the browser by ``static/js/samaki-map.js``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from utils.maps.model import Areas, Circles, Click, Labels, Layer, LegendEntry, MapView, Points
from utils.product import palette
from utils.product.palette import Theme

_STYLES: Final[dict[str, dict[Theme, dict[str, Any]]]] = {
    "people": {
        "light": {"fill": "#0072b2", "stroke": "#ffffff", "ink": "#ffffff"},
        "dark": {"fill": "#56b4e9", "stroke": "#12181f", "ink": "#06131d"},
    },
    "site_count": {
        "light": {"fill": "#d98c16", "stroke": "#5c3500", "ink": "#241500"},
        "dark": {"fill": "#d99f3a", "stroke": "#fbe3b5", "ink": "#1c1200"},
    },
    "site": {
        "light": {"fill": "#d98c16", "stroke": "#8a4f00", "ink": "#241500"},
        "dark": {"fill": "#d99f3a", "stroke": "#f6c878", "ink": "#1c1200"},
    },
    "site_old": {
        "light": {"fill": "#8a949e", "stroke": "#4a5866", "ink": "#1a2530"},
        "dark": {"fill": "#7d8894", "stroke": "#b3c0cc", "ink": "#12181f"},
    },
    "closed": {
        "light": {"fill": "#ffffff", "stroke": "#4a5866", "ink": "#1a2530"},
        "dark": {"fill": "#12181f", "stroke": "#b3c0cc", "ink": "#e8edf2"},
    },
    "city": {
        "light": {"fill": "#0b6b4f", "stroke": "#ffffff", "ink": "#ffffff"},
        "dark": {"fill": "#2fc49b", "stroke": "#0f1a24", "ink": "#06231a"},
    },
    "city_sums": {
        "light": {"fill": "#8fd0b9", "stroke": "#0b6b4f", "ink": "#06231a"},
        "dark": {"fill": "#1f6b56", "stroke": "#2fc49b", "ink": "#e8edf2"},
    },
    "city_quiet": {
        "light": {"fill": "#ffffff", "stroke": "#5c6670", "ink": "#1a2530"},
        "dark": {"fill": "#12181f", "stroke": "#b3c0cc", "ink": "#e8edf2"},
    },
    "town": {
        "light": {"fill": "#ffffff", "stroke": "#4a5866", "ink": "#1a2530"},
        "dark": {"fill": "#12181f", "stroke": "#b3c0cc", "ink": "#e8edf2"},
    },
    "crossing": {
        "light": {"fill": "#1a2530", "stroke": "#ffffff", "ink": "#1a2530", "shape": "triangle"},
        "dark": {"fill": "#f1f5f8", "stroke": "#12181f", "ink": "#f1f5f8", "shape": "triangle"},
    },
    "place": {
        "light": {"fill": "#1a2530", "stroke": "#ffffff", "ink": "#1a2530"},
        "dark": {"fill": "#f1f5f8", "stroke": "#12181f", "ink": "#f1f5f8"},
    },
}
_UNSAFE: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029",
                  "`": "\\u0060", "$": "\\u0024", "{%": "{\\u0025", "{#": "{\\u0023",
                  "{{": "{\\u007b"}  # fmt: skip
_CLICK: Final = re.compile(r"(areas|points|circles):([0-9A-Za-z_-]{1,80})(?:#(\d{1,9}))?")


def find_style(name: str, theme: Theme) -> Mapping[str, Any]:
    """Return fill, stroke, ink and ``shape`` (where no circle) of points and circles. Raises ``KeyError``."""
    return _STYLES[name][theme]


def legend_dot(label: str, style: str, theme: Theme) -> LegendEntry:
    """Return the line of a legend for marks. Raises ``KeyError`` for an unknown style."""
    own = _STYLES[style][theme]
    return LegendEntry(label, own["fill"], edge=own["stroke"], shape=own.get("shape", "circle"))


def write_payload(layers: Sequence[Layer], view: MapView) -> str:
    """Return the layers as JSON that is safe inside a script: no tag, template or line separator."""
    document: dict[str, Any] = {
        "areas": [],
        "points": [],
        "circles": [],
        "labels": [],
        "styles": {name: styles[view.theme] for name, styles in _STYLES.items()},
    }
    for layer in layers:
        _add(document, layer, view.theme)
    return safe_json(document)


def _add(document: dict[str, Any], layer: Layer, theme: Theme) -> None:
    if isinstance(layer, Areas):
        colours = palette.colour_steps(layer.palette, theme)
        document["areas"] += [
            [value.pcode, _shade(value.status, value.step, colours), value.title, list(value.lines)]
            for value in layer.values
        ]
    elif isinstance(layer, Labels):
        document["labels"] += [
            [p.lat, p.lon, p.name, p.kind, p.rank, p.country, p.area, p.reach, p.tied, p.number, p.listed]
            for p in layer.values
        ]
    elif isinstance(layer, Points):
        document["points"] += [
            [p.lat, p.lon, p.radius, p.style, p.title, list(p.lines), p.id, p.text] for p in layer.values
        ]
    else:
        assert isinstance(layer, Circles)  # noqa: S101  # the union has no other member
        document["circles"] += [
            [c.lat, c.lon, c.radius, c.style, c.title, list(c.lines), c.id] for c in layer.values
        ]


def _shade(status: str, step: int, colours: tuple[str, ...]) -> str:
    if status == "value":
        return colours[min(step, len(colours) - 1)]
    return {"not_found": "hatch", "withheld": "dots", "plain": ""}[status]


def safe_json(document: Mapping[str, Any]) -> str:
    """Return compact JSON without any character that could end a script or start a template."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for unsafe, escaped in _UNSAFE.items():
        text = text.replace(unsafe, escaped)
    return text


def parse_click(returned: object) -> Click | None:
    """Return what the frame says was clicked, or ``None`` for nothing or anything unknown."""
    if not isinstance(returned, dict):
        return None
    written = returned.get("last_object_clicked_popup")
    match = _CLICK.fullmatch(written) if isinstance(written, str) else None
    return Click(layer=match[1], id=match[2], serial=int(match[3] or 0)) if match else None
