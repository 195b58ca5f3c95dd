"""The name gate: finds any name of a site that is not closed, in any spelling or script.

Text is compared by its letters and digits alone, so that case, accents, invisible characters, spaces,
hyphens, apostrophes, the signs of an address and letters of another script that look alike make no
difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from utils.curation.disclosure.lookalikes import INVISIBLE, fold_lookalike
from utils.curation.read import Row, Value
from utils.text.locale import name_columns

OPENLY_NAMED: Final = "name_and_district"
_KIND_WORDS: Final = {
    "pagoda": ("wat", "vat", "vatt", "pagoda", "pagode"),
    "camp": ("camp",),
    "market": ("market", "marche"),
    "hospital": ("hospital", "hopital"),
    "school": ("school", "ecole"),
}
_GENERIC: Final = frozenset(
    {"wat", "vat", "vatt", "pagoda", "pagode", "market", "marche", "camp", "site", "centre", "center",
     "safety", "shelter", "parish", "group", "hospital", "hopital", "referral", "school", "de"}
)  # fmt: skip
_DESCRIPTIVE: Final = frozenset({"planned", "former", "main", "government", "in", "near", "from", "of"})
_NAMELESS: Final = re.compile(r"\bunnamed\b|\(group|safety centres|temporary-housing|^Planned ")
_SHORTEST: Final = 5
_ANYWHERE: Final = 9
_BETRAYED_BY: Final = 60
_SPACELESS: Final = "\u0e00"
_SPELLING_MARKS: Final = ("\u0900", "\u1aaf")
_KHMER_PAGODA: Final = "វត្ត"
_NOT_LETTER: Final = re.compile(r"[\W_]")
_BEFORE: Final = re.compile(r"(?:(?:wat|vat|vatt|pagode|camp)[\W_]+(?:de[\W_]+)?|វត្ត)\Z", re.IGNORECASE)
_AFTER: Final = re.compile(
    r"[\W_]+(?:safety cent(?:er|re)|pagoda|camp|market|shelter|hospital)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A site whose name may not go out, and the area that stands in its place."""

    site_id: str
    area: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a text names a hidden site: characters ``start`` to ``end``."""

    start: int
    end: int
    hidden: Hidden


@dataclass(frozen=True, slots=True)
class _Letters:
    """A text by its letters: where each stands in the text, and where words begin and end."""

    text: str
    at: tuple[int, ...]
    begins: frozenset[int]


class _Folding(dict[int, str | None]):
    """What each character means for a comparison, found out when it is first met; ``None``: nothing."""

    def __missing__(self, code: int) -> str | None:
        self[code] = _fold(chr(code)) or None
        return self[code]


_FOLDING: Final = _Folding()
_RUNS: Final = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
"""Python folds a run of ASCII thirty times as fast as a text that holds one sign of another script."""


def letters(text: str) -> str:
    """Return the letters and digits of ``text``, without case, accents and signs."""
    return "".join([run.translate(_FOLDING) for run in _RUNS.findall(text)])


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """Return what one character means for a comparison; ``""`` for a sign or an accent.

    Marks of Khmer, Thai and their neighbours are letters of their own and stay. A letter of another script
    that looks like an ASCII one is that one.
    """
    spread = "".join(map(fold_lookalike, unicodedata.normalize("NFKD", char))).casefold()
    return "".join(sign for sign in spread if _counts(sign))


def _counts(sign: str) -> bool:
    if sign in INVISIBLE:
        return False
    if unicodedata.category(sign).startswith("M"):
        return _SPELLING_MARKS[0] <= sign <= _SPELLING_MARKS[1]
    return not _NOT_LETTER.match(sign)


def _spell(text: str) -> _Letters:
    folded: list[str] = []
    at: list[int] = []
    begins = {0}
    for index, char in enumerate(text):
        signs = _fold(char)
        folded.append(signs)
        at += [index] * len(signs)
        if not signs and char not in INVISIBLE and not unicodedata.combining(char):
            begins.add(len(at))
    return _Letters("".join(folded), tuple(at), frozenset(begins | {len(at)}))


class NameGate:
    """Matches the names of hidden sites in any text. ``names`` are compared by their letters."""

    def __init__(self, names: Mapping[str, Hidden]) -> None:
        self._names = {letters(name): hidden for name, hidden in names.items() if letters(name)}
        self._any = re.compile(_branches(name[:_BETRAYED_BY] for name in self._names) or r"(?!)")

    def __len__(self) -> int:
        """Return how many spellings the gate knows."""
        return len(self._names)

    @property
    def names(self) -> Mapping[str, Hidden]:
        """Return the spellings by their letters, to hand the gate to another process."""
        return self._names

    def may_hit(self, text: str) -> bool:
        """Return whether the letters of ``text`` hold a name, wherever its words begin: a quick look."""
        return bool(self._any.search(letters(text)))

    def find(self, text: str) -> tuple[Hit, ...]:
        """Return where ``text`` names hidden sites, from left to right without overlaps."""
        if not text or not self.may_hit(text):
            return ()
        spelt = _spell(text)
        found = sorted(
            (hit for name, hidden in self._names.items() for hit in _occurrences(name, hidden, spelt)),
            key=lambda hit: (hit.start, -hit.end),
        )
        apart: list[Hit] = []
        for hit in found:
            if not apart or hit.start >= apart[-1].end:
                apart.append(hit)
            elif hit.end > apart[-1].end:
                apart[-1] = Hit(apart[-1].start, hit.end, apart[-1].hidden)
        return tuple(apart)

    def hits(self, text: str) -> tuple[Hidden, ...]:
        """Return the hidden sites that ``text`` names, also inside an address or a slug."""
        readable = unquote(text) if "%" in text else text
        return tuple(hit.hidden for hit in self.find(text) or self.find(readable))

    def replace(self, text: str) -> str:
        """Return ``text`` with each hidden name replaced by "a site in" its district or province."""
        parts: list[str] = []
        rest = 0
        for hit in self.find(text):
            before = text[rest : hit.start]
            lead = _BEFORE.search(before)
            parts.append(before[: lead.start()] if lead else before)
            article = "a" if "".join(parts).strip() else "A"
            parts.append(f"{article} site in {hit.hidden.area}")
            tail = _AFTER.match(text, hit.end)
            rest = tail.end() if tail else hit.end
        safe = "".join(parts) + text[rest:]
        still = self.hits(safe)
        return f"A site in {still[0].area}" if still else safe


def _branches(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, branching letter by letter: as quick for a
    thousand words as for one.
    """
    tree: dict[str, list[str]] = {}
    for word in words:
        if not word:
            return ""
        tree.setdefault(word[0], []).append(word[1:])
    options = [re.escape(first) + _branches(rest) for first, rest in sorted(tree.items())]
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})" if options else ""


def _occurrences(name: str, hidden: Hidden, spelt: _Letters) -> Iterator[Hit]:
    anywhere = len(name) >= _ANYWHERE or name >= _SPACELESS
    start = spelt.text.find(name)
    while start >= 0:
        end = start + len(name)
        if anywhere or (start in spelt.begins and end in spelt.begins):
            yield Hit(spelt.at[start], spelt.at[end - 1] + 1, hidden)
        start = spelt.text.find(name, start + 1)


def build_gate(
    *,
    sites: Iterable[Row],
    aliases: Iterable[Row],
    khmer: Mapping[Value, Iterable[str]],
    villages: Iterable[tuple[str, Hidden]],
    public_names: Iterable[str],
    counted: Collection[Value],
) -> NameGate:
    """Return the gate of a record.

    ``sites`` and ``aliases`` are the restricted tables, ``khmer`` the Khmer spellings of sites,
    ``villages`` the names of places below district that are restricted. Names of provinces, districts,
    towns and of the sites that are named openly (``public_names``) never count as a hidden site's.
    ``counted`` are the P-codes of the districts that may stand in the place of a name.
    """
    sites = tuple(sites)
    openly = [str(site["name"]) for site in sites if site["public_display"] == OPENLY_NAMED]
    known = {letters(name) for name in (*public_names, *openly)}
    by_site: dict[str, list[str]] = {}
    for alias in aliases:
        by_site.setdefault(str(alias["site_id"]), []).append(str(alias["alias"]))
    names: dict[str, Hidden] = {}
    for site in sites:
        if site["public_display"] == OPENLY_NAMED:
            continue
        hidden = Hidden(site_id=str(site["site_id"]), area=area_of(site, counted))
        written = [str(site[column] or "") for column in (*name_columns(site), "village")]
        for text in (hidden.site_id, *written, *by_site.get(hidden.site_id, ())):
            for name in spellings(text, kind=str(site["kind"]), known=known):
                names.setdefault(name, hidden)
        for name in khmer.get(hidden.site_id, ()):
            if letters(name) not in known:
                names.setdefault(name, hidden)
    for text, hidden in villages:
        if letters(text) not in known:
            names.setdefault(text, hidden)
    return NameGate(names)


def area_of(row: Row, counted: Collection[Value]) -> str:
    """Return the district of a site in words, or its province where it may say no more.

    A district with a single site is folded into its province in every count, and so it is in every text.
    """
    shown = row["admin2"] and row.get("admin2_pcode") in counted
    if not shown or row.get("public_display") == "province_only":
        return f"{row['admin1']} province"
    town = re.fullmatch(r"(.*) \(municipality\)", str(row["admin2"]))
    return f"{town[1]} municipality" if town else f"{row['admin2']} district"


def is_named(site: Row) -> bool:
    """Return whether a source names a site; else its name only describes it."""
    return not _NAMELESS.search(str(site["name"]))


def spellings(text: str, *, kind: str, known: set[str]) -> tuple[str, ...]:
    """Return a site's name as written, its parts, and its distinctive words.

    A site that no source names has a description instead ("Camp in X (unnamed)"): nothing to match.
    Distinctive words that are also the name of a public place (``known``) count only beside a word
    for the kind of site: a camp that is called by its district is a site, the district is not.
    """
    if _NAMELESS.search(text):
        return ()
    whole = re.sub(r"\(.*?\)", "", text)
    found = []
    for part in {whole, *(piece for piece in whole.split(",") if len(piece.split()) > 1)}:
        words = re.split(r"[\W_]+", unicodedata.normalize("NFKC", part).strip().casefold())
        if letters(part) and letters(part) not in known:
            found.append(part.strip())
        if part.strip().startswith(_KHMER_PAGODA):
            found.append(part.strip().removeprefix(_KHMER_PAGODA).strip())
        own = [word for word in words if word and letters(word) not in _GENERIC]
        core = " ".join(own)
        if not own or _DESCRIPTIVE & set(words) or core >= _SPACELESS:
            continue
        if letters(core) in known:
            for word in _KIND_WORDS.get(kind, ()):
                found += [f"{core} {word}", f"{word} {core}"]
        elif len(letters(core)) >= _SHORTEST:
            found.append(core)
    return tuple(dict.fromkeys(found))
