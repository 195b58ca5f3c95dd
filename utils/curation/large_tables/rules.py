"""Checks of a row of a large table against the record: each distinct combination is judged once.

The rules are those of small tables (:mod:`utils.curation.checks.rows`), each with the columns it looks
at. A source of such a table is a running system, so no day is compared with its publication.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from utils.curation.checks import areas, days, links, measures
from utils.curation.checks.known import Known, known
from utils.curation.checks.violation import Flaw
from utils.curation.contract import Table
from utils.curation.curated_tables import Record
from utils.curation.problems import Row
from utils.settings.clock import today

_AREA_KINDS: Final = {"admin1": "province", "admin2": "district"}
_AREAS: Final = ("admin1", "admin1_pcode", "admin2", "admin2_pcode")
Judge = Callable[[Row], Iterable[Flaw]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of some columns of a row, and nothing else. ``above``: only rows with a larger value."""

    columns: tuple[str, ...]
    judge: Judge
    above: float | None = None


def rules_of(record: Record, table: Table) -> tuple[Rule, ...]:
    """Return every rule that the columns of a table allow."""
    by = known(record, today())
    rules = [*_links(table, by)]
    if measures.concerns(table):
        rules += [
            Rule(("indicator", "unit"), lambda row: measures.unit(table, row, by)),
            Rule(("unit", "value"), lambda row: measures.whole(table, row, by)),
            Rule(("crisis_phase", "as_of"), lambda row: days.phase_of_day(table, row, by)),
            Rule(("as_of",), lambda row: days.before_crisis(table, row, by)),
            Rule(
                ("country", "admin1_pcode", "admin2_pcode", "unit", "value"),
                lambda row: measures.more_than_live_there(table, row, by),
                above=min((people for people, _ in by.populations.values()), default=0.0),
            ),
        ]
    if days.has_days(table):
        in_future = days.in_future(table)
        names = tuple(field.name for field in table.fields if field.kind == "date")
        rules.append(Rule(names, lambda row: in_future(table, row, by)))
    if set(_AREAS) <= set(table.columns):
        rules.append(Rule(_AREAS, lambda row: areas.names_of_areas(table, row, by)))
        rules.append(_named_areas(record))
    if "site_id" in table.columns and record.has_restricted:
        rules.append(_known_site(record))
    return tuple(rules)


def _links(table: Table, by: Known) -> Iterator[Rule]:
    for link in table.foreign_keys:
        alone = replace(table, foreign_keys=(link,))

        def judge(row: Row, alone: Table = alone) -> Iterator[Flaw]:
            return links.unknown_keys(alone, row, by)

        yield Rule((link.column,), judge)


def _named_areas(record: Record) -> Rule:
    """An area without a P-code has a known name all the same: free text does not go public."""
    names = {(row["kind"], row["name"]) for row in record.overlaid("places")}

    def judge(row: Row) -> Iterator[Flaw]:
        for level, kind in _AREA_KINDS.items():
            if row[level] is not None and (kind, row[level]) not in names:
                yield Flaw(level, row[level], f"a {kind} of places.csv", "unknown-key")
        if row["admin2"] is not None and row["admin1"] is None:
            yield Flaw("admin1", None, "the province of the district", "p-code")

    return Rule(_AREAS, judge)


def _known_site(record: Record) -> Rule:
    sites = {row["site_id"] for row in record.rows("restricted_sites")}

    def judge(row: Row) -> Iterator[Flaw]:
        if row["site_id"] is not None and row["site_id"] not in sites:
            yield Flaw("site_id", row["site_id"], "a site_id of restricted/sites.csv", "unknown-key")

    return Rule(("site_id",), judge)
