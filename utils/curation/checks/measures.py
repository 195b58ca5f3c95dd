"""A figure by itself: its unit, its bounds, whole numbers, the population it is part of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from utils.curation.checks.known import Known
from utils.curation.checks.violation import Flaw
from utils.curation.contract import Table
from utils.curation.problems import Row, Value, shown

MEASURED: Final = frozenset({"displacement", "impact", "needs", "site_reports", "field_observations"})
PER_FAMILY: Final = (2.5, 8.0)
_DIVISIBLE: Final = frozenset({"percent", "ha", "km", "m", "min", "text"})
_BOUNDED: Final = ("value", "low", "high")


def concerns(table: Table) -> bool:
    """Return whether the rows of a table are figures with an indicator and a unit."""
    return table.subject in MEASURED


def unit(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """A figure is in the unit of its indicator, so that no series changes its unit."""
    wanted = known.units.get(row["indicator"])
    if wanted and row["unit"] != wanted:
        yield Flaw("unit", row["unit"], f"{wanted}, the unit of {row['indicator']}", "unit")


def bounds(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """The lower bound is not above the upper one."""
    low, high = row.get("low"), row.get("high")
    if isinstance(low, float) and isinstance(high, float) and low > high:
        yield Flaw("low", low, f"{shown(high)} or less, as in high", "number")


def whole(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """People, families, sites and what else is counted come in whole numbers."""
    if row["unit"] in _DIVISIBLE:
        return
    for column in _BOUNDED:
        value = row.get(column)
        if isinstance(value, float) and not value.is_integer():
            yield Flaw(column, value, f"a whole number of {row['unit']}", "number")


def has_population(table: Table) -> bool:
    """Return whether rows count people of an area."""
    return concerns(table) and "admin1_pcode" in table.columns


def more_than_live_there(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """A figure of people is no larger than the population of its area at the census."""
    value = row["value"]
    area: Value = row.get("admin2_pcode") or row["admin1_pcode"]
    if area is None and row.get("country") == "KHM":
        area = "KH"
    living = known.populations.get(area)
    if living and row["unit"] == "people" and isinstance(value, float) and value > living[0]:
        people, year = living
        wanted = f"at most {shown(people)}, the population of {area} in {shown(year) or 'the census'}"
        yield Flaw("value", value, wanted, "population")


def has_both(table: Table) -> bool:
    """Return whether a row holds families and people of one and the same hand-out."""
    return {"beneficiaries_families", "beneficiaries_people"} <= set(table.columns)


def people_per_family(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """Families and people of one row are in a plausible ratio."""
    people, families = row["beneficiaries_people"], row["beneficiaries_families"]
    if isinstance(people, int) and isinstance(families, int) and not plausible(people, families):
        yield Flaw("beneficiaries_people", people, ratio_wanted(people, families), "ratio")


def plausible(people: float, families: float) -> bool:
    """Return whether so many people can be so many families."""
    low, high = PER_FAMILY
    return low * families <= people <= high * families


def ratio_wanted(people: float, families: float) -> str:
    """Say what ratio was expected, and which was found."""
    low, high = PER_FAMILY
    found = f"{people / families:.2g}" if families else "people without a family"
    return f"{low:g} to {high:g} people a family ({shown(people)} and {shown(families)} give {found})"
