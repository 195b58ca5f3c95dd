"""Keys of other tables, corrections, and names that an open row may not hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from utils.curation.checks.known import Known
from utils.curation.checks.violation import Flaw
from utils.curation.contract import RESTRICTED, Table
from utils.curation.problems import Row, Value

_LONGEST_CODE: Final = 8


def concerns(table: Table) -> bool:
    """Return whether a table points at others."""
    return bool(table.foreign_keys)


def unknown_keys(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """Whatever points at another table is there: sources, indicators, counters, phases, P-codes."""
    for link in table.foreign_keys:
        value = row[link.column]
        allowed = known.allowed(table, link)
        if value is None or value in allowed:
            continue
        subject = (link.table or table.name).removeprefix(RESTRICTED)
        if link.target == "pcode":
            wanted = f"a P-code of {subject}.csv{_lost_zero(value, allowed)}"
            yield Flaw(link.column, value, wanted, "p-code")
        else:
            yield Flaw(link.column, value, f"a {link.target} of {subject}.csv", "unknown-key")


def _lost_zero(value: Value, allowed: frozenset[Value]) -> str:
    """Name the P-code that this one is when a program has eaten its letters or zeros."""
    digits = str(value).removeprefix("KH").removesuffix(".0")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _LONGEST_CODE:
        return ""
    whole = f"KH{digits.zfill(len(digits) + len(digits) % 2)}"
    return f" ({whole}, if its letters or zeros were lost: codes are text)" if whole in allowed else ""


def can_correct(table: Table) -> bool:
    """Return whether the rows of a table can correct one another."""
    return "supersedes" in table.columns


def corrects_itself(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """A correction names another row."""
    older = row["supersedes"]
    if older is not None and older == row["observation_id"]:
        wanted = "the id of another row, which this one corrects"
        yield Flaw("supersedes", older, wanted, "unknown-key")


def is_displacement(table: Table) -> bool:
    """Return whether this is the open table of displacement."""
    return table.name == "displacement"


def names_a_site(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """An open row of displacement names no place below district."""
    for column in ("site_id", "place"):
        if row[column]:
            wanted = "nothing: a row that names a site or village stands in restricted/"
            yield Flaw(column, row[column], wanted, "restricted")
