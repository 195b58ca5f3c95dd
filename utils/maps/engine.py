"""The folium map: one constant base, all data through one element. No request leaves our host."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import folium
from branca.element import MacroElement
from jinja2 import Template

from utils.maps.model import Ground, View
from utils.maps.payload import safe_json
from utils.product import palette

_STATIC: Final = Path(__file__).parents[2] / "static"
_FROM_FRAME: Final = "../../app/static"
"""Address of our files as seen from the frame of the component."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One base map: keys of the manifest for its file, credit and limits, its zoom levels, and what
    lies where nothing is drawn: land or sea."""

    file: str
    credit: str
    limits: str
    zooms: tuple[int, int]
    rest: Literal["land", "sea"]


_SHEETS: Final[dict[Ground, _Sheet]] = {
    "border": _Sheet("base", "attribution", "max_bounds", (5, 11), "land"),
    "world": _Sheet("world", "world_attribution", "world_bounds", (0, 5), "sea"),
}


@cache
def static_address(name: str) -> str:
    """Return the address of a static file, with its content's hash so that it may be cached."""
    digest = hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:8]
    return f"{_FROM_FRAME}/{name}?v={digest}"


@cache
def base_files() -> dict[str, Any]:
    """Return names of the base map's files, attribution and bounds, as the build wrote them."""
    manifest: dict[str, Any] = json.loads((_STATIC / "geo" / "manifest.json").read_text("utf-8"))
    return manifest


class SamakiMap(folium.Map):
    """A folium map that loads nothing but our own files and walks no coordinates."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  # folium's own convention
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def get_bounds(self) -> list[list[float | None]]:
        """Return no bounds: the base map is fixed, and nothing is read back."""
        return [[None, None], [None, None]]


class Script(MacroElement):
    """A line of script in the map; ``call`` is the function, ``document`` its safe JSON."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "SamakiMap.{{ this.call }}({{ this._parent.get_name() }}, {{ this.document }});"
        "{% endmacro %}"
    )

    def __init__(self, *, call: str, document: str) -> None:
        super().__init__()
        self._name = "samaki"
        self.call = call
        self.document = document


class DataScript(MacroElement):
    """Draws the data. It also empties the list in which the frame keeps every old group alive."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.feature_group = []; SamakiMap.draw(map_div, {{ this.document }});"
        "{% endmacro %}"
    )

    def __init__(self, *, document: str) -> None:
        super().__init__()
        self._name = "samaki_data"
        self.document = document


def base_map(view: View) -> folium.Map:
    """Return the map without data. The same view gives the same script, so the frame never remounts."""
    files, sheet = base_files(), _SHEETS[view.ground]
    SamakiMap.default_js = [
        ("leaflet", f"{_FROM_FRAME}/vendor/leaflet-1.9.4/leaflet.js"),
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
        min_zoom=sheet.zooms[0],
        max_zoom=sheet.zooms[1],
        zoom_control=False,
        attributionControl=True,
        scrollWheelZoom=False,
        zoom_snap=0.25,
    )
    settings = {
        "base": f"{_FROM_FRAME}/geo/{files[sheet.file]}",
        "attribution": files[sheet.credit],
        "bounds": [list(corner) for corner in view.bounds],
        "maxBounds": files[sheet.limits],
        "ground": sheet.rest,
        "colours": palette.MAP[view.theme],
        "lang": view.lang,
        "title": view.title,
        "zoomIn": view.zoom_in,
        "zoomOut": view.zoom_out,
    }
    drawn.add_child(Script(call="init", document=safe_json(settings)))
    return drawn


def data_group(document: str) -> folium.FeatureGroup:
    """Return the one group that carries all data, as a safe JSON ``document``."""
    group = folium.FeatureGroup(name="data")
    group.add_child(DataScript(document=document))
    return group
