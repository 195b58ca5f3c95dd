"""Problems of a large table: the first of each kind in each file, and how many more there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from utils.curation.problems import Code, Problem

MOST: Final = 25
"""Problems of one kind that are listed for one file."""


class Found:
    """Collects problems in the order they are met; what is beyond ``most`` is counted only."""

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._listed: list[Problem] = []
        self._counts: dict[tuple[str, Code], int] = defaultdict(int)

    def room(self, file: str, code: Code) -> int:
        """Return how many problems of this kind would still be listed."""
        return max(0, self._most - self._counts[file, code])

    def add(self, problems: Iterable[Problem]) -> None:
        """Add single problems."""
        for problem in problems:
            if self.room(problem.file, problem.code):
                self._listed.append(problem)
            self._counts[problem.file, problem.code] += 1

    def count_more(self, file: str, code: Code, number: int) -> None:
        """Count problems of one kind that need not be listed."""
        self._counts[file, code] += number

    def problems(self) -> tuple[Problem, ...]:
        """Return the listed problems by file and row, and a line for each kind that has more."""
        more = [
            Problem(
                file,
                0,
                "",
                f"… and {number - self._most:,} more of this kind",
                f"none; the first {self._most} are listed",
                code,
            )
            for (file, code), number in self._counts.items()
            if number > self._most
        ]
        return (*sorted(self._listed), *sorted(more))
