"""The contract of every table, read from ``data/datapackage.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

RESTRICTED: Final = "restricted_"


class ContractError(Exception):
    """The contract cannot be read or contradicts itself."""

    def __init__(self, *, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type, what it may hold, and who may see it."""

    name: str
    kind: str
    required: bool
    allowed: frozenset[str]
    pattern: re.Pattern[str] | None
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
class Table:
    """One table: its columns, keys and file."""

    name: str
    path: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    tier: str
    derived: bool

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
    """Read ``datapackage.json`` of a data folder. Raises :class:`ContractError`."""
    path = data / "datapackage.json"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        tables = {resource["name"]: _table(resource) for resource in document["resources"]}
    except OSError as error:
        raise ContractError(path=path, reason=error.strerror or "cannot be read") from error
    except (ValueError, KeyError, TypeError, re.error) as error:
        raise ContractError(path=path, reason=f"not a contract ({error})") from error
    return Contract(tables=tables, document=document)


def _table(resource: Mapping[str, Any]) -> Table:
    schema = resource["schema"]
    return Table(
        name=resource["name"],
        path=resource["path"],
        fields=tuple(_field(field) for field in schema["fields"]),
        key=tuple(schema["primaryKey"]),
        foreign_keys=tuple(
            ForeignKey(
                column=key["fields"][0],
                table=key["reference"]["resource"],
                target=key["reference"]["fields"][0],
            )
            for key in schema.get("foreignKeys", ())
        ),
        tier=resource["tier"],
        derived=bool(resource.get("derived")),
    )


def _field(field: Mapping[str, Any]) -> Field:
    constraints = field.get("constraints", {})
    pattern = constraints.get("pattern")
    return Field(
        name=field["name"],
        kind=field["type"],
        required=bool(constraints.get("required")),
        allowed=frozenset(constraints.get("enum", ())),
        pattern=re.compile(pattern) if pattern else None,
        true_value=field.get("trueValues", ["true"])[0],
        false_value=field.get("falseValues", ["false"])[0],
        tier=field["tier"],
        sensitivity=field["sensitivity"],
    )
