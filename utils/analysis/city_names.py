"""Which city of the record a row means: by its name in its country, and by region where several share it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from utils.analysis import record
from utils.store import Release, per_release


def city_of(release: Release, name: str, country: str, region: str = "") -> str:
    """Return the id of the city that a row names; ``""`` where the record has none, or several.

    A name may carry its region after a comma ("Springfield, Illinois").
    """
    known = _known(release)
    found = known.get((name, country), ())
    if not found and not region:
        name, _comma, region = name.rpartition(", ")
        found = known.get((name, country), ())
    meant = [city for own, city in found if not region or own.casefold() == region.casefold()]
    return meant[0] if len(meant) == 1 else ""


@per_release
def _known(release: Release) -> Mapping[tuple[str, str], list[tuple[str, str]]]:
    """Return region and id of the cities by name and country."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in record.rows(release, "cities"):
        found[row["name"], row["country"]].append((row["region"], row["city_id"]))
    return dict(found)
