"""Problems of a large table: the first of each kind in each file, and how many more there are."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from typing import Final

from utils.curation.problems import Code, Problem

MOST: Final = 25
"""Problems of one kind that are listed for one file."""


class ProblemLog:
    """Keeps the first ``most`` problems of each code and file, by row; counts what is beyond."""

    def __init__(self, *, most: int = MOST) -> None:
        self.most = most
        self._listed: dict[tuple[str, Code], list[Problem]] = defaultdict(list)
        self._counts: dict[tuple[str, Code], int] = defaultdict(int)

    def add(self, problem: Problem, *, times: int = 1) -> None:
        """Add a problem; ``times`` is 0 where it is counted elsewhere."""
        key = (problem.file, problem.code)
        self._counts[key] += times
        listed = self._listed[key]
        if len(listed) < self.most or problem < listed[-1]:
            insort(listed, problem)
            del listed[self.most :]

    def count(self, file: str, code: Code, times: int) -> None:
        """Count problems that are listed apart."""
        self._counts[file, code] += times

    def problems(self) -> tuple[Problem, ...]:
        """Return the listed problems by file and row, and a line for each kind that has more."""
        more = [
            Problem(
                file,
                0,
                "",
                f"… and {number - self.most:,} more of this kind",
                f"none; the first {self.most} are listed",
                code,
            )
            for (file, code), number in self._counts.items()
            if number > self.most
        ]
        return (*sorted(problem for listed in self._listed.values() for problem in listed), *sorted(more))
