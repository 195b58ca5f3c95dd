"""What a list of places gives away by what it leaves out: the missing commune is the hidden one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from utils.curation.checks.violation import Finding, Flaw, Spot, spots
from utils.curation.curated_tables import Record
from utils.curation.problems import Value

_OFFICIAL: Final = Path(__file__).parents[3] / "data" / "geo" / "khm_communes.csv"
_DISTRICT: Final = len("KH0000")
_DISTRICT_AT_MOST: Final = frozenset({"district", "province"})
_FILED_UNDER: Final[Mapping[Value, frozenset[str]]] = {
    "province": frozenset({"country"}),
    "district": frozenset({"province"}),
    "commune": frozenset({"district"}),
    "village": frozenset({"commune"}),
    "city": frozenset({"province"}),
    "crossing": _DISTRICT_AT_MOST,
    "temple": _DISTRICT_AT_MOST,
    "flashpoint": _DISTRICT_AT_MOST,
}
"""What a place is filed under, by its kind: one that is filed otherwise than its kin stands out."""


@cache
def official_communes() -> Mapping[str, frozenset[str]]:
    """Return the P-codes of the communes of each district, by the ministry's list of 2025."""
    found: dict[str, set[str]] = defaultdict(set)
    for code in _OFFICIAL.read_text(encoding="utf-8").split()[1:]:
        found[code[:_DISTRICT]].add(code)
    return {district: frozenset(codes) for district, codes in found.items()}


def missing_communes(record: Record) -> Iterator[Finding]:
    """The open table holds all communes of a district or none, by the official list.

    The missing ones are not named, since a problem is printed and logged.
    """
    by_district: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots(record.readings["places"]):
        if spot.row["kind"] == "commune" and spot.row["pcode"]:
            by_district[str(spot.row["pcode"])[:_DISTRICT]].append(spot)
    for district, listed in by_district.items():
        official = official_communes().get(district, frozenset())
        held = {str(spot.row["pcode"]) for spot in listed}
        if not official <= held:
            wanted = (
                f"all {len(official)} communes of {district} or none: a list with a hole says what is hidden"
            )
            yield listed[0], Flaw("pcode", f"{len(held & official)} communes", wanted, "restricted")


def kinds_of_parents(record: Record) -> Iterator[Finding]:
    """Places of a kind are filed under one kind of area, the finest that is known of all of them."""
    kinds = {row["place_id"]: row["kind"] for row in record.overlaid("places")}
    for spot in spots(record.readings["places"]):
        allowed = _FILED_UNDER.get(spot.row["kind"])
        parent = kinds.get(spot.row["parent_id"])
        if allowed and parent and parent not in allowed:
            wanted = f"a {' or '.join(sorted(allowed))}, as of every {spot.row['kind']}"
            yield spot, Flaw("parent_id", spot.row["parent_id"], wanted, "restricted")
