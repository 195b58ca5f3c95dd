"""Find a place by any spelling: name in any language, alias, P-code, ISO code.

The index is built once a release. A spelling is compared without case, accents, spaces, hyphens,
apostrophes and invisible letters; then, if nothing fits, by its consonants alone, since romanised
Khmer is spelt in many ways (Oddar, Otdar, Uddor).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal

from utils.analysis import observations
from utils.analysis.places import NamedPlace, list_places
from utils.releases import Release, TableUnavailable, per_release
from utils.text.locale import name_columns

Match = Literal["exact", "begins", "holds", "sounds"]
MOST: Final = 30
LONGEST: Final = 80
_KIND_ORDER: Final = (
    *("country", "province", "district", "city", "commune", "crossing", "temple", "flashpoint", "village"),
)
_SILENT: Final = re.compile(r"[aeiouyhw]")
_ALIKE: Final = str.maketrans("dbgzqxjv", "tpkskscp")
_SHORTEST_SOUND: Final = 3
_LIKE: Final = 0.75
"""From this likeness of 1 an id of an address is taken for a misspelt one."""
_TWICE: Final = re.compile(r"(.)\1+")
_SEPARATOR: Final = "\n"
_SUBSCRIPT_TA: Final = "\u17d2\u178f"
_SUBSCRIPT_DA: Final = "\u17d2\u178a"


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place that fits a query, by which of its spellings, and how."""

    place: NamedPlace
    spelling: str
    match: Match


@dataclass(frozen=True, slots=True)
class SpellingIndex:
    """Spellings of places, ready to be searched.

    ``text`` holds every key once, each between separators, so that one pass over one string finds
    all that hold a query.
    """

    text: str
    keys: Mapping[str, tuple[tuple[str, str], ...]]
    sounds: Mapping[str, tuple[tuple[str, str], ...]]


def normalise_spelling(spelling: str) -> str:
    """Return a spelling as it is compared: no case, accents, marks between letters, invisible letters.

    Khmer vowel signs and subscripts are kept: they distinguish words. The subscripts of ta and da look
    alike and are written for each other. Digits of any script count as ASCII digits.
    """
    kept = []
    for letter in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", spelling).casefold()):
        kind = unicodedata.category(letter)
        khmer = "\u1780" <= letter <= "\u17ff"
        if kind == "Nd":
            kept.append(str(unicodedata.digit(letter)))
        elif kind[0] in "LN" or (khmer and kind[0] == "M"):
            kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept)).replace(_SUBSCRIPT_DA, _SUBSCRIPT_TA)


def reduce_to_consonants(key: str) -> str:
    """Return the consonants of a compared spelling, like ones alike; ``""`` where they say too little."""
    if not key.isascii():
        return ""
    bare = _TWICE.sub(r"\1", _SILENT.sub("", key).translate(_ALIKE))
    return bare if len(bare) >= _SHORTEST_SOUND else ""


def build_index(spellings: Iterable[tuple[str, str]]) -> SpellingIndex:
    """Return the index of ``(place id, spelling)`` pairs."""
    keys: dict[str, list[tuple[str, str]]] = defaultdict(list)
    sounds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place_id, spelling in spellings:
        key = normalise_spelling(spelling)
        if not key:
            continue
        keys[key].append((place_id, spelling))
        if heard := reduce_to_consonants(key):
            sounds[heard].append((place_id, spelling))
    return SpellingIndex(
        text=_SEPARATOR + _SEPARATOR.join(keys) + _SEPARATOR,
        keys={key: tuple(pairs) for key, pairs in keys.items()},
        sounds={key: tuple(pairs) for key, pairs in sounds.items()},
    )


def search_index(index: SpellingIndex, query: str, most: int = MOST) -> tuple[tuple[str, str, Match], ...]:
    """Return ``(place id, spelling, match)`` of the places that fit, best match first, each once."""
    key = normalise_spelling(query[:LONGEST])
    if not key:
        return ()
    hits: dict[str, tuple[str, str, Match]] = {}

    def take(pairs: Iterable[tuple[str, str]], match: Match) -> None:
        for place_id, spelling in pairs:
            if len(hits) < most:
                hits.setdefault(place_id, (place_id, spelling, match))

    take(index.keys.get(key, ()), "exact")
    for whole in _holding(index.text, _SEPARATOR + key, most):
        take(index.keys[whole], "begins")
    for whole in _holding(index.text, key, most) if len(key) > 1 else ():
        take(index.keys[whole], "holds")
    if not hits and (heard := reduce_to_consonants(key)):
        take(index.sounds.get(heard, ()), "sounds")
    return tuple(hits.values())


def _holding(text: str, part: str, most: int) -> list[str]:
    """Return the whole keys of ``text`` that hold ``part``, at most ``most``."""
    holding: list[str] = []
    at = text.find(part)
    while at >= 0 and len(holding) < most:
        start = at + 1 if text[at] == _SEPARATOR else text.rfind(_SEPARATOR, 0, at) + 1
        end = text.index(_SEPARATOR, start)
        holding.append(text[start:end])
        at = text.find(part, end)
    return holding


@per_release
def load_index(release: Release) -> SpellingIndex:
    """Return the index of a release: names in each language, aliases, P-codes, ISO codes."""
    pairs: list[tuple[str, str]] = []
    for row in observations.load_rows(release, "places"):
        columns = (*name_columns(row), "pcode", "iso3166_2")
        pairs += [(row["place_id"], row[column]) for column in columns if row[column]]
        if row["kind"] == "country":
            pairs.append((row["place_id"], row["country"]))
    with suppress(TableUnavailable):
        pairs += [(row["place_id"], row["alias"]) for row in observations.load_rows(release, "place_aliases")]
    return build_index(pairs)


@per_release
def index_places(release: Release) -> Mapping[str, NamedPlace]:
    """Return every place of this tier by its id."""
    return {place.place_id: place for place in list_places(release)}


def find_nearest_place(release: Release, place_id: str) -> str:
    """Return the id of this tier most like one that it has not, ``""`` where none is like it."""
    near = get_close_matches(place_id[:LONGEST], index_places(release), n=1, cutoff=_LIKE)
    return near[0] if near else ""


def find_places(release: Release, query: str) -> tuple[PlaceHit, ...]:
    """Return the places that fit a query, the best match first, wider areas before narrower ones."""
    by_id = index_places(release)
    hits = [
        PlaceHit(by_id[place_id], spelling, match)
        for place_id, spelling, match in search_index(load_index(release), query)
        if place_id in by_id
    ]
    order: dict[Match, int] = {"exact": 0, "begins": 1, "holds": 2, "sounds": 3}
    return tuple(
        sorted(hits, key=lambda hit: (order[hit.match], _KIND_ORDER.index(hit.place.kind), hit.spelling))
    )
