"""The names of a record that may not go public: those of its restricted sites and villages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from utils.curation.curated_tables import Record
from utils.curation.disclosure.name_filter import Hidden, NameGate, area_of, build_gate, is_named, letters
from utils.curation.read import Row, Value
from utils.text.locale import name_columns

_PUBLIC_PLACES: Final = frozenset(
    {"country", "province", "district", "city", "crossing", "temple", "flashpoint"}
)
_AREAS: Final = ("admin3_pcode", "admin2_pcode")
_KHMER: Final = ("\u1780", "\u17ff")
_KHMER_KINDS: Final[Mapping[Value, tuple[str, ...]]] = {
    "pagoda": ("វត្ត", "វត្ដ"),
    "camp": ("ជំរំ", "ជំរុំ", "មណ្ឌលសុវត្ថិភាព"),
    "market": ("ផ្សារ",),
    "hospital": ("មន្ទីរពេទ្យ",),
    "school": ("សាលា",),
}
"""How Khmer names begin, by kind of site."""


def build_name_gate(record: Record) -> NameGate:
    """Return the name gate made from the restricted tables; an empty one where they are not there."""
    public_places = [row for row in record.rows("places") if row["kind"] in _PUBLIC_PLACES]
    counted = list_counted_districts(record)
    return build_gate(
        sites=record.rows("restricted_sites"),
        aliases=record.rows("restricted_site_aliases"),
        khmer=khmer_spellings(record),
        villages=tuple(_village_names(record, counted)),
        public_names=[
            str(row[column]) for row in public_places for column in name_columns(row) if row[column]
        ],
        counted=counted,
    )


def list_counted_districts(record: Record) -> frozenset[Value]:
    """Return the P-codes of the districts in which a count of sites is shown: only they stand in a text."""
    return frozenset(row["admin2_pcode"] for row in record.rows("site_counts") if row["admin2_pcode"])


def list_hidden_places(record: Record) -> tuple[Row, ...]:
    """Return the restricted places that have no public form."""
    open_ids = {row["place_id"] for row in record.rows("places")}
    return tuple(row for row in record.rows("restricted_places") if row["place_id"] not in open_ids)


def list_hidden_villages(record: Record) -> tuple[Row, ...]:
    """Return the restricted villages that have no public form."""
    return tuple(row for row in list_hidden_places(record) if row["kind"] == "village")


def khmer_spellings(record: Record) -> dict[Value, tuple[str, ...]]:
    """Return of each restricted site the Khmer spellings that the record gives.

    Its own, and where it bears the name of its village, commune or district, the Khmer name of that place
    behind the Khmer word for its kind. A site that no source names has none.
    """
    places = record.overlaid("places")
    by_id: dict[Value, Row] = {row["place_id"]: row for row in places}
    by_code: dict[Value, Row] = {row["pcode"]: row for row in places if row["pcode"]}
    own: dict[Value, list[str]] = {}
    for alias in record.rows("restricted_site_aliases"):
        own.setdefault(alias["site_id"], []).append(str(alias["alias"]))
    found: dict[Value, tuple[str, ...]] = {}
    for site in filter(is_named, record.rows("restricted_sites")):
        written = [
            name
            for name in (str(site.get("name_km") or ""), *own.get(site["site_id"], ()))
            if _is_khmer(name)
        ]
        around = [by_id.get(site.get("place_id")), *(by_code.get(site.get(column)) for column in _AREAS)]
        for place in around:
            if place and place["name_km"] and _bears(site, place):
                written += [f"{word}{place['name_km']}" for word in _KHMER_KINDS.get(site["kind"], ())]
        found[site["site_id"]] = tuple(dict.fromkeys(written))
    return found


def _is_khmer(text: str) -> bool:
    return any(_KHMER[0] <= sign <= _KHMER[1] for sign in text)


def _bears(site: Row, place: Row) -> bool:
    """Return whether a site is called by a place: it was placed by that, or its Latin name says so."""
    if site["place_id"] == place["place_id"] and site["location_basis"] == "same_name_village":
        return True
    name, own = (letters(str(row["name"]).split("(")[0]) for row in (place, site))
    return bool(name) and name in own


def _village_names(record: Record, counted: frozenset[Value]) -> Iterator[tuple[str, Hidden]]:
    """Yield every spelling of the restricted villages that have no public form."""
    by_id = {row["place_id"]: row for row in record.overlaid("places")}
    for row in list_hidden_villages(record):
        hidden = Hidden(site_id=str(row["place_id"]), area=_area(row, by_id, counted))
        written = [row[column] for column in name_columns(row)]
        written += [
            alias["alias"]
            for alias in record.rows("restricted_place_aliases")
            if alias["place_id"] == row["place_id"]
        ]
        for text in filter(None, written):
            yield str(text), hidden


def _area(place: Row, by_id: Mapping[Value, Row], counted: frozenset[Value]) -> str:
    """Return the district that a place lies in, or its province where no count names the district."""
    seen: set[Value] = set()
    parent = place["parent_id"]
    while parent in by_id and parent not in seen:
        seen.add(parent)
        above = by_id[parent]
        if above["kind"] == "district" and above["pcode"] in counted:
            return area_of({"admin1": None, "admin2": above["name"], "admin2_pcode": above["pcode"]}, counted)
        if above["kind"] == "province":
            return area_of({"admin1": above["name"], "admin2": None}, counted)
        parent = above["parent_id"]
    return "the border area"
