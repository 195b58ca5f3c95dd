"""The contract of every table, read from ``data/datapackage.json``, and its rule of ``public_rules.json``.

Both files are compiled from ``data/schema`` by :mod:`utils.curation.schema`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

from utils.text.locale import TITLE, Names, name_columns

CONTRACT: Final = "datapackage.json"
PUBLIC_RULES: Final = "public_rules.json"
RESTRICTED: Final = "restricted_"
KINDS: Final = frozenset({"string", "number", "integer", "date", "boolean"})
TIERS: Final = frozenset({"public", "ngo"})
SENSITIVITIES: Final = frozenset({"low", "moderate", "high"})


class ContractError(Exception):
    """The contract cannot be read or contradicts itself."""

    def __init__(self, *, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type, what it may hold, and who may see it. ``titles`` by language code."""

    name: str
    kind: str
    titles: Mapping[str, str]
    unit: str
    required: bool
    allowed: frozenset[str]
    pattern: re.Pattern[str] | None
    minimum: float | None
    maximum: float | None
    true_value: str
    false_value: str
    tier: str
    sensitivity: str


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns of a table that must stand in another (``""`` is the table itself)."""

    column: str
    table: str
    target: str


@dataclass(frozen=True, slots=True)
class PublicRule:
    """How a table goes public: its columns, those of free text, the rows that may go, what is blurred.

    A row may go where each column of ``empty`` is empty and no column of ``without`` holds one of its
    values; ``row_rule`` and ``blur`` name functions of :mod:`utils.curation.disclosure.redaction`.
    """

    columns: tuple[str, ...]
    free_text: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    without: Mapping[str, frozenset[str]] = field(default_factory=dict)
    row_rule: str = ""
    blur: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, keys and file. ``path`` is below the data folder.

    A ``streamed`` table may be larger than memory, has parts, and need not be there; each group of
    columns in ``unique`` stands once in it. A table whose ``public`` is ``None`` does not go out.
    """

    name: str
    path: str
    titles: Mapping[str, str]
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    tier: str
    sensitivity: str
    derived: bool
    streamed: bool = False
    unique: tuple[tuple[str, ...], ...] = ()
    public: PublicRule | None = None

    @property
    def restricted(self) -> bool:
        """Return whether this is the restricted part of the record."""
        return self.name.startswith(RESTRICTED)

    @property
    def subject(self) -> str:
        """Return the name of the table that readers know, without ``restricted_``."""
        return self.name.removeprefix(RESTRICTED)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns in order."""
        return tuple(field.name for field in self.fields)


@dataclass(frozen=True, slots=True)
class Contract:
    """All tables, and the document they were read from."""

    tables: Mapping[str, Table]
    document: Mapping[str, Any]


def load(data: Path) -> Contract:
    """Read the contract and the public rules of a data folder. Raises :class:`ContractError`."""
    path = data / CONTRACT
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        titles = (TITLE, *name_columns(document, TITLE))
        tables = [_table(resource, titles) for resource in document["resources"]]
    except OSError as error:
        raise ContractError(path=path, reason=error.strerror or "cannot be read") from error
    except KeyError as error:
        raise ContractError(path=path, reason=f"not a contract ({error} is missing)") from error
    except (ValueError, TypeError, AttributeError, re.error) as error:
        raise ContractError(path=path, reason=f"not a contract ({error})") from error
    by_name = {table.name: table for table in tables}
    if len(by_name) < len(tables):
        raise ContractError(path=path, reason="two tables have the same name")
    for name, rule in _read_public_rules(data / PUBLIC_RULES).items():
        needed = {*rule.columns, *rule.free_text, *rule.empty, *rule.without}
        if unknown := needed - set(by_name[name].columns) if name in by_name else {name}:
            raise ContractError(
                path=path, reason=f"the public tier of {name} needs {', '.join(sorted(unknown))}"
            )
        by_name[name] = replace(by_name[name], public=rule)
    return Contract(tables=by_name, document=document)


def _read_public_rules(path: Path) -> dict[str, PublicRule]:
    """Return the public rules by table. Raises :class:`ContractError`."""
    try:
        rules = json.loads(path.read_text(encoding="utf-8"))["tables"]
        return {name: _public_rule(rule) for name, rule in rules.items()}
    except OSError as error:
        raise ContractError(path=path, reason=error.strerror or "cannot be read") from error
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise ContractError(path=path, reason=f"no public rules ({error})") from error


def _public_rule(rule: Mapping[str, Any]) -> PublicRule:
    return PublicRule(
        columns=tuple(rule["columns"]),
        free_text=tuple(rule.get("free_text", ())),
        empty=tuple(rule.get("empty", ())),
        without={column: frozenset(values) for column, values in rule.get("without", {}).items()},
        row_rule=rule.get("row_rule", ""),
        blur=rule.get("blur", ""),
    )


def _table(resource: Mapping[str, Any], titles: Iterable[str]) -> Table:
    schema, name = resource["schema"], resource["name"]
    key = schema["primaryKey"]
    table = Table(
        name=name,
        path=_below_curated(resource["path"]),
        titles=_titles(resource, titles),
        fields=tuple(_field(field, name, titles) for field in schema["fields"]),
        key=(key,) if isinstance(key, str) else tuple(key),
        foreign_keys=tuple(_foreign_key(link, name) for link in schema.get("foreignKeys", ())),
        tier=_require_allowed(resource["tier"], TIERS, f"tier of {name}"),
        sensitivity=_require_allowed(resource["sensitivity"], SENSITIVITIES, f"sensitivity of {name}"),
        derived=bool(resource.get("derived")),
        streamed=bool(resource.get("streamed")),
        unique=tuple(tuple(columns) for columns in schema.get("uniqueKeys", ())),
    )
    linked = {link.column for link in table.foreign_keys}.union(*table.unique)
    if unknown := (linked | set(table.key)) - set(table.columns):
        raise ValueError(f"{name} has keys that are not columns: {', '.join(sorted(unknown))}")
    if len(set(table.columns)) < len(table.columns):
        raise ValueError(f"{name} has a column twice")
    return table


def _foreign_key(link: Mapping[str, Any], table: str) -> ForeignKey:
    columns, targets = link["fields"], link["reference"]["fields"]
    if len(columns) != 1 or len(targets) != 1:
        raise ValueError(f"a foreign key of {table} has several columns")
    return ForeignKey(column=columns[0], table=link["reference"]["resource"], target=targets[0])


def _field(field: Mapping[str, Any], table: str, titles: Iterable[str]) -> Field:
    where = f"{table}.{field['name']}"
    constraints = field.get("constraints", {})
    pattern = constraints.get("pattern")
    return Field(
        name=field["name"],
        kind=_require_allowed(field["type"], KINDS, f"type of {where}"),
        titles=_titles(field, titles),
        unit=field.get("unit", ""),
        required=bool(constraints.get("required")),
        allowed=frozenset(constraints.get("enum", ())),
        pattern=re.compile(pattern) if pattern else None,
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        true_value=field.get("trueValues", ["true"])[0],
        false_value=field.get("falseValues", ["false"])[0],
        tier=_require_allowed(field["tier"], TIERS, f"tier of {where}"),
        sensitivity=_require_allowed(field["sensitivity"], SENSITIVITIES, f"sensitivity of {where}"),
    )


def _titles(described: Mapping[str, Any], keys: Iterable[str]) -> Names:
    """Return the titles of a table or column. Raises ``KeyError`` where one of ``keys`` is missing.

    A language that titles the contract as a whole must title each table and column; the titles of
    another language are in its catalogue.
    """
    for key in keys:
        described[key]
    return Names.of_row(described, TITLE)


def _require_allowed(value: str, allowed: frozenset[str], what: str) -> str:
    if value not in allowed:
        raise ValueError(f"{what} is {value!r}, not one of {', '.join(sorted(allowed))}")
    return value


def _below_curated(path: str) -> str:
    parts = PurePosixPath(path).parts
    if parts[:1] != ("curated",) or ".." in parts:
        raise ValueError(f"{path!r} is not a file of curated/")
    return path
