"""Checks the whole record: every problem at once, less the doubts that a named person has accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.curation.checks import accepted, gifts, holes, keys, neutral, restricted, series
from utils.curation.checks.known import Known, known
from utils.curation.checks.rows import rows_problems
from utils.curation.checks.violation import Finding, Flaw, Spot, problem
from utils.curation.curated_tables import Record
from utils.curation.problems import MAX_PROBLEMS, TOO_MANY, Problem, Reading
from utils.settings.clock import today as today_in_phnom_penh

Rule = Callable[[Record], Iterable[Finding]]
_ACROSS: Final[tuple[Rule, ...]] = (
    *(keys.twice, keys.copies, keys.same_figure, keys.come_back),
    *(series.jumps, series.sums, series.ratios),
    *(gifts.falling_totals, gifts.counted_twice),
    restricted.unlisted_cells,
    *(holes.missing_communes, holes.kinds_of_parents),
)
_WITH_RESTRICTED: Final[tuple[Rule, ...]] = (
    *(restricted.places_of_sites, restricted.overlays, restricted.stale),
    *(neutral.khmer_names, neutral.districts_in_texts, neutral.pieces_of_addresses),
)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The problems of a record that nobody accepted, in the order of files and rows, and those accepted."""

    problems: tuple[Problem, ...] = ()
    accepted: tuple[Problem, ...] = ()

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """Return the errors and doubts that stop a release."""
        return tuple(problem for problem in self.problems if problem.severity != "warning")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Return the problems that are shown and stop nothing."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def check(record: Record, *, today: date | None = None) -> tuple[Problem, ...]:
    """Return every problem of a record that nobody has accepted.

    Reading, keys, links between tables, domain rules. ``today`` is the day in Phnom Penh.
    """
    return examine(record, today=today).problems


def examine(record: Record, *, today: date | None = None) -> CheckResult:
    """Return the problems of a record, and those that are accepted by name and not expired."""
    day = today or today_in_phnom_penh()
    problems = list(record.problems)
    problems += [problem(record, spot, flaw) for spot, flaw in _findings(record, day)]
    left, silenced = accepted.apply(record, problems, day)
    return CheckResult(problems=tuple(sorted(left)), accepted=tuple(sorted(silenced)))


def _findings(record: Record, day: date) -> Iterator[Finding]:
    """Yield the findings of every rule: of each, and of each table, no more than can be read."""
    judged_by = known(record, day)
    for reading in record.readings.values():
        yield from _first(_by_row(reading, judged_by))
    for rule in (*_ACROSS, *(_WITH_RESTRICTED if record.has_restricted else ())):
        yield from _first(rule(record))


def _first(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the first findings; when there are more, one that says so."""
    for number, (spot, flaw) in enumerate(findings):
        if number == MAX_PROBLEMS:
            yield Spot(spot.reading, 0, {}), Flaw("", None, TOO_MANY, "limits")
            return
        yield spot, flaw


def _by_row(reading: Reading, judged_by: Known) -> Iterator[Finding]:
    """Yield what is wrong with single rows, less what reading found wrong in the same cell."""
    unread = {(problem.row, problem.column) for problem in reading.problems}
    for index, flaw in rows_problems(reading.table, reading.rows, judged_by):
        line, row = reading.lines[index], reading.rows[index]
        if row.get(flaw.column) is not None or (line, flaw.column) not in unread:
            yield Spot(reading, line, row), flaw
