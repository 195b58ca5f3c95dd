"""Which city or place of the record a row means, and what it is called in each language.

A city is known by its name in its country, and by region where several share it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from utils.analysis import observations
from utils.releases import Release, per_release
from utils.text.locale import Names, formats
from utils.text.locale.digits import spoken


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


def city_name(release: Release, name: str, country: str, lang: str) -> str:
    """Return what a city is called in ``lang``: as the record calls it, else CLDR, else as it is written.

    Without a ``country``, a city whose name one city of the record has alone.
    """
    own = _names(release).get(city_of(release, name, country) if country else _alone(release, name))
    return own.of(lang) if own else formats.city(name, country, lang)


def _alone(release: Release, name: str) -> str:
    meant = [city for (own, _), found in _known(release).items() if own == name for _, city in found]
    return meant[0] if len(meant) == 1 else ""


def place_name(release: Release, name: str, province: str, lang: str) -> str:
    """Return what a place of Cambodia is called in ``lang``, as it is written where no name is known.

    ``province`` is the P-code of the province it is reported in: places elsewhere that share the name
    are not meant.
    """
    found = _places(release).get(name, ()) if province else ()
    meant = [own for pcode, own in found if not pcode or pcode.startswith(province)]
    return next((own.of(lang) for own in meant if spoken(lang) in own), name)


@per_release
def _names(release: Release) -> Mapping[str, Names]:
    return {row["city_id"]: Names.of_row(row) for row in observations.rows(release, "cities")}


@per_release
def _places(release: Release) -> Mapping[str, list[tuple[str, Names]]]:
    """Return P-code and names of the places of Cambodia by English name."""
    found: dict[str, list[tuple[str, Names]]] = defaultdict(list)
    for row in observations.rows(release, "places"):
        if row["country"] == "KHM":
            found[row["name"]].append((row["pcode"] or "", Names.of_row(row)))
    return dict(found)


@per_release
def _known(release: Release) -> Mapping[tuple[str, str], list[tuple[str, str]]]:
    """Return region and id of the cities by name and country."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in observations.rows(release, "cities"):
        found[row["name"], row["country"]].append((row["region"], row["city_id"]))
    return dict(found)
