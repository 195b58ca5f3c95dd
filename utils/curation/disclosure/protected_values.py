"""What the public may not see, and whether a text or a pair of numbers discloses it.

A text is read as a machine or a person would read it: addresses and entities decoded, tags taken
away, letters and digits that look alike; positions as decimals, as degrees, minutes and seconds, either
first, or in another notation.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Final
from urllib.parse import unquote

from utils.curation.curated_tables import Record
from utils.curation.disclosure.area_codes import holds_code, list_codes
from utils.curation.disclosure.hidden_names import build_name_gate, list_hidden_places, list_hidden_villages
from utils.curation.disclosure.lookalikes import is_turned, to_plain_signs
from utils.curation.disclosure.name_filter import OPENLY_NAMED, Hidden, NameGate
from utils.curation.disclosure.position_notations import points_written
from utils.curation.read import Value

Plain = Mapping[str, Any]
"""Protected values as JSON can hold them, for a pipe to another process; never written to a disk."""
NEAR_KM: Final = 5.0
_KM_PER_DEGREE: Final = 111.2
_EXACT: Final = frozenset({"village", "commune"})
_SAME_PLACE: Final = 3
_LATITUDES: Final = (9.0, 16.0)
_LONGITUDES: Final = (101.0, 109.0)
_APART: Final = 40
_BESIDE: Final = 200
"""Characters around a longitude of the region in which its latitude is looked for."""
_REMEMBERED: Final = 50_000
_LONG: Final = 1_000_000
_TAG: Final = re.compile(r"<[^<>]*>")
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_ID: Final = re.compile(r"(?<![a-z0-9])[a-z]{3}-\d{4,}(?!\d)")
_EAST: Final = re.compile(r"(?<!\d)10[1-9](?!\d)")
_DECIMAL: Final = re.compile(r"(?<![\d.])(\d{1,3})(?:\.(\d{2,})(?!\.?\d)|,(\d{2}|\d{4,})(?!\d))")
_ARC: Final = re.compile(
    r"(?<![\d.,])(\d{1,3})(?:\s{0,2}(?:°|º|˚|deg\w*|d)[\s:]{0,2}|[\s:]{1,2})"
    r"(\d{1,2}(?:[.,]\d+)?)"
    r"(?:(?:\s{0,2}(?:['’′ʹ´‘]|min\w*|m)[\s:]{0,2}|[\s:]{1,2})(\d{1,2}(?:[.,]\d+)?))?(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ProtectedValues:
    """Hidden names in all scripts, hidden points (latitude, longitude), ids that only partners see, and the
    codes of restricted places.

    ``open_points`` are those of public geography: a town beside a hidden site may stand on a map.
    """

    names: NameGate
    points: tuple[tuple[float, float], ...]
    ids: frozenset[str] = frozenset()
    open_points: frozenset[tuple[float, float]] = frozenset()
    codes: frozenset[str] = frozenset()
    _verdicts: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    def __bool__(self) -> bool:
        """Return whether there is anything to hide."""
        return bool(len(self.names) or self.points or self.ids or self.codes)

    def is_in(self, text: str) -> bool:
        """Return whether ``text`` names a hidden site, holds its id, or a pair of coordinates near it."""
        key = text if len(text) < _LONG else blake2b(text.encode("utf-8", "surrogatepass")).hexdigest()
        verdict = self._verdicts.get(key)
        if verdict is None:
            verdict = any(self._is_disclosed(reading) for reading in readings(text))
            if len(self._verdicts) < _REMEMBERED:
                self._verdicts[key] = verdict
        return verdict

    def disclosing(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Return those of ``texts`` that disclose; many are looked at as quickly as one long text."""
        joined = "\n".join(texts)
        if not any(self._may_disclose(reading) for reading in readings(joined)):
            return ()
        return tuple(text for text in texts if self.is_in(text))

    def is_near(self, lat: float, lon: float) -> bool:
        """Return whether a point given to more than one decimal lies within 5 km of a hidden one."""
        if round(lat, 1) == lat and round(lon, 1) == lon:
            return False
        if (round(lat, _SAME_PLACE), round(lon, _SAME_PLACE)) in self.open_points:
            return False
        return any(_km(lat, lon, *point) < NEAR_KM for point in self.points)

    def is_pair(self, first: float, second: float) -> bool:
        """Return whether two numbers, in either order, are a point near a hidden one."""
        return (_could_be(first, second) and self.is_near(first, second)) or (
            _could_be(second, first) and self.is_near(second, first)
        )

    def _may_disclose(self, text: str) -> bool:
        return self.names.may_hit(text) or self._states_number(text)

    def _is_disclosed(self, text: str) -> bool:
        return bool(self.names.find(text)) or self._states_number(text)

    def _states_number(self, text: str) -> bool:
        """Return whether a text holds a hidden id or code, or states a hidden position in any notation."""
        plain = to_plain_signs(text)
        return self._has_id(plain) or holds_code(plain, self.codes) or self._has_position(plain)

    def _has_id(self, plain: str) -> bool:
        return bool(self.ids) and any(name in self.ids for name in _ID.findall(plain.lower()))

    def _has_position(self, plain: str) -> bool:
        if not self.points:
            return False
        return any(self.is_pair(first, second) for first, second in _pairs(plain)) or any(
            self.is_near(lat, lon) for lat, lon in points_written(plain, self.points)
        )


def readings(text: str) -> Iterator[str]:
    """Yield a text as written, with its escapes decoded, without tags, and backwards where it asks to be
    shown so; each once.
    """
    yield text
    plain = text
    for _round in range(3):
        before = plain
        if "%" in plain:
            plain = unquote(plain)
        if "&" in plain:
            plain = html.unescape(plain)
        if "\\u" in plain:
            plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), plain)
        if plain == before:
            break
    if plain != text:
        yield plain
    if "<" in plain:
        for gap in ("", " "):
            yield _TAG.sub(gap, plain)
    if is_turned(plain):
        yield _TAG.sub("", plain)[::-1]


def _pairs(text: str) -> Iterator[tuple[float, float]]:
    """Yield numbers that stand beside each other and may be coordinates: one begins as a longitude here."""
    begin, end = 0, -1
    for found in _EAST.finditer(text):
        if found.start() - _BESIDE > end:
            yield from _pairs_in(text[begin : max(end, 0)])
            begin = max(found.start() - _BESIDE, 0)
        end = found.end() + _BESIDE
    yield from _pairs_in(text[begin : max(end, 0)])


def _pairs_in(text: str) -> Iterator[tuple[float, float]]:
    decimals = [
        (found.start(), found.end(), float(f"{found[1]}.{found[2] or found[3]}"))
        for found in _DECIMAL.finditer(text)
    ]
    arcs = [(found.start(), found.end(), _degrees(found)) for found in _ARC.finditer(text)]
    for numbers in (decimals, arcs):
        for (_, end, first), (start, _, second) in pairwise(numbers):
            if start - end <= _APART:
                yield first, second


def _degrees(found: re.Match[str]) -> float:
    degrees, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups())
    return degrees + minutes / 60 + seconds / 3600 if minutes < 60 and seconds < 60 else 0.0


def _could_be(lat: float, lon: float) -> bool:
    return _LATITUDES[0] <= lat <= _LATITUDES[1] and _LONGITUDES[0] <= lon <= _LONGITUDES[1]


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    across = (lon - other_lon) * math.cos(math.radians(lat))
    return math.hypot(lat - other_lat, across) * _KM_PER_DEGREE


def collect_protected_values(record: Record) -> ProtectedValues:
    """Return what the record hides; nothing where the restricted folder is not there."""
    hidden = [
        *(row for row in record.rows("restricted_sites") if row["public_display"] != OPENLY_NAMED),
        *({**row, "coord_precision": row["kind"]} for row in list_hidden_villages(record)),
    ]
    return ProtectedValues(
        names=build_name_gate(record),
        points=tuple(_points((row["lat"], row["lon"]) for row in hidden if row["coord_precision"] in _EXACT)),
        ids=_hidden_ids(record),
        codes=list_codes(list_hidden_places(record)),
        open_points=frozenset(
            (round(lat, _SAME_PLACE), round(lon, _SAME_PLACE))
            for lat, lon in _points((row["lat"], row["lon"]) for row in record.rows("places"))
        ),
    )


def _points(pairs: Iterable[tuple[Value, Value]]) -> Iterator[tuple[float, float]]:
    for lat, lon in pairs:
        if isinstance(lat, float | int) and isinstance(lon, float | int):
            yield float(lat), float(lon)


def _hidden_ids(record: Record) -> frozenset[str]:
    """Return the ids of rows that only partners see."""
    restricted: set[str] = set()
    shown: set[str] = set()
    for reading in record.readings.values():
        ids = (
            {str(row[reading.table.key[0]]) for row in reading.rows} if len(reading.table.key) == 1 else set()
        )
        (restricted if reading.table.restricted else shown).update(filter(_ID.fullmatch, ids))
    return frozenset(restricted - shown)


def to_plain(protected: ProtectedValues) -> dict[str, Any]:
    """Return protected values as plain ones, to be handed to another process by a pipe and never written."""
    return {
        "names": {name: [hidden.site_id, hidden.area] for name, hidden in protected.names.names.items()},
        "points": [list(point) for point in protected.points],
        "ids": sorted(protected.ids),
        "codes": sorted(protected.codes),
        "open_points": [list(point) for point in sorted(protected.open_points)],
    }


def from_plain(plain: Plain) -> ProtectedValues:
    """Return the protected values that :func:`to_plain` gave. Raises ``KeyError`` or ``ValueError``."""
    return ProtectedValues(
        names=NameGate({name: Hidden(site_id, area) for name, (site_id, area) in plain["names"].items()}),
        points=tuple((float(lat), float(lon)) for lat, lon in plain["points"]),
        ids=frozenset(plain["ids"]),
        codes=frozenset(plain["codes"]),
        open_points=frozenset((float(lat), float(lon)) for lat, lon in plain["open_points"]),
    )
