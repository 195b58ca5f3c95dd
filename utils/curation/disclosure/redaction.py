"""What the public tier holds: allow-listed columns and rows, free text through the name gate.

Which columns and rows of a table may go out stands in its file of ``data/schema`` under ``public``, after
the table of docs/design.md §5. What is not named there does not go out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from utils.curation.contract import CONTRACT, PUBLIC_RULES, ContractError, Field, PublicRule, Table
from utils.curation.curated_tables import Record
from utils.curation.disclosure.cell_suppression import SMALL as SMALL
from utils.curation.disclosure.cell_suppression import Cell, Withheld, cell_of, cells_of_ids, suppress_small
from utils.curation.disclosure.hidden_names import build_name_gate
from utils.curation.disclosure.name_filter import OPENLY_NAMED, NameGate
from utils.curation.read import Problem, Row, Value

SUPPRESSED: Final = Field(
    name="suppressed",
    kind="boolean",
    titles={"en": "Suppressed"},
    unit="",
    required=True,
    allowed=frozenset(),
    pattern=None,
    minimum=None,
    maximum=None,
    true_value="yes",
    false_value="no",
    tier="public",
    sensitivity="low",
)
"""The column that a release adds to displacement: yes where a count under five is hidden."""
Shape = tuple[tuple[str, ...], tuple[Row, ...]]
_NEAR: Final = frozenset({"KHM", "THA"})


@dataclass(frozen=True)
class Setting:
    """What a rule of a row may look at besides the row: the record and its name filter."""

    record: Record
    gate: NameGate

    def is_public(self, table: str) -> bool:
        """Return whether readers see a table: it has a public rule and is no streamed one."""
        described = self.record.contract.tables.get(table)
        return described is not None and _has_public_rows(described)

    @cached_property
    def public_places(self) -> frozenset[Value]:
        """Return the ids of the places that go public."""
        rows = _allowed(self.record, "places", self.gate)[1] if self.is_public("places") else ()
        return frozenset(row["place_id"] for row in rows)


F = TypeVar("F")
RowRule = Callable[[Row, Setting], bool]
Blur = Callable[[Row, Setting], Row]


def _blur_event(row: Row, _: Setting) -> Row:
    """Events in Cambodia and Thailand lose their point; elsewhere it is a city's, to 0.1 degree."""
    if row["country"] in _NEAR:
        return row | {"lat": None, "lon": None}
    return row | {column: _rounded(row[column], 1) for column in ("lat", "lon")}


def _blur_place(row: Row, _: Setting) -> Row:
    """The mean of a commune's villages is no finer than about a kilometre, and may be a site's point."""
    if row["coord_kind"] != "mean_of_villages":
        return row
    return row | {column: _rounded(row[column], 2) for column in ("lat", "lon")}


def _blur_delivery(row: Row, _: Setting) -> Row:
    """A delivery at a named place to a handful of people or families does not say how few."""
    if not row["place_or_site"]:
        return row
    few = [c for c in ("beneficiaries_families", "beneficiaries_people") if _is_few(row[c])]
    return row | dict.fromkeys((*few, "note") if few else (), None)


def _is_few(value: Value) -> bool:
    return isinstance(value, float | int) and 0 < value < SMALL


def _rounded(value: Value, digits: int) -> Value:
    return round(value, digits) if isinstance(value, float) else None


def _neutral_source(row: Row, setting: Setting) -> Row:
    """Return a source without its title and link where either names a hidden site."""
    gate = setting.gate
    hits = gate.hits(str(row["title"] or "")) or gate.hits(str(row["url"] or ""))
    if not hits:
        return row
    title = f"Report on displaced people in {hits[0].area} (neutral title)"
    return row | {"title": title, "url": None, "link": False}


def _concerns_public_table(row: Row, setting: Setting) -> bool:
    """Return whether an acceptance concerns a table that readers see: never a restricted one."""
    return setting.is_public(str(row["table_name"]))


def _of_public_place(row: Row, setting: Setting) -> bool:
    return row["place_id"] in setting.public_places


ROW_RULES: Final[Mapping[str, RowRule]] = {
    "concerns_public_table": _concerns_public_table,
    "of_public_place": _of_public_place,
}
"""The rules that a public rule of ``data/schema`` may name under ``rows: rule``."""
BLURS: Final[Mapping[str, Blur]] = {
    "delivery": _blur_delivery,
    "event": _blur_event,
    "place": _blur_place,
    "source": _neutral_source,
}
"""The changes of a row that a public rule of ``data/schema`` may name under ``blur``."""


def public_tables(record: Record) -> dict[str, Shape]:
    """Return ``{table: (columns, rows)}`` of the public tier: tables with a rule, in the contract's order.

    Raises :class:`ContractError` where a public rule names a function that is not known.
    """
    gate = build_name_gate(record)
    names = [name for name, table in record.contract.tables.items() if _has_public_rows(table)]
    return {name: _apply(record, name, gate) for name in names}


def public_displacement(record: Record, also: frozenset[Cell] = frozenset()) -> tuple[Row, ...]:
    """Return the rows of displacement as the public tier shows them, small cells and ``also`` hidden."""
    known = withheld(record)
    both = Withheld(known.ids, known.cells | also)
    return tuple(suppress_small(allowed_displacement(record), both, kinds_of(record)))


def allowed_displacement(record: Record) -> tuple[Row, ...]:
    """Return the rows of displacement that may go out, before small cells are hidden."""
    return _allowed(record, "displacement", build_name_gate(record))[1]


def _apply(record: Record, name: str, gate: NameGate) -> Shape:
    columns, rows = _allowed(record, name, gate)
    if name == "displacement":
        hidden = suppress_small(rows, withheld(record), kinds_of(record))
        return (*columns, SUPPRESSED.name), tuple(hidden)
    return columns, rows


def _allowed(record: Record, name: str, gate: NameGate) -> Shape:
    """Return the columns and rows of a table that its public rule lets out; none without a rule."""
    table = record.contract.tables.get(name)
    if table is None or table.public is None:
        reason = f"the public tier of {name} needs {name}"
        raise ContractError(path=record.data / CONTRACT, reason=reason)
    rule, setting = table.public, Setting(record, gate)
    may_go, blur = _row_rule(record, rule), _blur(record, rule)
    allowed = {field.name for field in table.fields if _may_go(field) and _may_go(table)}
    columns = tuple(column for column in rule.columns if column in allowed)
    rows: list[Row] = [
        {column: row[column] for column in columns} for row in record.rows(name) if may_go(row, setting)
    ]
    for row in rows:
        for column in rule.free_text:
            text = row.get(column)
            if isinstance(text, str) and gate.hits(text):
                row[column] = gate.replace(text)
    return columns, tuple(blur(row, setting) for row in rows)


def _row_rule(record: Record, rule: PublicRule) -> RowRule:
    """Return the test of whether a row may go. Raises :class:`ContractError`."""
    named = _function(record, ROW_RULES, rule.row_rule) if rule.row_rule else lambda row, setting: True

    def may_go(row: Row, setting: Setting) -> bool:
        return (
            not any(row[column] for column in rule.empty)
            and not any(row[column] in values for column, values in rule.without.items())
            and named(row, setting)
        )

    return may_go


def _blur(record: Record, rule: PublicRule) -> Blur:
    return _function(record, BLURS, rule.blur) if rule.blur else lambda row, setting: row


def _function(record: Record, functions: Mapping[str, F], name: str) -> F:
    if name not in functions:
        reason = f"{name!r} is no rule that is known: {', '.join(sorted(functions))}"
        raise ContractError(path=record.data / PUBLIC_RULES, reason=reason)
    return functions[name]


def _has_public_rows(table: Table) -> bool:
    return table.public is not None and not table.streamed and _may_go(table)


def _may_go(described: Field | Table) -> bool:
    """Return whether the contract lets a table or a column out; what it does not say is kept in."""
    return described.tier == "public" and described.sensitivity in {"low", "moderate"}


def leaks(record: Record, tables: Mapping[str, Shape]) -> tuple[Problem, ...]:
    """Return where public tables still name a hidden site or hold its point: the last gate.

    Names are not repeated in the problems, since those are printed and logged.
    """
    gate = build_name_gate(record)
    points = {
        (row["lat"], row["lon"])
        for row in record.rows("restricted_sites")
        if row["public_display"] != OPENLY_NAMED and row["coord_precision"] in {"village", "commune"}
    }
    verdict: dict[str, bool] = {}
    found = []
    for name, (columns, rows) in tables.items():
        for line, row in enumerate(rows, 1):
            for column in columns:
                text = row[column]
                if not isinstance(text, str):
                    continue
                if text not in verdict:
                    verdict[text] = bool(gate.hits(text))
                if verdict[text]:
                    found.append(_leak(name, line, column, "no name of a site that is not closed"))
            if row.get("lat") is not None and (row["lat"], row.get("lon")) in points:
                found.append(_leak(name, line, "lat", "no point of a site that is not closed"))
    return tuple(found)


def _leak(table: str, line: int, column: str, wanted: str) -> Problem:
    return Problem(f"public/{table}.parquet", line, column, "withheld", wanted, "restricted")


def withheld_cells(record: Record) -> frozenset[str]:
    """Return the ids of the cells that an earlier release hid: they stay hidden in every later one."""
    return frozenset(str(row["observation_id"]) for row in record.rows("withheld_cells"))


def withheld(record: Record) -> Withheld:
    """Return what an earlier release hid, by id and by district and day."""
    rows = record.rows("withheld_cells")
    return Withheld(withheld_cells(record), frozenset(cell_of(row) for row in rows if row["admin2"]))


def withheld_now(record: Record, rows: Sequence[Row]) -> frozenset[Cell]:
    """Return the withheld cells, with those of the withheld ids among ``rows``."""
    listed = withheld(record)
    return listed.cells | cells_of_ids(rows, listed.ids)


def kinds_of(record: Record) -> dict[str, str]:
    """Return of each indicator whether it is a stock, a flow or cumulative."""
    return {str(row["indicator"]): str(row["kind"]) for row in record.rows("indicators")}
