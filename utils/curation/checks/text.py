"""Text that is no text: placeholders for nothing, and what shows who or where a person is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from utils.curation.cells import DIGITS
from utils.curation.checks.known import Known
from utils.curation.checks.violation import Flaw
from utils.curation.contract import Table
from utils.curation.problems import Row

Rule = Callable[[Table, Row, Known], Iterator[Flaw]]
_PLACEHOLDERS: Final = frozenset(
    {
        *("na", "n/a", "n.a.", "#n/a", "nan", "null", "none", "nil", "nd", "n.d.", "tbd", "tbc"),
        *("-", "--", "–", "—", "?", "??", "...", "…", "xxx", "#ref!", "#value!", "#name?", "#div/0!"),
    }
)
_ADDRESSES: Final = frozenset({"url", "website"})
_MEANT_FOR_PHONES: Final = frozenset({("emergency_contacts", "phone")})
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_SIGNS: Final = r"[ \u00a0\u202f./()-]{0,2}"
_PHONES: Final = (
    re.compile(rf"(?<![\w+])(?:\+|00){_SIGNS}[1-9](?:{_SIGNS}\d){{7,13}}(?!\w)"),
    re.compile(rf"(?<![\w./-])\(?0[1-9]\)?(?:{_SIGNS}\d){{7,9}}(?![\w/-])"),
)
_FEWEST_DIGITS: Final = 9
_SHORTEST_IBAN: Final = 15
_ACCOUNT: Final = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?!\w)")
_LONG_NUMBER: Final = re.compile(r"(?<![\w.,/=-])\d(?:[ -]?\d){8,15}(?![\w,/-])(?!\.\d)")
_PASSPORT: Final = re.compile(
    r"(?i:passport|passeport|id card|identity card|national id|លិខិតឆ្លងដែន|អត្តសញ្ញាណប័ណ្ណ)"
    r"\W{0,12}(?:no\.?|n°|number|លេខ)?\W{0,4}"
    r"(?=[A-Z0-9]*\d{5})[A-Z0-9]{6,12}(?!\w)"
)
_HOME: Final = re.compile(
    r"\b\d{1,4}\s?(?:bis|ter|[A-D])?,?\s+"
    r"(?:rue|avenue|av\.|boulevard|bd|impasse|allée|chemin|quai|place)\s+\w"
    r"|\b\d{1,5}\s+(?:[A-Z][\w'’-]+\s+){1,3}"
    r"(?:street|st\.|avenue|ave\.?|road|rd\.?|boulevard|blvd\.?|lane|drive)\b"
    r"|\b(?:house|home|apartment|apt|flat)\s*(?:no\.?|number|#)\s*\d+"
    r"|ផ្ទះ\s*លេខ",
    re.IGNORECASE,
)
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
_A_DAY: Final = re.compile(r"(?:19|20)\d\d[ -]?(?:0[1-9]|1[0-2])[ -]?(?:[0-2]\d|3[01])(?!\d)")


def _texts(table: Table) -> Iterator[str]:
    """Yield the columns that hold words of one's own: no ids, codes, keys or closed lists."""
    linked = {link.column for link in table.foreign_keys} | set(table.key)
    for field in table.fields:
        if field.kind == "string" and not (field.allowed or field.pattern or field.name in linked):
            yield field.name


def has_text(table: Table) -> bool:
    """Return whether a table has columns of words."""
    return any(True for _ in _texts(table))


def placeholders(table: Table) -> Rule:
    """What is not known is an empty cell, not a sign or word that stands for it."""
    columns = tuple(_texts(table))

    def rule(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
        for column in columns:
            value = row[column]
            if isinstance(value, str) and (value.isspace() or value.strip().casefold() in _PLACEHOLDERS):
                yield Flaw(column, value, "words, or an empty cell where nothing is known", "placeholder")

    return rule


def personal_data(table: Table) -> Rule:
    """No text holds an e-mail, phone number, home address, account or identity number.

    What was found is not repeated, since problems are printed and logged.
    """
    columns = tuple(column for column in _texts(table) if column not in _ADDRESSES)
    for_phones = {column for column in columns if (table.subject, column) in _MEANT_FOR_PHONES}

    def rule(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
        for column in columns:
            value = row[column]
            found = personal(value, phones=column not in for_phones) if isinstance(value, str) else ""
            if found:
                yield Flaw(column, "withheld", f"no {found}: this record holds none", "personal-data")

    return rule


@lru_cache(maxsize=16384)
def personal(value: str, *, phones: bool = True) -> str:
    """Return what a text reveals of a person: the kind of datum, empty for nothing."""
    plain = value.translate(DIGITS)
    if "@" in plain and _MAIL.search(plain):
        return "e-mail address"
    if _HOME.search(plain):
        return "home address"
    if sum(sign.isdigit() for sign in plain) < _FEWEST_DIGITS and not _PASSPORT.search(plain):
        return ""
    if any(_is_account(found.group()) for found in _ACCOUNT.finditer(plain)):
        return "bank account number"
    if _PASSPORT.search(plain):
        return "identity number"
    if not phones:
        return ""
    if any(_is_phone(found.group()) for kind in _PHONES for found in kind.finditer(plain)):
        return "phone number"
    if any(_is_long_id(found.group()) for found in _LONG_NUMBER.finditer(plain)):
        return "identity number or phone number"
    return ""


def _is_phone(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) >= _FEWEST_DIGITS


def _is_long_id(text: str) -> bool:
    """Return whether digits in a row are neither a day nor an amount in groups of three."""
    return not (_A_DAY.match(text) or _GROUPED.fullmatch(text))


def _is_account(text: str) -> bool:
    """Return whether an IBAN's check digits are right (ISO 13616); words may follow it."""
    plain = ""
    for part in text.split():
        plain += part
        turned = plain[4:] + plain[:4]
        if len(plain) >= _SHORTEST_IBAN and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1:
            return True
    return False
