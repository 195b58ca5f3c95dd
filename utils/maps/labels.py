"""Where names stand on a map: wholly inside their own country, clear of each other and of the controls.

The browser places by ``static/js/samaki-labels.js``, which is this module in JavaScript; a test holds both
to the same results. All lengths are pixels from the upper left corner of the map.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

EDGE: Final = 2.0
"""Room between a name and the edge of the map."""
GAP: Final = 2.0
"""Room between two names of one line."""
NEAR: Final = 3.0
"""Room between a mark and its name."""
RINGS: Final = (0.0, 14.0, 30.0, 48.0, 70.0, 96.0, 126.0, 160.0)
"""How much further out a name is tried; beyond the first it has a line to its mark."""
SLANT: Final = math.sqrt(0.5)
FLAT, STEEP = math.cos(math.pi / 8), math.sin(math.pi / 8)
SIDES: Final = (
    *((0.0, 1.0), (0.0, -1.0), (1.0, 0.0), (-1.0, 0.0)),
    *((SLANT, SLANT), (-SLANT, SLANT), (SLANT, -SLANT), (-SLANT, -SLANT)),
)
"""Below, above, right, left, and the corners: the country lies south of most marks of the border."""
BETWEEN: Final = (
    *((STEEP, FLAT), (-STEEP, FLAT), (FLAT, STEEP), (-FLAT, STEEP)),
    *((STEEP, -FLAT), (-STEEP, -FLAT), (FLAT, -STEEP), (-FLAT, -STEEP)),
)
"""The directions between those, tried too for a name that stands apart."""
_SAMPLE: Final = 12.0
"""Points of the rim of a name that are looked up stand at most this far apart."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Ring = Sequence[tuple[float, float]]
Stroke = tuple[float, float, float, float]
"""From a point to a point: x, y, x, y."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name to place. ``x`` and ``y`` are its mark, of radius ``reach``; ``width`` and ``height`` its own.

    ``country`` is the key of the outlines it must stand in, empty for any ground; ``area`` that of the
    outlines it should stand in where it fits. A name that is ``centred`` stands on its place where it
    can; one that is ``tied`` stands next to its mark or nowhere. Where the whole fits nowhere, the part of
    width ``short`` (its number) is placed alone next to the mark; 0 for a name without one.
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
    short: float = 0.0


@dataclass(frozen=True, slots=True)
class Placement:
    """The box of a name, the line from its mark to it where it stands apart, and whether it is cut to
    its number."""

    box: Box
    leader: Stroke | None = None
    is_short: bool = False


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
        grounds = [holds.get(key) for key in (name.area, name.country) if key]
        found = None
        if 0 <= name.x <= frame[0] and 0 <= name.y <= frame[1]:
            found = _choose(name, frame, taken, grounds)
            if found is None and name.short:
                number = replace(name, width=name.short, centred=False, tied=True)
                beside = _choose(number, frame, taken, grounds)
                found = replace(beside, is_short=True) if beside else None
        if found:
            taken.append(found.box)
        placed.append(found)
    return placed


def _choose(
    name: Name,
    frame: tuple[float, float],
    taken: Sequence[Box],
    grounds: Sequence[Callable[[float, float], bool] | None],
) -> Placement | None:
    """Return the first free place in the first of the grounds that has one.

    A line to the mark that crosses a name or a large mark is taken only where there is no other way.
    """
    free = [
        (box, _leader(name, box) if is_apart else None)
        for box, is_apart in _candidates(name)
        if _fits(box, frame, taken)
    ]
    clear = [(box, line) for box, line in free if line is None or _runs_clear(line, name, taken)]
    for candidates in (clear, free):
        for ground in grounds or (None,):
            for box, line in candidates:
                if _stands_in(box, ground):
                    return Placement(box, line)
    return None


def _runs_clear(line: Stroke, name: Name, taken: Iterable[Box]) -> bool:
    """Return whether a line crosses no box but that of its own mark."""
    return not any(
        _crosses(line, box)
        for box in taken
        if not (box[0] <= name.x <= box[2] and box[1] <= name.y <= box[3])
    )


def _candidates(name: Name) -> Iterable[tuple[Box, bool]]:
    half_width, half_height = name.width / 2, name.height / 2
    if name.centred:
        yield _box(name.x, name.y, half_width, half_height), False
    for ring in RINGS[:1] if name.tied else RINGS:
        away = name.reach + NEAR + ring
        for right, down in (*SIDES, *BETWEEN) if ring else SIDES:
            x = name.x + right * away + _sign(right) * half_width
            y = name.y + down * away + _sign(down) * half_height
            yield _box(x, y, half_width, half_height), ring > 0


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _box(x: float, y: float, half_width: float, half_height: float) -> Box:
    return (x - half_width, y - half_height, x + half_width, y + half_height)


def _crosses(line: Stroke, box: Box) -> bool:
    """Return whether a line runs through a box (Liang and Barsky)."""
    x, y, right, down = line[0], line[1], line[2] - line[0], line[3] - line[1]
    first, last = 0.0, 1.0
    for step, room in (
        (-right, x - box[0]),
        (right, box[2] - x),
        (-down, y - box[1]),
        (down, box[3] - y),
    ):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    return first <= last


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


def _leader(name: Name, box: Box) -> Stroke:
    """Return the line from the rim of a mark to the nearest point of its name."""
    x, y = min(max(name.x, box[0]), box[2]), min(max(name.y, box[1]), box[3])
    length = math.hypot(x - name.x, y - name.y) or 1.0
    share = min(1.0, name.reach / length)
    return name.x + (x - name.x) * share, name.y + (y - name.y) * share, x, y
