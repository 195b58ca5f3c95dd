"""Words on maps that several maps print alike."""

from __future__ import annotations

from collections.abc import Iterable

from utils.analysis.model import Observation
from utils.analysis.places import NamedPlace
from utils.locale import Translator, formats
from utils.maps.model import Place, PlaceKind

_KINDS: dict[str, PlaceKind] = {
    "crossing": "crossing",
    "temple": "temple",
    "flashpoint": "flashpoint",
    "province": "province",
}
_RANK: dict[str, int] = {"temple": 3, "flashpoint": 4, "crossing": 5, "city": 1, "province": 2}


def label(place: NamedPlace, lang: str, *, rank: int | None = None) -> Place:
    """Return the label of a place in the visitor's language."""
    kind = _KINDS.get(place.kind, "city")
    always = place.place_id in {"city-osmach-town", "t-preah-vihear"}
    return Place(
        lat=place.lat or 0.0,
        lon=place.lon or 0.0,
        name=place.names.of(lang),
        kind=kind,
        rank=0 if always else _RANK[kind] if rank is None else rank,
    )


def counted(_: Translator, row: Observation) -> str:
    """Return a figure with its day, for a tooltip."""
    words = {"exact": "", "about": _("about"), "at_least": _("at least"), "at_most": _("at most")}
    number = formats.number(row.value or 0, _.lang)
    day = formats.day(row.as_of, _.lang) if row.as_of else _("no date given")
    return f"{words[row.qualifier]} {number} · {day}".strip()


def classes(values: Iterable[float], count: int) -> tuple[float, ...]:
    """Return round upper bounds of at most ``count`` colour classes for positive values."""
    highest = max(values, default=0.0)
    rounds = [float(m * 10**p) for p in range(8) for m in (1, 2, 5)]
    fitting = [bound for bound in rounds if bound < highest]
    return (*fitting[-(count - 1) :], next(bound for bound in rounds if bound >= highest))


def step_of(value: float, bounds: tuple[float, ...]) -> int:
    """Return the colour class of a value."""
    return next((index for index, bound in enumerate(bounds) if value <= bound), len(bounds) - 1)
