"""Whether what stands in the place of something restricted is as neutral as it must be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from utils.curation.checks.violation import Finding, Flaw, spots
from utils.curation.contract import RESTRICTED
from utils.curation.curated_tables import Record
from utils.curation.disclosure.hidden_names import khmer_spellings, list_counted_districts
from utils.curation.disclosure.name_filter import OPENLY_NAMED, is_named, letters
from utils.curation.problems import Row, Value
from utils.text.locale import name_columns

NOT_KNOWN: Final = "restricted_khmer_not_known"
"""The signed list of sites whose Khmer name nobody found."""
_SHORTEST_PIECE: Final = 4
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PIECE: Final = re.compile(r"[0-9a-z]*\d[0-9a-z]*")
_A_SITE_IN: Final = r"\b(?:site|camp|shelter|pagoda|safety cent(?:er|re))s? in (?:the )?{}(?!\w)(?! province)"


def khmer_names(record: Record) -> Iterator[Finding]:
    """A site that is named and hidden has a Khmer spelling, or it is signed as not known."""
    spelt = khmer_spellings(record)
    signed = {row["site_id"] for row in record.rows(NOT_KNOWN)}
    needed = {
        row["site_id"]
        for row in record.rows("restricted_sites")
        if row["public_display"] != OPENLY_NAMED and is_named(row) and not spelt[row["site_id"]]
    }
    for spot in spots(record.readings["restricted_sites"]):
        if spot.row["site_id"] in needed - signed:
            wanted = (
                "the Khmer name, or a signed row in khmer_not_known.csv: the scan knows names it is given"
            )
            yield spot, Flaw("name_km", None, wanted, "restricted")
    for spot in spots(record.readings[NOT_KNOWN]) if NOT_KNOWN in record.readings else ():
        if spot.row["site_id"] not in needed:
            wanted = "a named, hidden site without a Khmer spelling: remove the row"
            yield spot, Flaw("site_id", spot.row["site_id"], wanted, "restricted")


def districts_in_texts(record: Record) -> Iterator[Finding]:
    """A text in the place of a restricted one names a district only where a count of sites does."""
    names = tuple(_uncounted(record))
    if not names:
        return
    patterns = {replaced: tuple(_patterns(names, replaced=replaced)) for replaced in (False, True)}
    for name, reading in record.readings.items():
        hidden = _by_key(record, RESTRICTED + name, reading.table.key)
        columns = [
            field.name for field in reading.table.fields if field.kind == "string" and not field.pattern
        ]
        for spot in spots(reading) if not reading.table.restricted else ():
            other = hidden.get(tuple(spot.row[column] for column in reading.table.key))
            for column in columns:
                text = spot.row[column]
                if not isinstance(text, str):
                    continue
                if any(pattern.search(text) for pattern in patterns[other is not None]):
                    wanted = "the province: no count of sites names this district"
                    yield spot, Flaw(column, "withheld", wanted, "restricted")


def _uncounted(record: Record) -> Iterator[tuple[str, bool]]:
    """Yield the names of districts with hidden sites that no count names, and whether each is unique."""
    counted = list_counted_districts(record)
    hidden = {
        row["admin2_pcode"]
        for row in record.rows("restricted_sites")
        if row["public_display"] != OPENLY_NAMED
    }
    places = record.rows("places")
    shared = {
        letters(str(row[column]))
        for row in places
        if row["kind"] in {"province", "city"} or (row["kind"] == "district" and row["pcode"] in counted)
        for column in name_columns(row)
        if row[column]
    }
    for row in places:
        if row["kind"] == "district" and row["pcode"] in hidden - counted:
            for name in {str(row[column]).split(" (")[0] for column in name_columns(row) if row[column]}:
                yield name, letters(name) not in shared


def _patterns(names: Iterable[tuple[str, bool]], *, replaced: bool) -> Iterator[re.Pattern[str]]:
    for name, alone in names:
        spelt = re.escape(name)
        yield re.compile(
            _A_SITE_IN.format(spelt) if alone else _A_SITE_IN.format(spelt + " (?:district|municipality)")
        )
        if replaced:
            yield re.compile(
                rf"(?<!\w){spelt}(?!\w)" if alone else rf"(?<!\w){spelt} (?:district|municipality)"
            )


def pieces_of_addresses(record: Record) -> Iterator[Finding]:
    """No number of a withheld address stands in an id, nor in a text about its source."""
    by_source = withheld_pieces(record)
    every = frozenset().union(*by_source.values())
    if not every:
        return
    for reading in record.readings.values():
        columns = [field.name for field in reading.table.fields if field.kind == "string"]
        for spot in spots(reading) if not reading.table.restricted else ():
            own = by_source.get(spot.row.get("source_id"), frozenset())
            for column in columns:
                text = spot.row[column]
                is_id = column in reading.table.key or column.endswith("_id")
                if isinstance(text, str) and (every if is_id else own) & list_pieces(text):
                    wanted = "no piece of an address that is withheld"
                    yield spot, Flaw(column, "withheld", wanted, "restricted")


def withheld_pieces(record: Record) -> dict[Value, frozenset[str]]:
    """Return of each source whose address is withheld the numbers and marks that the address holds."""
    shown = {row["source_id"] for row in record.rows("sources") if row["url"]}
    return {
        row["source_id"]: _pieces(row)
        for row in record.rows(RESTRICTED + "sources")
        if row["url"] and row["source_id"] not in shown
    }


def list_pieces(text: str) -> frozenset[str]:
    """Return the parts of a text that hold a digit, in small letters."""
    return frozenset(_PIECE.findall(text.lower()))


def _pieces(source: Row) -> frozenset[str]:
    """Return the parts of an address that hold a digit, but no year and no short number as of a day."""
    address = urlsplit(unquote(str(source["url"])))
    found = list_pieces(f"{address.path}?{address.query}#{address.fragment}")
    return frozenset(part for part in found if len(part) >= _SHORTEST_PIECE and not _YEAR.fullmatch(part))


def _by_key(record: Record, table: str, key: tuple[str, ...]) -> dict[tuple[Value, ...], Row]:
    return {tuple(row[column] for column in key): row for row in record.rows(table)}
