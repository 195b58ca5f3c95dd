"""Which city or place of the record a row means, and what it is called in each language.

A city is known by its name in its country, and by region where several share it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from utils.analysis import observations
from utils.releases import Release, per_release
from utils.text.locale import Names, formats
from utils.text.locale.digits import strip_digits


def find_city(release: Release, name: str, country: str, region: str = "") -> str:
    """Return the id of the city that a row names; ``""`` where the record has none, or several.

    A name may carry its region after a comma ("Springfield, Illinois").
    """
    by_name = _known(release)
    namesakes = by_name.get((name, country), ())
    if not namesakes and not region:
        name, _comma, region = name.rpartition(", ")
        namesakes = by_name.get((name, country), ())
    meant = [city for own, city in namesakes if not region or own.casefold() == region.casefold()]
    return meant[0] if len(meant) == 1 else ""


def name_city(release: Release, name: str, country: str, lang: str) -> str:
    """Return what a city is called in ``lang``: as the record calls it, else CLDR, else as it is written.

    Without a ``country``, a city whose name one city of the record has alone.
    """
    own = _names(release).get(find_city(release, name, country) if country else _alone(release, name))
    return own.of(lang) if own else formats.translate_city(name, country, lang)


def _alone(release: Release, name: str) -> str:
    meant = [city for (own, _), namesakes in _known(release).items() if own == name for _, city in namesakes]
    return meant[0] if len(meant) == 1 else ""


def name_place(release: Release, name: str, province: str, lang: str) -> str:
    """Return what a place of Cambodia is called in ``lang``, as it is written where no name is known.

    ``province`` is the P-code of the province it is reported in: places elsewhere that share the name
    are not meant.
    """
    namesakes = _places(release).get(name, ()) if province else ()
    meant = [own for pcode, own in namesakes if not pcode or pcode.startswith(province)]
    return next((own.of(lang) for own in meant if strip_digits(lang) in own), name)


@per_release
def _names(release: Release) -> Mapping[str, Names]:
    return {row["city_id"]: Names.of_row(row) for row in observations.load_rows(release, "cities")}


@per_release
def _places(release: Release) -> Mapping[str, list[tuple[str, Names]]]:
    """Return P-code and names of the places of Cambodia by English name."""
    places: dict[str, list[tuple[str, Names]]] = defaultdict(list)
    for row in observations.load_rows(release, "places"):
        if row["country"] == "KHM":
            places[row["name"]].append((row["pcode"] or "", Names.of_row(row)))
    return dict(places)


@per_release
def _known(release: Release) -> Mapping[tuple[str, str], list[tuple[str, str]]]:
    """Return region and id of the cities by name and country."""
    cities: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in observations.load_rows(release, "cities"):
        cities[row["name"], row["country"]].append((row["region"], row["city_id"]))
    return dict(cities)
