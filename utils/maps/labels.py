"""Where names stand on a map: wholly inside their own country, clear of each other and of the controls.

The browser places by ``static/js/samaki-labels.js``, which is this module in JavaScript; a test holds both
to the same results. All lengths are pixels from the upper left corner of the map.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

EDGE: Final = 2.0
"""Room between a name and the edge of the map."""
GAP: Final = 2.0
"""Room between two names of one line."""
NEAR: Final = 3.0
"""Room between a mark and its name."""
RINGS: Final = (0.0, 14.0, 30.0, 48.0, 70.0, 96.0)
"""How much further out a name is tried; beyond the first it has a line to its mark."""
SIDES: Final = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))
"""Below, above, right, left, and the corners: the country lies south of most marks of the border."""
_SAMPLE: Final = 12.0
"""Points of the rim of a name that are looked up stand at most this far apart."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Name:
    """A name to place. ``x`` and ``y`` are its mark, of radius ``reach``; ``width`` and ``height`` its own.

    ``country`` is the key of the outlines it must stand in, empty for any ground; ``area`` that of the
    outlines it should stand in where it fits. A name that is ``centred`` stands on its place where it
    can; one that is ``tied`` stands next to its mark or nowhere.
    """

    x: float
    y: float
    width: float
    height: float
    country: str = ""
    area: str = ""
    reach: float = 0.0
    centred: bool = False
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """The box of a name, and the line from its mark to it where it stands apart."""

    box: Box
    leader: tuple[float, float, float, float] | None = None


def place_names(
    names: Iterable[Name],
    frame: tuple[float, float],
    kept: Iterable[Box],
    outlines: Mapping[str, Sequence[Ring]],
) -> list[Placement | None]:
    """Return where each name stands, ``None`` for one that fits nowhere. Names come in order of weight.

    ``frame`` is width and height of the map; ``kept`` are boxes that no name may cover; ``outlines`` are the
    rings of each country. A country without outlines holds everything.
    """
    taken = list(kept)
    holds = {key: _holder(rings) for key, rings in outlines.items()}
    placed: list[Placement | None] = []
    for name in names:
        found = None
        if 0 <= name.x <= frame[0] and 0 <= name.y <= frame[1]:
            free = [(box, apart) for box, apart in _candidates(name) if _fits(box, frame, taken)]
            found = _choose(name, free, [holds.get(key) for key in (name.area, name.country) if key])
        if found:
            taken.append(found.box)
        placed.append(found)
    return placed


def _choose(
    name: Name, free: Sequence[tuple[Box, bool]], grounds: Sequence[Callable[[float, float], bool] | None]
) -> Placement | None:
    """Return the first free place in the first of the grounds that has one."""
    for ground in grounds or (None,):
        for box, is_apart in free:
            if _stands_in(box, ground):
                return Placement(box, _leader(name, box) if is_apart else None)
    return None


def _candidates(name: Name) -> Iterable[tuple[Box, bool]]:
    half_width, half_height = name.width / 2, name.height / 2
    if name.centred:
        yield _box(name.x, name.y, half_width, half_height), False
    for ring in RINGS[:1] if name.tied else RINGS:
        away = name.reach + NEAR + ring
        for right, down in SIDES:
            slant = math.sqrt(0.5) if right and down else 1.0
            x = name.x + right * (away * slant + half_width)
            y = name.y + down * (away * slant + half_height)
            yield _box(x, y, half_width, half_height), ring > 0


def _box(x: float, y: float, half_width: float, half_height: float) -> Box:
    return (x - half_width, y - half_height, x + half_width, y + half_height)


def _fits(box: Box, frame: tuple[float, float], taken: Iterable[Box]) -> bool:
    left, top, right, bottom = box
    if left < EDGE or top < EDGE or right > frame[0] - EDGE or bottom > frame[1] - EDGE:
        return False
    return not any(
        other[2] + GAP >= left and other[0] - GAP <= right and other[3] >= top and other[1] <= bottom
        for other in taken
    )


def _stands_in(box: Box, holds: Callable[[float, float], bool] | None) -> bool:
    if holds is None:
        return True
    left, top, right, bottom = box
    across = max(1, math.ceil((right - left) / _SAMPLE))
    down = max(1, math.ceil((bottom - top) / _SAMPLE))
    for step in range(across + 1):
        x = left + (right - left) * step / across
        if not (holds(x, top) and holds(x, bottom)):
            return False
    return all(holds(x, top + (bottom - top) * step / down) for step in range(1, down) for x in (left, right))


def _holder(rings: Sequence[Ring]) -> Callable[[float, float], bool]:
    """Return whether a point lies in one of the rings."""
    bounded = [
        (
            min(x for x, _ in ring),
            min(y for _, y in ring),
            max(x for x, _ in ring),
            max(y for _, y in ring),
            ring,
        )
        for ring in rings
        if ring
    ]

    def holds(x: float, y: float) -> bool:
        return any(
            left <= x <= right and top <= y <= bottom and _is_in(x, y, ring)
            for left, top, right, bottom, ring in bounded
        )

    return holds


def _is_in(x: float, y: float, ring: Ring) -> bool:
    inside = False
    x1, y1 = ring[-1]
    for x2, y2 in ring:
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
        x1, y1 = x2, y2
    return inside


def _leader(name: Name, box: Box) -> tuple[float, float, float, float]:
    """Return the line from the rim of a mark to the nearest point of its name."""
    x, y = min(max(name.x, box[0]), box[2]), min(max(name.y, box[1]), box[3])
    length = math.hypot(x - name.x, y - name.y) or 1.0
    share = min(1.0, name.reach / length)
    return name.x + (x - name.x) * share, name.y + (y - name.y) * share, x, y
