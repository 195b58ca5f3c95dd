"""Areas and points: a P-code, the name beside it and the coordinates are of one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from utils.curation.checks.known import Known
from utils.curation.checks.violation import Flaw
from utils.curation.contract import Table
from utils.curation.problems import Row, Value, shown

_KINDS: Final = {"admin1": "province", "admin2": "district", "admin3": "commune"}
_LATITUDES: Final = (5.0, 21.0)
_LONGITUDES: Final = (97.0, 108.0)
_INSIDE: Final = frozenset({"KHM", "THA"})
_TOLERANCE_KM: Final = 2.0
"""Outlines are simplified and borders disputed: a crossing or temple may lie just across the line."""


def has_areas(table: Table) -> bool:
    """Return whether rows name a province with its P-code."""
    return {"admin1", "admin1_pcode"} <= set(table.columns)


def names_of_areas(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """A P-code and the name beside it are of one place, and a district lies in its province."""
    outer: Value = None
    for level, kind in _KINDS.items():
        code = row.get(f"{level}_pcode")
        if code is None:
            continue
        name = known.names.get((kind, code))
        if name is not None and row.get(level) != name:
            yield Flaw(level, row.get(level), f"{shown(name)}, the place of {code}", "p-code")
        if outer is not None and not str(code).startswith(str(outer)):
            yield Flaw(f"{level}_pcode", code, f"a {kind} of {outer}", "p-code")
        outer = code


def has_point(table: Table) -> bool:
    """Return whether rows hold coordinates."""
    return {"lat", "lon"} <= set(table.columns)


def point(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """A point is whole, not 0/0, in one of the two countries when it says so, and in its province."""
    lat, lon = row["lat"], row["lon"]
    if lat is None and lon is None:
        return
    if lat is None and isinstance(lon, float) and _within(lon, _LATITUDES):
        yield Flaw("lon", lon, "a longitude beside a latitude: the two look swapped", "coordinates")
    elif not (isinstance(lat, float) and isinstance(lon, float)):
        missing = "lat" if lat is None else "lon"
        yield Flaw(missing, None, "lat and lon together, or neither", "coordinates")
    elif lat == 0 and lon == 0:
        yield Flaw("lat", "0, 0", "a measured point, or an empty cell: 0, 0 lies in the sea", "coordinates")
    elif row.get("country", "KHM") in _INSIDE:
        yield from _where(row, lat, lon, known)


def _where(row: Row, lat: float, lon: float, known: Known) -> Iterator[Flaw]:
    written = f"{lat:g}, {lon:g}"
    if not (_within(lat, _LATITUDES) and _within(lon, _LONGITUDES)):
        swapped = _within(lon, _LATITUDES) and _within(lat, _LONGITUDES)
        hint = f": lat and lon look swapped, {lon:g}, {lat:g} would be inside" if swapped else ""
        yield Flaw("lat", written, f"a point in Cambodia or Thailand{hint}", "coordinates")
        return
    outline = known.provinces.get(_province(row, known))
    if outline is None or outline.holds(lat, lon):
        return
    away = outline.km_away(lat, lon)
    if away > _TOLERANCE_KM:
        found = next((other.name for other in known.provinces.values() if other.holds(lat, lon)), "")
        lies = f"it lies in {found}" if found else "it lies in no border province"
        wanted = f"a point in {outline.name} ({lies}, {away:.0f} km away)"
        yield Flaw("lat", written, wanted, "coordinates")


def _province(row: Row, known: Known) -> str:
    """Return the key of the outline that the point of a row belongs in: by P-code, place, or name."""
    if row.get("admin1_pcode"):
        return str(row["admin1_pcode"])
    if row.get("place_id"):
        return known.province_of.get(row["place_id"], "")
    return known.province_named.get(row.get("admin1"), "")


def _within(value: float, span: tuple[float, float]) -> bool:
    return span[0] <= value <= span[1]
