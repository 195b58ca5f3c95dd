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
POIPET: Final = "x-poipet"
FOCUS: Final = (OSMACH, PREAH_VIHEAR, POIPET)
"""The places that have a map of their own, in the order of the menu."""
ALWAYS: Final = frozenset({OSMACH, PREAH_VIHEAR})
"""O'Smach and Preah Vihear temple are always labelled."""
DISPUTED: Final = frozenset({"t-ta-krabei", "t-ta-moan-thom"})
"""Temples that both countries claim and that lie beyond the line of our map layer."""
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

    @property
    def disputed(self) -> bool:
        """Return whether both countries claim this place, so that a map states no country for it."""
        return self.place_id in DISPUTED


@per_release
def list_places(release: Release) -> tuple[NamedPlace, ...]:
    """Return every place of this tier."""
    return tuple(
        observations.build_from_row(
            NamedPlace, row, names=Names.of_row(row), precision=row["coord_precision"]
        )
        for row in observations.load_rows(release, "places")
    )


@per_release
def index_by_pcode(release: Release) -> Mapping[str, NamedPlace]:
    """Return Cambodia's provinces, districts and communes by P-code."""
    return {place.pcode: place for place in list_places(release) if place.pcode}


@per_release
def list_landmarks(release: Release) -> tuple[NamedPlace, ...]:
    """Return crossings, temples and flashpoints that have a published point, under short names.

    A crossing with a name on both sides is called by the first, as Cambodia uses it; a name that the
    record has in another language for the town or district of that name is used here too.
    """
    areas: dict[str, Names] = {}
    for place in list_places(release):
        if len(place.names) > 1 and place.kind in {"commune", "district", "city"}:
            areas.setdefault(place.names.en, place.names)
    landmarks = []
    for place in list_places(release):
        if place.lat is not None and place.kind in LANDMARK_KINDS:
            short = _short(place.names)
            landmarks.append(replace(place, names=Names({**areas.get(short.en, {}), **short})))
    return tuple(landmarks)


@per_release
def list_without_point(release: Release) -> tuple[NamedPlace, ...]:
    """Return crossings, temples and flashpoints for which no published point was found."""
    return tuple(
        place for place in list_places(release) if place.lat is None and place.kind in LANDMARK_KINDS
    )


@per_release
def list_provinces(release: Release) -> tuple[NamedPlace, ...]:
    """Return the provinces that have a point, of both countries."""
    return tuple(
        place for place in list_places(release) if place.kind == "province" and place.lat is not None
    )


def _short(names: Names) -> Names:
    return Names({lang: name.split(" – ")[0] for lang, name in names.items()})


@dataclass(frozen=True, slots=True)
class PlaceSpellings:
    """The names of a place and how others spell it."""

    place: NamedPlace
    aliases: tuple[str, ...]


@per_release
def list_spellings(release: Release) -> tuple[PlaceSpellings, ...]:
    """Return Cambodia's provinces and the landmarks of the border with their other spellings, by name."""
    aliases = observations.group_column(release, "place_aliases", "place_id", "alias")
    named = (
        *list_landmarks(release),
        *(place for place in list_provinces(release) if place.country == "KHM"),
    )
    spellings = [
        PlaceSpellings(
            place, tuple(alias for alias in aliases.get(place.place_id, ()) if alias != place.names.en)
        )
        for place in named
    ]
    return tuple(
        sorted(spellings, key=lambda spelling: (spelling.place.kind != "province", spelling.place.names.en))
    )
