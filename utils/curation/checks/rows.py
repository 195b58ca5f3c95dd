"""Rules that need one row at a time, so that they also serve a table that is read in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from utils.curation.checks import accounts, areas, days, links, measures, text
from utils.curation.checks.known import Known
from utils.curation.checks.violation import Flaw
from utils.curation.contract import Table
from utils.curation.problems import Row

Rule = Callable[[Table, Row, Known], Iterable[Flaw]]


def _for_any(rule: Rule) -> Callable[[Table], Rule]:
    return lambda table: rule


_RULES: Final[tuple[tuple[Callable[[Table], bool], Callable[[Table], Rule]], ...]] = (
    (links.concerns, _for_any(links.unknown_keys)),
    (links.can_correct, _for_any(links.corrects_itself)),
    (links.is_displacement, _for_any(links.names_a_site)),
    (measures.concerns, _for_any(measures.unit)),
    (measures.concerns, _for_any(measures.bounds)),
    (measures.concerns, _for_any(measures.whole)),
    (measures.has_population, _for_any(measures.more_than_live_there)),
    (measures.has_both, _for_any(measures.people_per_family)),
    (areas.has_areas, _for_any(areas.names_of_areas)),
    (areas.has_point, _for_any(areas.point)),
    (days.has_days, days.in_future),
    (days.is_measured, _for_any(days.phase_of_day)),
    (days.is_measured, _for_any(days.before_crisis)),
    (days.is_measured, _for_any(days.before_publication)),
    (accounts.is_events, _for_any(accounts.account_in_title)),
    (text.has_text, text.placeholders),
    (text.has_text, text.personal_data),
)


def row_problems(table: Table, row: Row, known: Known) -> list[Flaw]:
    """Return everything that is wrong with one row, whatever stands in the others."""
    return [flaw for rule in rules_of(table) for flaw in rule(table, row, known)]


def rows_problems(table: Table, rows: Iterable[Row], known: Known) -> Iterator[tuple[int, Flaw]]:
    """Yield what is wrong with each row of a batch, with its place in the batch from 0."""
    rules = rules_of(table)
    for index, row in enumerate(rows):
        for rule in rules:
            for flaw in rule(table, row, known):
                yield index, flaw


def rules_of(table: Table) -> tuple[Rule, ...]:
    """Return the rules that concern a table, chosen by its columns."""
    return tuple(rule_for(table) for concerns, rule_for in _RULES if concerns(table))
