"""Named places for maps and lists, in the visitor's language, at the precision of the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from utils.analysis import observations
from utils.releases import Release, per_release
from utils.text.locale import Names

OSMACH: Final = "x-osmach"
PREAH_VIHEAR: Final = "t-preah-vihear"
ALWAYS: Final = frozenset({OSMACH, PREAH_VIHEAR})
"""O'Smach and Preah Vihear temple are always labelled."""
LANDMARK_KINDS: Final = frozenset({"crossing", "temple", "flashpoint"})


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place; ``kind`` as in places.csv. ``lat`` and ``lon`` are degrees, ``None`` where no point
    was published. ``precision`` says how well the point is known (site, village, commune…).
    """

    place_id: str
    names: Names
    kind: str
    pcode: str
    country: str
    lat: float | None
    lon: float | None
    precision: str
    parent_id: str

    @property
    def always(self) -> bool:
        """Return whether every map names this place."""
        return self.place_id in ALWAYS


@per_release
def places(release: Release) -> tuple[NamedPlace, ...]:
    """Return every place of this tier."""
    return tuple(
        NamedPlace(
            place_id=row["place_id"],
            names=Names.of_row(row),
            kind=row["kind"],
            pcode=row["pcode"],
            country=row["country"],
            lat=row["lat"],
            lon=row["lon"],
            precision=row["coord_precision"],
            parent_id=row["parent_id"],
        )
        for row in observations.rows(release, "places")
    )


@per_release
def by_pcode(release: Release) -> Mapping[str, NamedPlace]:
    """Return Cambodia's provinces, districts and communes by P-code."""
    return {place.pcode: place for place in places(release) if place.pcode}


@per_release
def landmarks(release: Release) -> tuple[NamedPlace, ...]:
    """Return crossings, temples and flashpoints that have a published point, under short names.

    A crossing with a name on both sides is called by the first, as Cambodia uses it; a name that the
    record has in another language for the town or district of that name is used here too.
    """
    areas: dict[str, Names] = {}
    for place in places(release):
        if len(place.names) > 1 and place.kind in {"commune", "district", "city"}:
            areas.setdefault(place.names.en, place.names)
    found = []
    for place in places(release):
        if place.lat is not None and place.kind in LANDMARK_KINDS:
            short = _short(place.names)
            found.append(replace(place, names=Names({**areas.get(short.en, {}), **short})))
    return tuple(found)


@per_release
def without_point(release: Release) -> tuple[NamedPlace, ...]:
    """Return crossings, temples and flashpoints for which no published point was found."""
    return tuple(place for place in places(release) if place.lat is None and place.kind in LANDMARK_KINDS)


@per_release
def provinces(release: Release) -> tuple[NamedPlace, ...]:
    """Return the provinces that have a point, of both countries."""
    return tuple(place for place in places(release) if place.kind == "province" and place.lat is not None)


def _short(names: Names) -> Names:
    return Names({lang: name.split(" – ")[0] for lang, name in names.items()})


@dataclass(frozen=True, slots=True)
class Spelling:
    """The names of a place and how others spell it."""

    place: NamedPlace
    aliases: tuple[str, ...]


@per_release
def spellings(release: Release) -> tuple[Spelling, ...]:
    """Return Cambodia's provinces and the landmarks of the border with their other spellings, by name."""
    aliases: dict[str, list[str]] = {}
    for row in observations.rows(release, "place_aliases"):
        aliases.setdefault(row["place_id"], []).append(row["alias"])
    shown = (*landmarks(release), *(place for place in provinces(release) if place.country == "KHM"))
    found = [
        Spelling(place, tuple(alias for alias in aliases.get(place.place_id, ()) if alias != place.names.en))
        for place in shown
    ]
    return tuple(
        sorted(found, key=lambda spelling: (spelling.place.kind != "province", spelling.place.names.en))
    )
