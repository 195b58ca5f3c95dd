"""Named places for maps and lists, in the visitor's language, at the public tier's precision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from utils.analysis import record
from utils.locale import Names
from utils.store import Release, per_release

ALWAYS: Final = ("city-osmach-town", "t-preah-vihear")
"""O'Smach and Preah Vihear temple are always labelled."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place with a point of known precision; ``kind`` as in places.csv."""

    place_id: str
    names: Names
    kind: str
    pcode: str
    country: str
    lat: float | None
    lon: float | None
    parent_id: str


@per_release
def places(release: Release) -> tuple[NamedPlace, ...]:
    """Return every place of this tier."""
    return tuple(
        NamedPlace(
            place_id=row["place_id"],
            names=Names(en=row["name"], fr=row["name_fr"], km=row["name_km"]),
            kind=row["kind"],
            pcode=row["pcode"],
            country=row["country"],
            lat=row["lat"],
            lon=row["lon"],
            parent_id=row["parent_id"],
        )
        for row in record.rows(release, "places")
    )


@per_release
def by_pcode(release: Release) -> dict[str, NamedPlace]:
    """Return provinces and districts by P-code."""
    return {place.pcode: place for place in places(release) if place.pcode}


@per_release
def landmarks(release: Release) -> tuple[NamedPlace, ...]:
    """Return crossings, temples and flashpoints with a published point, and O'Smach."""
    return tuple(
        place
        for place in places(release)
        if place.lat is not None
        and (place.kind in {"crossing", "temple", "flashpoint"} or place.place_id in ALWAYS)
    )


@per_release
def without_point(release: Release) -> tuple[NamedPlace, ...]:
    """Return crossings, temples and flashpoints for which no published point was found."""
    return tuple(
        place
        for place in places(release)
        if place.lat is None and place.kind in {"crossing", "temple", "flashpoint"}
    )


def provinces(release: Release) -> tuple[NamedPlace, ...]:
    """Return the provinces that have a point."""
    return tuple(place for place in places(release) if place.kind == "province" and place.lat is not None)
