"""Small made-up releases for rules of the analysis: a few rows, values that a person can check by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

import pandas as pd

from utils.releases import Release

_SOURCE = {
    "source_id": "made-up",
    "publisher": "A paper",
    "title": "A title",
    "url": "",
    "link": False,
    "published_on": "2025-12-08",
    "kind": "press",
    "language": "en",
    "grade": "B",
}
_FIGURE: Mapping[str, Any] = {
    "indicator": "displaced_people",
    "unit": "people",
    "source_id": "made-up",
    "qualifier": "exact",
    "as_of_precision": "day",
    "country": "KHM",
    "admin1": "",
    "counted_by": "ncdm",
    "headline_ok": True,
}


class MadeUp:
    """Tables in memory that analysis reads as it reads a release."""

    def __init__(self, **tables: list[dict[str, Any]]) -> None:
        self._tables = {"sources": [_SOURCE], "source_origins": [], "stages": [], "events": [], **tables}
        self._memory: dict[object, object] = {}

    def table(self, name: str) -> pd.DataFrame:
        """Return a table, dates as the release holds them."""
        frame = pd.DataFrame(self._tables[name])
        for column in frame.columns:
            if any(isinstance(value, date) for value in frame[column]):
                frame[column] = pd.to_datetime(frame[column])
        return frame

    def remember(self, key: object, make: Callable[[], object]) -> object:
        """Return what ``make`` gave for ``key``, computing it once."""
        if key not in self._memory:
            self._memory[key] = make()
        return self._memory[key]


def release_of(**tables: list[dict[str, Any]]) -> Release:
    """Return a release that holds these rows; sources, stages and events are there without asking."""
    return cast(Release, MadeUp(**tables))


def figure(number: int, as_of: date, value: float, **columns: Any) -> dict[str, Any]:
    """Return a national row of displaced people counted by the disaster committee."""
    return {**_FIGURE, "observation_id": f"dsp-{number:04}", "as_of": as_of, "value": value, **columns}
