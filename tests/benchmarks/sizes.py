"""How much each part of the benchmarks measures: all of it, or just enough to see that it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.benchmarks.bulk import ROWS


@dataclass(frozen=True)
class Sizes:
    """``pages`` and ``views`` are how many of each, the first ones; ``rehearsed``: servers are warm."""

    rounds: int = 5
    runs: int = 40
    pages: int = 100
    views: int = 1000
    sessions: int = 100
    seconds: int = 60
    minutes: float = 1.0
    laps: int = 10
    hours: float = 5
    megabits: float = 4
    points: tuple[int, int] = (300, 5000)
    redraws: tuple[int, int] = (200, 30)
    spellings: int = 20_000
    rows: int = ROWS
    rehearsed: bool = True
    whole: bool = True


SMOKE: Final = Sizes(
    rounds=1,
    runs=1,
    pages=1,
    views=2,
    sessions=1,
    seconds=1,
    minutes=0.03,
    laps=2,
    hours=0.06,
    megabits=400,
    points=(3, 5),
    redraws=(1, 1),
    spellings=200,
    rows=1000,
    rehearsed=False,
    whole=False,
)
