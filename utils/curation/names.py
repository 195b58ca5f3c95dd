"""The name gate: finds any name of a site that is not closed, in any spelling or script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from utils.curation.read import Row

_GENERIC: Final = frozenset(
    {"wat", "vat", "vatt", "pagoda", "market", "camp", "site", "centre", "center", "safety",
     "shelter", "parish", "unnamed", "group"}
)  # fmt: skip
_SHORTEST: Final = 6
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def plain(text: str) -> str:
    """Return ``text`` without case, accents, invisible characters and punctuation.

    Marks of Khmer and Thai are letters of their own and stay; Latin accents go.
    """
    spread = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
    kept = "".join(c for c in spread if not ("\u0300" <= c <= "\u036f"))
    return re.sub(r"[^\w\u0e00-\u0e7f\u1780-\u17ff]+|_+", " ", kept).strip()


@dataclass(frozen=True, slots=True)
class Hidden:
    """A site whose name may not go out, and the area that stands in its place."""

    site_id: str
    area: str


class NameGate:
    """Matches the names of hidden sites in any text."""

    def __init__(self, names: Mapping[str, Hidden]) -> None:
        self._names = dict(names)
        longest_first = sorted(self._names, key=len, reverse=True)
        self._spaced = _alternatives(longest_first, boundary=True)
        tight = {name.replace(" ", ""): hidden for name, hidden in self._names.items()}
        self._tight_names = {name: hidden for name, hidden in tight.items() if len(name) > _SHORTEST}
        self._tight = _alternatives(sorted(self._tight_names, key=len, reverse=True), boundary=False)
        self._written = [
            (
                re.compile(
                    r"(?<!\w)(?:(?:wat|vat|vatt)\W+)?"
                    + r"[\W_]+".join(re.escape(word) for word in name.split())
                    + r"(?:\W(?:pagoda|camp|market|shelter|safety cent(?:er|re)))?(?!\w)",
                    re.IGNORECASE,
                ),
                self._names[name],
            )
            for name in longest_first
        ]

    def hits(self, text: str) -> tuple[Hidden, ...]:
        """Return the hidden sites that ``text`` names, also inside an address or a slug."""
        if not text or not self._names:
            return ()
        written = plain(text)
        found = [self._names[match.group(0)] for match in self._spaced.finditer(written)]
        if not found:
            squeezed = re.sub(r"\W", "", written)
            found = [self._tight_names[m.group(0)] for m in self._tight.finditer(squeezed)]
        return tuple(found)

    def replace(self, text: str) -> str:
        """Return ``text`` with each hidden name replaced by its area; ``""`` if one still shows."""
        for pattern, hidden in self._written:
            text = pattern.sub(f"a site in {hidden.area}", text)
        return "" if self.hits(text) else text


def _alternatives(names: Iterable[str], *, boundary: bool) -> re.Pattern[str]:
    body = "|".join(re.escape(name) for name in names) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)" if boundary else body)


def build_gate(
    *,
    sites: Iterable[Row],
    aliases: Iterable[Row],
    site_places: Iterable[Row],
    public_names: Iterable[str],
) -> NameGate:
    """Return the gate of a record.

    ``sites`` and ``aliases`` are the restricted tables, ``site_places`` villages where sites are.
    Names of provinces, districts, towns and crossings (``public_names``) never count as a site's.
    """
    known = {plain(name) for name in public_names}
    by_site: dict[str, list[str]] = {}
    for alias in aliases:
        by_site.setdefault(str(alias["site_id"]), []).append(str(alias["alias"]))
    names: dict[str, Hidden] = {}
    for site in sites:
        if site["public_display"] == "name_and_district":
            continue
        hidden = Hidden(site_id=str(site["site_id"]), area=_area(site))
        written = [site["name"], site["name_km"], site["village"], *by_site.get(hidden.site_id, ())]
        for text in written:
            for name in _spellings(str(text or "")):
                if name not in known:
                    names.setdefault(name, hidden)
    for place in site_places:
        if place["kind"] == "village":
            for text in (place["name"], place["name_km"]):
                name = plain(str(text or ""))
                if name and name not in known:
                    names.setdefault(name, Hidden(site_id=str(place["place_id"]), area="the border area"))
    return NameGate(names)


def _area(site: Row) -> str:
    return f"{site['admin2']} district" if site["admin2"] else f"{site['admin1']} province"


def _spellings(text: str) -> Iterable[str]:
    """Yield a site's name as written and its distinctive part, where it has one.

    A site that no source names has a description instead ("Camp in X (unnamed)"): nothing to match.
    """
    if re.search(r"\((?:unnamed|group)", text) or text.startswith("Planned "):
        return
    full = plain(re.sub(r"\(.*?\)", "", text))
    if not full:
        return
    words = full.split()
    distinctive = [word for word in words if word not in _GENERIC]
    descriptive = {"planned", "former", "main", "government", "in", "near", "from", "referral"}
    if len(words) > 1 or distinctive == words:
        yield full
    core = " ".join(distinctive)
    if len(core) > _SHORTEST - 1 and core != full and not descriptive & set(distinctive):
        yield core
