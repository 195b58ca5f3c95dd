"""The folium map: one constant base, all data through one element. No request leaves our host."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Final

import folium
from branca.element import MacroElement
from jinja2 import Template

from utils.maps.base import BASE_MAPS, STATIC, read_manifest
from utils.maps.model import MapView
from utils.maps.payload import safe_json
from utils.product import palette

VIEW_PARAMETER: Final = "view"
"""Parameter of the address, before the key of a map, that holds what part of it is seen."""
_FROM_FRAME: Final = "../../app/static"
"""Address of our files as seen from the frame of the component."""


@cache
def static_address(name: str) -> str:
    """Return the address of a static file, with its content's hash so that it may be cached."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]
    return f"{_FROM_FRAME}/{name}?v={digest}"


class SamakiMap(folium.Map):
    """A folium map that loads nothing but our own files and walks no coordinates."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  # folium's own convention
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def get_bounds(self) -> list[list[float | None]]:
        """Return no bounds: the base map is fixed, and nothing is read back."""
        return [[None, None], [None, None]]


class Script(MacroElement):
    """A line of script in the map: ``before``, then a call of ours for a map with its safe JSON."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this.before }}SamakiMap.{{ this.call }}"
        "({{ this.target or this._parent.get_name() }}, {{ this.document }});"
        "{% endmacro %}"
    )

    def __init__(self, name: str, call: str, document: str, *, target: str = "", before: str = "") -> None:
        super().__init__()
        self._name = name
        self.call = call
        self.document = document
        self.target = target
        self.before = before


def base_map(view: MapView) -> folium.Map:
    """Return the map without data. The same view gives the same script, so the frame never remounts."""
    manifest, base = read_manifest(), BASE_MAPS[view.ground]
    SamakiMap.default_js = [
        ("leaflet", f"{_FROM_FRAME}/vendor/leaflet-1.9.4/leaflet.js"),
        ("labels", static_address("js/samaki-labels.js")),
        ("samaki", static_address("js/samaki-map.js")),
    ]
    SamakiMap.default_css = [
        ("leaflet", f"{_FROM_FRAME}/vendor/leaflet-1.9.4/leaflet.css"),
        ("fonts", static_address("fonts/map-fonts.css")),
        ("samaki", static_address("js/samaki-map.css")),
    ]
    (south, west), (north, east) = view.bounds
    drawn = SamakiMap(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=7,
        tiles=None,
        min_zoom=base.zooms[0],
        max_zoom=base.zooms[1],
        zoom_control=False,
        attributionControl=True,
        scrollWheelZoom=False,
        zoom_snap=0.25,
    )
    settings = {
        "base": f"{_FROM_FRAME}/geo/{manifest[base.file]}",
        "attribution": manifest[base.credit],
        "bounds": [list(corner) for corner in view.bounds],
        "maxBounds": manifest[base.limits],
        "ground": base.rest,
        "colours": palette.MAP[view.theme],
        "lang": view.lang,
        "title": view.title,
        "theme": view.theme,
        "parameter": f"{VIEW_PARAMETER}-{view.key}",
        "places": f"{_FROM_FRAME}/geo/{manifest['places']}" if view.ground == "border" else "",
        "words": {
            "zoomIn": view.zoom_in,
            "zoomOut": view.zoom_out,
            "reset": view.reset,
            "full": view.full_screen,
            "listed": view.not_named,
            "unknown": view.unknown,
        },
    }
    drawn.add_child(Script("samaki", "init", safe_json(settings)))
    return drawn


def data_group(document: str) -> folium.FeatureGroup:
    """Return the group that carries all data, as a safe JSON ``document``.

    Its script also empties the list in which the frame keeps every old group alive.
    """
    group = folium.FeatureGroup(name="data")
    emptied = "window.feature_group = []; "
    group.add_child(Script("samaki_data", "draw", document, target="map_div", before=emptied))
    return group
