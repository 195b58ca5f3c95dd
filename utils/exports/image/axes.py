"""Axes of a figure: from values to pixels, as Plotly lays them out for the charts we draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

_PADDING: Final = 0.05


class NotDrawable(Exception):
    """A figure uses something that our pictures cannot draw."""

    def __init__(self, *, what: str) -> None:
        super().__init__(f"pictures cannot draw {what}")
        self.what = what


def milliseconds(value: Any) -> float:
    """Return a day or moment as milliseconds since 1970, the unit of widths on a time axis."""
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)
    else:
        moment = datetime.fromisoformat(str(value))
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() * 1000


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis. ``start`` and ``end`` are pixels of the ends of its domain, ``low`` and ``high`` values.

    ``categories`` are the names on an axis of names; their values are 0, 1, 2 and so on.
    """

    key: str
    settings: Mapping[str, Any]
    low: float
    high: float
    start: float
    end: float
    categories: tuple[str, ...] = ()

    def value(self, raw: Any) -> float:
        """Return a value of the data as a number on this axis."""
        if self.settings.get("type") == "date":
            return milliseconds(raw)
        if self.categories and not isinstance(raw, int | float):
            return float(self.categories.index(str(raw)))
        return float(raw)

    def pixel(self, raw: Any) -> float:
        """Return where a value of the data is drawn."""
        return self.at(self.value(raw))

    def at(self, number: float) -> float:
        """Return where a number on this axis is drawn."""
        return self.start + (number - self.low) / (self.high - self.low) * (self.end - self.start)

    def share(self, part: float) -> float:
        """Return the pixel at a share of the axis from its start."""
        return self.start + part * (self.end - self.start)

    def ticks(self, *, named: bool = True) -> list[tuple[float, str]]:
        """Return pixel and label of each tick that is inside the axis; ``named``: only those with a label."""
        if named and self.settings.get("showticklabels") is False:
            return []
        suffix = self.settings.get("ticksuffix") or ""
        if self.categories and not self.settings.get("tickvals"):
            return [(self.at(float(index)), name + suffix) for index, name in enumerate(self.categories)]
        values = self.settings.get("tickvals") or ()
        labels = self.settings.get("ticktext") or [str(value) for value in values]
        ticks = []
        for raw, label in zip(values, labels, strict=True):
            place = self.value(raw)
            if min(self.low, self.high) <= place <= max(self.low, self.high):
                ticks.append((self.at(place), str(label) + suffix))
        return ticks


def axis_limits(
    settings: Mapping[str, Any], values: Sequence[Any], *, bars: bool
) -> tuple[float, float, tuple[str, ...]]:
    """Return the low and high end of an axis and its categories, from its settings or its data."""
    names = values and all(isinstance(value, str) for value in values if value is not None)
    if names and settings.get("type") != "date":
        categories = tuple(dict.fromkeys(str(value) for value in values if value is not None))
        low, high = -0.5, len(categories) - 0.5
        if settings.get("autorange") == "reversed":
            low, high = high, low
        return low, high, categories
    timed = settings.get("type") == "date"
    if settings.get("range"):
        first, last = settings["range"]
        return (milliseconds(first), milliseconds(last), ()) if timed else (float(first), float(last), ())
    numbers = [milliseconds(value) if timed else float(value) for value in values if value is not None]
    if not numbers:
        raise NotDrawable(what="an axis without values")
    low, high = min(numbers), max(numbers)
    room = (high - low) * _PADDING or 1.0
    return (0.0 if bars and low >= 0 else low - room), high + room, ()
