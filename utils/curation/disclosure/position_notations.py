"""Positions that are not written in degrees: UTM, MGRS, Plus codes, geohashes, millionths, and the run of
digits that aviation writes.

MGRS and geohashes are read by libraries; the library of Plus codes is no longer kept; they are read here.
Only what lies in the region is returned, so that numbers of another meaning seldom pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pygeohash
from mgrs import MGRS
from mgrs.core import MGRSError

Point = tuple[float, float]
_MGRS: Final = re.compile(
    r"(?<![0-9A-Z])(4[78])\s?([PQ])\s?([A-HJ-NP-Z]{2})\s?(\d{5}\s\d{5}|\d{4}\s\d{4}|\d{3}\s\d{3}|\d{2}\s\d{2}|\d{4,10})"
    r"(?!\d)",
    re.IGNORECASE,
)
_NORTHING: Final = re.compile(r"(?<![\d.,])(1[ ,.']?\d{3}|9\d\d)[ ,.']?(\d{3})(?:\.\d+)?(?!\d)")
_EASTING: Final = re.compile(r"(?<![\d.,])([1-9]\d\d)[ ,.']?(\d{3})(?:\.\d+)?(?!\d)")
_UTM_WORD: Final = re.compile(
    r"\butm\b|easting|northing|\bzone\b|(?<!\w)4[78]\s?[npq](?!\w)|\d\s?m?\s?[en](?!\w)|(?<!\w)m?[en][\s:=]{1,2}\d",
    re.IGNORECASE,
)
_PLUS_SIGNS: Final = "23456789CFGHJMPQRVWX"
_PLUS: Final = re.compile(
    rf"(?<![\w+=])(7P[{_PLUS_SIGNS}]{{6}}|(?<!/)[{_PLUS_SIGNS}]{{4}})\+([{_PLUS_SIGNS}]{{0,7}})(?![\w+/=])",
    re.IGNORECASE,
)
_GEOHASH: Final = re.compile(r"(?<![\w+/=])w[1346][0-9b-hjkmnp-z]{3,10}(?![\w+/=])", re.IGNORECASE)
_MILLIONTHS: Final = re.compile(r"(?<!\d)(\d{8,10})\D{1,12}(\d{8,10})(?!\d)")
_SCALES: Final = (1e6, 1e7)
_AVIATION: Final = re.compile(
    r"(?<!\d)[NS]?(\d{2})(\d{2})(\d{2}(?:\.\d+)?)\s?[NS]?[\s,/]{0,2}[EW]?(1\d{2})(\d{2})(\d{2}(?:\.\d+)?)(?!\d)\s?[EW]?",
    re.IGNORECASE,
)
_ZONES: Final = (47, 48)
_LATITUDES: Final = (9.0, 16.0)
_LONGITUDES: Final = (101.0, 109.0)
_UTM_BESIDE: Final = 60
_HINTS: Final = re.compile(r"\d{5}|\d[ ,.']\d{3}|\d{2}\s\d{2}|\+|w[1346]", re.IGNORECASE)
_GRID: Final = MGRS()


def points_written(text: str, near: Iterable[Point]) -> Iterator[Point]:
    """Yield the points that a text states in such a notation, as latitude and longitude.

    A short Plus code says where in a degree; ``near`` are the points beside which it is completed.
    """
    if not _HINTS.search(text):
        return
    found = (*_mgrs(text), *_utm(text), *_plus_codes(text, near), *_geohashes(text), *_digits(text))
    for lat, lon in found:
        if _LATITUDES[0] <= lat <= _LATITUDES[1] and _LONGITUDES[0] <= lon <= _LONGITUDES[1]:
            yield lat, lon


def _mgrs(text: str) -> Iterator[Point]:
    for found in _MGRS.finditer(text):
        digits = re.sub(r"\s", "", found[4])
        if len(digits) % 2 == 0:
            yield from _from_grid("".join((found[1], found[2], found[3], digits)).upper(), len(digits) // 2)


def _from_grid(square: str, digits: int) -> Iterator[Point]:
    """Yield the middle of a square of the grid; none where the letters name no square."""
    half = "5".ljust(5 - digits, "0") if digits < 5 else ""
    east, north = square[5 : 5 + digits] + half, square[5 + digits :] + half
    try:
        lat, lon = _GRID.toLatLon(f"{square[:5]}{east}{north}")
    except MGRSError:
        return
    yield float(lat), float(lon)


def _utm(text: str) -> Iterator[Point]:
    """Yield pairs of metres that stand beside a word, zone or letter of UTM."""
    for northing in _NORTHING.finditer(text):
        begin, end = max(northing.start() - _UTM_BESIDE, 0), northing.end() + _UTM_BESIDE
        beside = text[begin:end]
        if not _UTM_WORD.search(beside):
            continue
        for easting in _EASTING.finditer(beside):
            if easting.start() + begin != northing.start():
                yield from _from_metres(_metres(easting), _metres(northing))


def _metres(found: re.Match[str]) -> int:
    return int("".join(filter(str.isdigit, found[1] + found[2])))


def _from_metres(east: int, north: int) -> Iterator[Point]:
    for zone in _ZONES:
        try:
            square = _GRID.UTMToMGRS(zone, "N", float(east), float(north))
            lat, lon = _GRID.toLatLon(square)
        except MGRSError:
            continue
        yield float(lat), float(lon)


def _plus_codes(text: str, near: Iterable[Point]) -> Iterator[Point]:
    for found in _PLUS.finditer(text):
        head, tail = found[1].upper(), found[2].upper()
        if len(head) > 4:
            yield _from_plus(head[:4], head[4:] + tail)
            continue
        if len(tail) >= 2:
            for lat, lon in near:
                yield from (_from_plus(start, head + tail) for start in _plus_starts(lat, lon))


def _plus_starts(lat: float, lon: float) -> set[str]:
    """Return the first four signs of the codes of a point's degree and of those around it."""
    return {_plus_start(lat + north, lon + east) for north in (-0.5, 0.0, 0.5) for east in (-0.5, 0.0, 0.5)}


def _plus_start(lat: float, lon: float) -> str:
    north, east = int(lat) + 90, int(lon) + 180
    pairs = (north // 20, east // 20, north % 20, east % 20)
    return "".join(_PLUS_SIGNS[number] for number in pairs)


def _from_plus(start: str, rest: str) -> Point:
    """Return the middle of a Plus code: pairs of base 20, after ten signs a grid of four by five."""
    signs = [_PLUS_SIGNS.index(sign) for sign in start + rest]
    lat, lon, high, wide = -90.0, -180.0, 400.0, 400.0
    for at in range(0, min(len(signs), 10) // 2 * 2, 2):
        high, wide = high / 20, wide / 20
        lat, lon = lat + signs[at] * high, lon + signs[at + 1] * wide
    for sign in signs[10:]:
        high, wide = high / 5, wide / 4
        lat, lon = lat + sign // 4 * high, lon + sign % 4 * wide
    return lat + high / 2, lon + wide / 2


def _geohashes(text: str) -> Iterator[Point]:
    for found in _GEOHASH.finditer(text):
        place = pygeohash.decode(found[0].lower())
        yield float(place.latitude), float(place.longitude)


def _digits(text: str) -> Iterator[Point]:
    for found in _MILLIONTHS.finditer(text):
        first, second = float(found[1]), float(found[2])
        for scale in _SCALES:
            yield first / scale, second / scale
            yield second / scale, first / scale
    for found in _AVIATION.finditer(text):
        parts = [float(part) for part in found.groups()]
        yield parts[0] + parts[1] / 60 + parts[2] / 3600, parts[3] + parts[4] / 60 + parts[5] / 3600
