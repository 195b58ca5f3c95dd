"""Words on maps that several maps print alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from utils.analysis.model import Observation
from utils.analysis.places import NamedPlace
from utils.maps.model import Ground, Place, PlaceKind
from utils.text import wording
from utils.text.locale import Translator, translator

MARK: Final = 4.0
"""Radius of the mark of a crossing, temple or town, in pixels."""
quantity = wording.format_quantity
_RANK: Final[dict[PlaceKind, int]] = {"province": 1, "temple": 3, "flashpoint": 4, "crossing": 5, "city": 6}


_KINDS: Final[dict[str, PlaceKind]] = {kind: kind for kind in _RANK}


def make_label(place: NamedPlace, lang: str) -> Place:
    """Return the label of a place in the visitor's language. Raises ``ValueError`` without a point."""
    if place.lat is None or place.lon is None:
        raise ValueError(f"{place.place_id} has no point")
    kind, _ = _KINDS[place.kind], translator(lang)
    return Place(
        lat=place.lat,
        lon=place.lon,
        name=_("{name} (disputed)", name=place.names.of(lang)) if place.disputed else place.names.of(lang),
        kind=kind,
        rank=0 if place.always else _RANK[kind],
        country="" if place.disputed else place.country,
        area=place.pcode if kind == "province" else "",
        reach=0.0 if kind == "province" else MARK,
        tied=not place.always,
    )


def when(_: Translator, row: Observation) -> str:
    """Return the as-of date with its precision, short."""
    return wording.format_as_of(_, row, short=True)


def format_counted(_: Translator, row: Observation) -> str:
    """Return a figure with its day, for a tooltip."""
    return f"{quantity(_, row)} · {when(_, row)}"


def format_printed(_: Translator, row: Observation) -> str:
    """Return a printed figure with unit, day and publisher, for a tooltip or a list."""
    return _(
        "{number} {unit}, {day} ({publisher})",
        number=quantity(_, row),
        unit=_.pgettext("unit", row.unit),
        day=when(_, row),
        publisher=row.sources[0].publisher if row.sources else _("our own count from the record"),
    )


def disclaimer(_: Translator, ground: Ground) -> str:
    """Return the disclaimer that every map has under it."""
    if ground == "world":
        return _("Coasts are for orientation only. No border is drawn.")
    return _(
        "Borders and names are for orientation only. They come from open data, are approximate, "
        "and state no view on sovereignty or on where the border runs. Dashed: not agreed or "
        "not demarcated everywhere."
    )


def class_bounds(values: Iterable[float], count: int) -> tuple[float, ...]:
    """Return round upper bounds of at most ``count`` colour classes for positive values."""
    highest = max(values, default=0.0)
    rounds = [float(m * 10**p) for p in range(8) for m in (1, 2, 5)]
    fitting = [bound for bound in rounds if bound < highest]
    return (*fitting[-(count - 1) :], next(bound for bound in rounds if bound >= highest))


def class_of(value: float, bounds: tuple[float, ...]) -> int:
    """Return the colour class of a value."""
    return next((index for index, bound in enumerate(bounds) if value <= bound), len(bounds) - 1)
