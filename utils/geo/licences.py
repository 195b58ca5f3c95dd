"""Writes who made what, and under which terms, beside the files themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from utils.geo import sources
from utils.geo.sources import ECHARTS, GEONAMES, MAGICS, TIMEZONES, Package

ATTRIBUTION: Final = "© OpenStreetMap contributors (ODbL) · Natural Earth · GeoNames (CC BY 4.0)"
"""The line that every map of ours prints."""

ATTRIBUTION_BASE: Final = "© OpenStreetMap contributors · Natural Earth"
ATTRIBUTION_WORLD: Final = "Natural Earth · GeoNames (CC BY 4.0)"
"""The line under a map of the world: its land, and the points of its cities."""

ODBL_FILE: Final = "ODbL-1.0.txt"
_ODBL: Final = f"[ODbL 1.0]({ODBL_FILE})"
_CC_BY: Final = "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)"
_PUBLIC: Final = "public domain"
_OSM: Final = (TIMEZONES, ECHARTS, MAGICS)

_GEO_FILES: Final[tuple[tuple[str, str, str, tuple[Package, ...]], ...]] = (
    ("adm0.geojson", "land of Cambodia and its neighbours, cut to the map", _ODBL, _OSM),
    ("frontiers.geojson", "land frontiers; none at sea", _ODBL, _OSM),
    ("adm1_khm.geojson", "the 25 provinces of Cambodia, fitted to its outline", _ODBL, _OSM),
    ("adm1_tha.geojson", "the 7 border provinces of Thailand, cut to the map", _ODBL, _OSM),
    ("sea.geojson", "what of the map is not land", _ODBL, _OSM),
    ("rivers.geojson", "main rivers, simplified", _PUBLIC, (MAGICS,)),
    ("lakes.geojson", "Tonle Sap", _PUBLIC, (MAGICS,)),
    ("places.geojson", "towns; ranks, Khmer and French names are ours", _CC_BY, (GEONAMES,)),
    ("khm_adm1_join_keys.csv", "names and codes of provinces (facts), compiled by us", _CC_BY, ()),
    ("khm_communes.csv", "P-codes of communes (facts), of the Ministry of Economy and Finance", "-", ()),
    ("attribution.json", "the line that maps print, ours", _CC_BY, ()),
    (ODBL_FILE, "text of the licence", "-", (TIMEZONES,)),
)

_ODBL_NOTICE: Final = f"""The files marked ODbL are derived from databases of OpenStreetMap and \
are made available under the
Open Database License: https://opendatacommons.org/licenses/odbl/1-0/ (text in {ODBL_FILE}). Any
rights in individual contents are licensed under the Database Contents License:
https://opendatacommons.org/licenses/dbcl/1-0/. © OpenStreetMap contributors,
https://www.openstreetmap.org/copyright. Whoever publishes a changed version of these files offers
it under the same licence. The steps that derive them are in `utils/geo/`; the command
`python -m utils.geo.build` repeats them.
"""


def build_odbl_text(cache: Path) -> bytes:
    """Return the text of the Open Database License as the source package carries it."""
    folder = f"timezonefinder_data-{TIMEZONES.version}.dist-info"
    return sources.read_wheel_member(TIMEZONES, cache, f"{folder}/licenses/DATA_LICENSE")


def build_attribution() -> bytes:
    """Return ``attribution.json``: the attribution line of the maps."""
    return (json.dumps({"attribution": ATTRIBUTION}, ensure_ascii=False) + "\n").encode()


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head)]
    lines.append(["---"] * len(lines[0]))
    lines += [list(row) for row in rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _packages(packages: Iterable[Package]) -> str:
    head = ("package", "registry", "file", "sha256", "licence", "credit")
    rows = [
        (f"{p.name} {p.version}", p.registry, f"`{p.file}`", f"`{p.sha256}`", p.licence, p.credit)
        for p in packages
    ]
    return _table(head, rows)


def build_geo_licences() -> bytes:
    """Return ``data/geo/LICENSES.md``."""
    rows = [
        (f"`{name}`", what, terms, ", ".join(f"{p.name} {p.version}" for p in made_from) or "-")
        for name, what, terms, made_from in _GEO_FILES
    ]
    text = f"""# Licences of the geographic files

Each file stands under its own terms. Maps print: {ATTRIBUTION}

{_table(("file", "what", "licence", "made from"), rows)}
## Packages they are made from

{_packages((TIMEZONES, ECHARTS, MAGICS, GEONAMES))}
The Debian package carries Natural Earth 10m land, ocean and river lines
(https://www.naturalearthdata.com, public domain), of which alone we use shapes; for the map of the
world its land at 1:110 million. GeoNames:
https://www.geonames.org.

Changes made: shapes cut to 101.9-107.8 E, 9.9-15.4 N; territorial sea removed; provinces fitted to
the country outlines; edges shared, simplified and rounded to four decimals. The lines are
approximate and state no view on where a border runs.

## Notice for the ODbL files

{_ODBL_NOTICE}"""
    return text.encode()


def build_static_geo_licences(names: Mapping[str, str]) -> bytes:
    """Return ``static/geo/LICENSES.md``; ``names`` is the manifest's "base", "places", "world"."""
    rows = [
        (f"`{names['base']}`", "sea, provinces, lake, rivers, frontiers", _ODBL, ATTRIBUTION_BASE),
        (f"`{names['places']}`", "towns", _CC_BY, GEONAMES.credit),
        (f"`{names['world']}`", "land of the world, no borders", _PUBLIC, MAGICS.credit),
        ("`manifest.json`", "names of the files, ours", _CC_BY, "-"),
        (f"`{ODBL_FILE}`", "text of the licence", "-", "-"),
    ]
    table = _table(("file", "what", "licence", "credit"), rows)
    return f"# Licences of the base map\n\n{table}\n{_ODBL_NOTICE}".encode()


def build_static_licences(vendored: Mapping[str, bytes]) -> bytes:
    """Return ``static/LICENSES.md`` for the third-party files, name below ``static`` -> content."""
    rows = [
        (f"`{name}`", f"`{hashlib.sha256(content).hexdigest()}`")
        for name, content in sorted(vendored.items())
    ]
    text = f"""# Licences of the files served to browsers

Third-party files are unchanged; their licence lies beside each (`LICENSE`, `OFL-*.txt`). The base
map has its own list in [geo/LICENSES.md](geo/LICENSES.md). `fonts/map-fonts.css` is ours (MIT).

{_packages((sources.LEAFLET, sources.NOTO, sources.NOTO_KHMER))}
## Files

{_table(("file", "sha256"), rows)}"""
    return text.encode()
