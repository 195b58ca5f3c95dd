"""Cells become typed columns by the contract, in SQL, with the same refusals as in small tables.

For each column there are expressions of its value and of the code of what is wrong with the cell. What a
problem says is formulated by the parser of small tables, for the few cells that are listed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from utils.curation.cells import DIGITS, MAX_CELL, MAX_DIGITS, hidden_sign, parse, value_fault
from utils.curation.contract import Field
from utils.curation.large_tables.parts import LINE
from utils.curation.parquet import told_value as show_value
from utils.curation.problems import Code, Fault, shown

TYPES: Final[Mapping[str, str]] = {
    "string": "VARCHAR",
    "number": "DOUBLE",
    "integer": "DOUBLE",
    "date": "DATE",
    "boolean": "BOOLEAN",
}
FAULTS: Final = "_faults"
"""The column whose bits mark which cells of a row are wrong."""
_MISTYPED: Final[Mapping[str, Code]] = {
    "string": "pattern",
    "number": "number",
    "integer": "number",
    "date": "date",
    "boolean": "flag",
}
_NUMBERS: Final = frozenset({"number", "integer"})
_FINELY_MEASURED: Final = "degree"
_UNSEEN: Final = tuple(sign for sign in map(chr, range(sys.maxunicode)) if hidden_sign(sign))
_SPACES: Final = "".join(sign for sign in map(chr, range(sys.maxunicode)) if sign.isspace())
_HIDDEN_SIGNS: Final = "'[" + "".join(f"\\x{{{ord(sign):X}}}" for sign in _UNSEEN) + "]'"
_FOREIGN: Final = ("".join(map(chr, DIGITS)), "".join(map(chr, DIGITS.values())))
_SAME_IN_BOTH: Final = re.compile(r"(?:[A-Za-z0-9_ -]|\\d|\[[A-Za-z0-9_-]+\]|\{\d+(?:,\d*)?\}|[+*?|()])*")
"""Patterns that mean in SQL what they mean in Python, once ``\\d`` is any decimal digit."""


class PatternNotPortable(Exception):
    """The pattern of a column of a large table uses more than letters, classes, groups and repetitions."""

    def __init__(self, *, column: str, pattern: str) -> None:
        super().__init__(f"column {column}: a large table cannot be checked by the pattern {pattern}")
        self.column = column
        self.pattern = pattern


@dataclass(frozen=True, slots=True)
class Source:
    """Where cells come from: SQL of a relation with ``_line`` and the columns of the contract.

    Cells are text, or typed with some ``mistyped`` columns that hold text (see :class:`parts.Part`).
    """

    relation: str
    is_text: bool
    mistyped: Collection[str] = ()


def quote_name(name: str) -> str:
    """Return a name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """Return a text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def select_typed(fields: Sequence[Field], source: Source) -> str:
    """Return SQL of ``_line``, the typed columns and ``_faults``. A bad cell is null, a bad text stays.

    Raises :class:`PatternNotPortable`.
    """
    typed = ", ".join(
        f"v{at}" if field.kind == "string" else f"CASE WHEN f{at} IS NULL THEN v{at} END"
        for at, field in enumerate(fields)
    )
    bits = " + ".join(f"CASE WHEN f{at} IS NULL THEN 0 ELSE {1 << at} END" for at in range(len(fields)))
    return f"SELECT {LINE}, {typed}, {bits} FROM ({_judged(fields, source)})"


def select_faults(fields: Sequence[Field], source: Source, bits: int, most: int) -> str:
    """Return SQL of the wrong cells of the fields in ``bits``: line, number of the field, code, text, times.

    The first ``most`` of each code are listed; ``times`` says how many there are of it. Raises
    :class:`PatternNotPortable`.
    """
    cells = ", ".join(
        f"{{'field': {at}, 'code': f{at}, 'cell': CAST(c{at} AS VARCHAR)}}"
        for at in range(len(fields))
        if bits >> at & 1
    )
    each = f"SELECT {LINE}, unnest([{cells}]) AS fault FROM ({_judged(fields, source)})"
    return (
        f"SELECT {LINE}, fault.field, fault.code, fault.cell, count(*) OVER (PARTITION BY fault.code) "
        f"FROM ({each}) WHERE fault.code IS NOT NULL "
        f"QUALIFY row_number() OVER (PARTITION BY fault.code ORDER BY {LINE}, fault.field) <= {most}"
    )


def formulate(cell: str | None, field: Field, source: Source) -> tuple[str, Fault | None]:
    """Return a wrong cell as a problem shows it, and what was expected of it."""
    if source.is_text:
        return shown(cell or ""), parse(cell or "", field)[1]
    if cell is None:
        return "", value_fault(None, field)
    if field.name in source.mistyped:
        return cell, Fault(f"a value of type {field.kind}", _MISTYPED[field.kind])
    if field.kind not in _NUMBERS:
        return show_value(cell), value_fault(cell, field)
    number = float(cell)
    stored = int(number) if field.kind == "integer" and number.is_integer() else number
    return show_value(stored), value_fault(stored, field)


def _judged(fields: Sequence[Field], source: Source) -> str:
    """Return SQL of each cell ``c``, its value ``v`` and the code ``f`` of what is wrong with it."""
    columns = [quote_name(field.name) for field in fields]
    if source.is_text:
        columns = [f"nullif({column}, '')" for column in columns]
    plain = [
        _plain(f"c{at}") if source.is_text and field.kind in {"date", *_NUMBERS} else f"c{at}"
        for at, field in enumerate(fields)
    ]
    values = [_value(at, field, source) for at, field in enumerate(fields)]
    codes = [_code(at, field, source) for at, field in enumerate(fields)]
    relation = f"({source.relation})"
    for sign, expressions in (("c", columns), ("p", plain), ("v", values), ("f", codes)):
        before = LINE if sign == "c" else "*"
        named = ", ".join(f"{expression} AS {sign}{at}" for at, expression in enumerate(expressions))
        relation = f"(SELECT {before}, {named} FROM {relation})"
    return f"FROM {relation}"


def _plain(cell: str) -> str:
    """Return SQL of a cell without spaces around it, its digits as ASCII."""
    changed = f"translate(trim({cell}, {quote_text(_SPACES)}), '{_FOREIGN[0]}', '{_FOREIGN[1]}')"
    return f"CASE WHEN regexp_full_match({cell}, '[0-9.-]*') THEN {cell} ELSE {changed} END"


def _value(at: int, field: Field, source: Source) -> str:
    if field.name in source.mistyped:
        return f"NULL::{TYPES[field.kind]}"
    if field.kind == "string":
        return f"CASE WHEN length(c{at}) <= {MAX_CELL} THEN c{at} END"
    if not source.is_text:
        return f"c{at}"
    if field.kind == "boolean":
        return f"c{at} = {quote_text(field.true_value)}"
    return f"TRY_CAST(p{at} AS {TYPES[field.kind]})"


def _code(at: int, field: Field, source: Source) -> str:
    empty = "'required'" if field.required else "NULL"
    if field.name in source.mistyped:
        return f"CASE WHEN c{at} IS NULL THEN {empty} ELSE '{_MISTYPED[field.kind]}' END"
    whens = [f"WHEN c{at} IS NULL THEN {empty}"]
    if source.is_text or field.kind == "string":
        whens.append(f"WHEN length(c{at}) > {MAX_CELL} THEN 'size'")
    if field.kind == "string":
        whens += _text_faults(at, field)
    elif faults := [*(_form_faults(at, field) if source.is_text else ()), *_bound_faults(at, field)]:
        whens.append(f"WHEN {' OR '.join(faults)} THEN '{_MISTYPED[field.kind]}'")
    return f"CASE {' '.join(whens)} END"


def _text_faults(at: int, field: Field) -> list[str]:
    whens = []
    if field.allowed:
        allowed = ", ".join(quote_text(text) for text in sorted(field.allowed))
        whens.append(f"WHEN c{at} NOT IN ({allowed}) THEN 'allowed'")
    if field.pattern:
        pattern = field.pattern.pattern
        if not _SAME_IN_BOTH.fullmatch(pattern):
            raise PatternNotPortable(column=field.name, pattern=pattern)
        wanted = quote_text(pattern.replace(r"\d", r"\p{Nd}"))
        whens.append(f"WHEN NOT regexp_full_match(c{at}, {wanted}) THEN 'pattern'")
    if not whens:  # what a list or such a pattern admits has no hidden sign
        whens.append(f"WHEN regexp_matches(c{at}, {_HIDDEN_SIGNS}) THEN 'hidden-sign'")
    return whens


def _form_faults(at: int, field: Field) -> list[str]:
    """Return what is wrong with the form of a text that is to be a flag, a day or a number."""
    cell = f"p{at}"
    if field.kind == "boolean":
        return [f"c{at} NOT IN ({quote_text(field.true_value)}, {quote_text(field.false_value)})"]
    if field.kind == "date":
        form = "'[0-9]{4}-[0-9]{2}-[0-9]{2}'"
        return [f"NOT regexp_full_match({cell}, {form})", f"{cell} < '0001'", f"v{at} IS NULL"]
    if field.kind == "integer":
        return [f"NOT regexp_full_match({cell}, '-?[0-9]+')", f"length({cell}) > {MAX_DIGITS}"]
    faults = [f"NOT regexp_full_match({cell}, '-?[0-9]+(\\.[0-9]+)?')", f"v{at} IS NULL"]
    if field.unit != _FINELY_MEASURED:
        faults.append(f"regexp_full_match({cell}, '-?[1-9][0-9]{{0,2}}\\.[0-9]{{3}}')")
    return faults


def _bound_faults(at: int, field: Field) -> list[str]:
    if field.kind not in _NUMBERS:
        return []
    faults = [f"NOT isfinite(v{at})"]
    faults += [f"v{at} < {float(field.minimum)!r}"] if field.minimum is not None else []
    faults += [f"v{at} > {float(field.maximum)!r}"] if field.maximum is not None else []
    return faults
