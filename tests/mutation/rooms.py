"""What is mutated, by which tests it is judged, and which mutants change nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Room:
    """A module and the tests that must notice a fault in it."""

    name: str
    module: str
    tests: tuple[str, ...]


ROOMS: Final = (
    Room("exchange rates", "utils.analysis.exchange_rates", ("tests/analysis/test_rules_at_their_edges.py",)),
    Room(
        "displacement series",
        "utils.analysis.displacement_series",
        ("tests/analysis/test_rules_at_their_edges.py",),
    ),
    Room(
        "suppression",
        "utils.curation.disclosure.cell_suppression",
        ("tests/curation/disclosure/test_cell_suppression.py",),
    ),
    Room(
        "disclosed cells",
        "utils.curation.disclosure.disclosed_cells",
        ("tests/curation/disclosure/test_disclosed_cells.py",),
    ),
    Room(
        "leak scan",
        "utils.curation.disclosure.leak_scan",
        ("tests/curation/disclosure/test_leak_scan.py",),
    ),
    Room("ledger totals", "utils.evening.ledger.totals", ("tests/ledger/test_sums_by_hand.py",)),
)

EQUIVALENT: Final[dict[tuple[str, str, str], str]] = {}
"""Mutants that survive since they change nothing: module, before, after, and why."""
