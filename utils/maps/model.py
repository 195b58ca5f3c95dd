"""What a map shows, without a word on how it is drawn. All texts are plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from utils.product.palette import Theme

PlaceKind = Literal["city", "crossing", "temple", "flashpoint", "province", "hub"]
Ground = Literal["border", "world"]
AreaStatus = Literal["value", "not_found", "withheld", "plain"]
Bounds = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Place:
    """A named place. A lower ``rank`` keeps its label when labels would overlap.

    ``country`` (ISO 3166-1 alpha-3) is the ground its name must stand on, empty for any; ``area`` the P-code
    of the province that holds it where it fits. ``reach`` is the radius of its mark in pixels. A ``tied``
    name stands next to its mark or nowhere; others may stand apart with a line. ``number`` is the end of
    ``name`` that stands alone where the whole fits nowhere. ``listed`` is what the list at the foot of the
    map says of it where its name does not stand on the map, empty for a name that may be missing.
    """

    lat: float
    lon: float
    name: str
    kind: PlaceKind
    rank: float = 5
    country: str = ""
    area: str = ""
    reach: float = 0.0
    tied: bool = False
    number: str = ""
    listed: str = ""


@dataclass(frozen=True, slots=True)
class AreaValue:
    """One province: a colour class (``step`` from 0) or a state, and the lines of its tooltip."""

    pcode: str
    step: int
    status: AreaStatus
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Areas:
    """Provinces shaded by classes of one hue (``displaced`` or ``sites``)."""

    palette: str
    values: tuple[AreaValue, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A mark with its tooltip; ``text`` stands in it. ``style`` is a key of the engine.

    ``radius`` is in pixels; of a place known only roughly (:class:`Circles`) it is the precision in metres.
    """

    lat: float
    lon: float
    radius: float
    style: str
    title: str
    lines: tuple[str, ...]
    id: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """Points of one layer, drawn from one array."""

    values: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Circles:
    """Places known only roughly, each a circle as large as its precision, never a pin."""

    values: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Labels:
    """Names on the map, in the visitor's language."""

    values: tuple[Place, ...]


Layer = Areas | Points | Circles | Labels


@dataclass(frozen=True, slots=True)
class MapView:
    """How a map is looked at. ``key`` must stay the same over reruns; ``height`` is in pixels.

    ``reset`` and ``full_screen`` name buttons; ``not_named`` stands before the names for which the map has
    no room, ``unknown`` where the address asks for a part that the map does not have. ``ground`` is the
    base map: the border provinces, or the coasts of the whole world.
    """

    key: str
    lang: str
    theme: Theme
    bounds: Bounds
    height: int
    title: str
    zoom_in: str
    zoom_out: str
    ground: Ground = "border"
    reset: str = ""
    full_screen: str = ""
    not_named: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Click:
    """What was clicked: ``areas``, ``points`` or ``circles``, and its id (a P-code or an id).

    ``serial`` counts the clicks on a map, so that a second click on the same thing is a new one.
    """

    layer: str
    id: str
    serial: int = 0


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend: a colour, or the hatch of what was not found or is withheld.

    ``edge`` is the line round a dot; an area has none. ``shape`` is that of the mark.
    """

    label: str
    colour: str
    hatch: bool = False
    edge: str = ""
    shape: Literal["circle", "triangle"] = "circle"


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map with the words around it: title, how to read it, legend, provenance, and the list twin."""

    layers: tuple[Layer, ...]
    view: MapView
    title: str
    subtitle: str
    legend: tuple[LegendEntry, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...]
    foot: str = ""
