"""Compiles ``data/schema/*.yaml`` to the published contract and the public rules.

``datapackage.json`` is what outside tools validate and readers download; ``public_rules.json`` is what
redaction follows. Both are generated: the app reads them and never the YAML.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from utils.curation.contract import CONTRACT, PUBLIC_RULES, RESTRICTED, PublicRule
from utils.curation.problems import Problem
from utils.curation.schema.definitions import (
    NAME,
    Column,
    Table,
    Vocabulary,
    read_public_rule,
    read_shared_columns,
    read_table,
)
from utils.curation.schema.yaml_nodes import Entries, Located, SchemaFile, suggestion
from utils.releases.durable_files import replace_durably

FOLDER: Final = "schema"
PACKAGE: Final = "package.yaml"
COLUMNS: Final = "columns.yaml"
RESTRICTED_FOLDER: Final = "restricted"
_PACKAGE_KEYS: Final = ("name", "description", "version", "licence", "restricted_licence", "tables")
_LICENCE_KEYS: Final = ("name", "title", "path")
_CONSTRAINTS: Final = {"pattern": "pattern", "values": "enum"}
_FURTHER_CONSTRAINTS: Final = ("required", "minimum", "maximum")


class SchemaRefused(Exception):
    """The schema has problems; nothing was compiled."""

    def __init__(self, *, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems of the schema; nothing was compiled")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Compiled:
    """The bytes of the files that a schema gives, by name."""

    files: Mapping[str, bytes]

    def differing(self, data: Path) -> list[str]:
        """Return the names of the files that are not there or not the same in a data folder."""
        return [
            name
            for name, content in self.files.items()
            if not (data / name).is_file() or (data / name).read_bytes() != content
        ]

    def write(self, data: Path) -> list[str]:
        """Replace what differs; return the names of those files. Raises ``OSError``."""
        names = self.differing(data)
        for name in names:
            replace_durably(data / name, self.files[name])
        return names


def compile_schema(data: Path, vocabulary: Vocabulary) -> Compiled:
    """Return what ``data/schema`` gives. Raises :class:`SchemaRefused` with every problem at once.

    A language of ``vocabulary`` in which neither the record nor any table has a title is not asked for: its
    titles are in its catalogue.
    """
    files = {path: SchemaFile(f"{data.name}/{path.relative_to(data).as_posix()}") for path in _paths(data)}
    tops = {path: file.parse(path) if path.suffix == ".yaml" else None for path, file in files.items()}
    top_columns, top_package = tops.pop(data / FOLDER / COLUMNS), tops.pop(data / FOLDER / PACKAGE)
    if top_columns is None or top_package is None:
        raise _refused(files.values())
    used = [top for top in (top_package, *tops.values()) if top]
    further = [it for it in vocabulary.languages[1:] if any(top.has(f"title_{it}") for top in used)]
    vocabulary = replace(vocabulary, languages=(vocabulary.languages[0], *further))
    shared = read_shared_columns(top_columns, vocabulary)
    tables: dict[str, Table] = {}
    for path, top in tops.items():
        name = _table_name(path)
        if not NAME.fullmatch(name):
            files[path].refuse(0, "", path.name, "a file named for its table, as `site_counts.yaml`")
        elif top:
            models = tables if name.startswith(RESTRICTED) else {}
            tables[name] = read_table(top, name, shared, models, vocabulary)
    rules = {name: read_public_rule(table, vocabulary) for name, table in tables.items()}
    unread = {_table_name(path) for path in tops} - set(tables)
    if not (data / FOLDER / RESTRICTED_FOLDER).is_dir():
        unread |= {RESTRICTED}
    package = top_package.entries((*vocabulary.titles, *_PACKAGE_KEYS))
    ordered = _in_order(package, tables, unread)
    for table in ordered:
        _check_links(table, tables, unread)
    head = _head(package, top_package, vocabulary)
    if any(file.problems for file in files.values()):
        raise _refused(files.values())
    document = _document(head, ordered, vocabulary)
    public = {table.name: rule for table in ordered if (rule := rules[table.name])}
    return Compiled({CONTRACT: _contract_json(document), PUBLIC_RULES: _rules_json(public)})


def _paths(data: Path) -> list[Path]:
    """Return the files of the schema: the two of all tables, open tables, then restricted ones."""
    folder = data / FOLDER
    both = [folder / COLUMNS, folder / PACKAGE]
    there = {*folder.glob("[!.]*.*"), *(folder / RESTRICTED_FOLDER).glob("[!.]*.*")}
    return [*both, *sorted(there.difference(both), key=lambda path: (path.parent, path))]


def _table_name(path: Path) -> str:
    """Return the name of the table of a file; what is no name where the file is no YAML."""
    stem = path.name.removesuffix(".yaml")
    return RESTRICTED + stem if path.parent.name == RESTRICTED_FOLDER else stem


def _refused(files: Iterable[SchemaFile]) -> SchemaRefused:
    return SchemaRefused(problems=sorted(problem for file in files for problem in file.problems))


def _in_order(package: Entries, tables: Mapping[str, Table], unread: Collection[str]) -> list[Table]:
    """Return open tables, then restricted ones; each as listed, what is not listed last, by name."""
    rank: dict[str, int] = {}
    for item in package["tables"].items() if "tables" in package else ():
        name = item.text()
        rank.setdefault(name, len(rank))
        if name not in tables and not _is_unread(name, unread):
            item.refuse(f"a table that has a file here{suggestion(name, tables)}")
    last = len(rank)
    return sorted(tables.values(), key=lambda it: (it.restricted, rank.get(it.name, last), it.name))


def _is_unread(table: str, unread: Collection[str]) -> bool:
    """Return whether a table could not be read, or belongs to a restricted part that is not there."""
    return table in unread or (table.startswith(RESTRICTED) and RESTRICTED in unread)


def _check_links(table: Table, tables: Mapping[str, Table], unread: Collection[str]) -> None:
    for name, column in table.columns.items():
        target, target_column = _target(column.get("link", ""))
        linked = tables.get(target) if target else table
        if "link" not in column or _is_unread(target, unread):
            continue
        if linked is None or target_column not in linked.columns:
            expected = "a link to a column of a table, as `places.pcode`, or of this one, as `place_id`"
            table.positions[name].refuse(expected, column["link"])


def _target(link: str) -> tuple[str, str]:
    table, _, column = link.rpartition(".")
    return table, column


def _head(package: Entries, top: Located, vocabulary: Vocabulary) -> dict[str, str | dict[str, str]]:
    """Return what the contract says of the whole record, by the keys of ``package.yaml``."""
    required = [key for key in (*vocabulary.titles, *_PACKAGE_KEYS) if key != "tables"]
    missing = [key for key in required if key not in package]
    if missing:
        top.refuse(", ".join(required), f"no {', '.join(missing)}")
    return {
        key: _licence(package[key]) if key in {"licence", "restricted_licence"} else package[key].text()
        for key in required
        if key in package
    }


def _document(head: Mapping[str, Any], tables: Sequence[Table], vocabulary: Vocabulary) -> dict[str, Any]:
    def resource(table: Table) -> dict[str, Any]:
        return _resource(table, head["restricted_licence" if table.restricted else "licence"], vocabulary)

    return {
        **{key: head[key] for key in ("name", *vocabulary.titles, "description", "version")},
        "licenses": [head["licence"]],
        "profile": "tabular-data-package",
        "resources": [resource(table) for table in tables if not table.computed],
        "computed": [resource(table) for table in tables if table.computed],
    }


def _licence(located: Located) -> dict[str, str]:
    return {key: value.text() for key, value in located.entries(_LICENCE_KEYS).items()}


def _resource(table: Table, licence: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the entry of a table in the contract (Frictionless: a data resource)."""
    early = {flag: True for flag in table.flags if flag not in table.late_flags}
    late = {flag: True for flag in table.flags if flag in table.late_flags}
    subject = table.name.removeprefix(RESTRICTED)
    folder = "curated/restricted" if table.restricted else "curated"
    is_csv = table.format == "csv"
    file: dict[str, Any] = {}
    if not table.computed:
        file = {"profile": "tabular-data-resource", "format": table.format}
        file |= {"mediatype": "text/csv", "encoding": "utf-8"} if is_csv else {}
    return {
        "name": table.name,
        "path": f"{table.name}.parquet" if table.computed else f"{folder}/{subject}.{table.format}",
        **table.titles,
        **file,
        **({"description": table.description} if table.description else {}),
        "tier": table.tier,
        "sensitivity": table.sensitivity,
        **early,
        "licenses": [licence],
        "schema": _schema(table, vocabulary),
        **late,
    }


def _schema(table: Table, vocabulary: Vocabulary) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(name, column, table, vocabulary) for name, column in table.columns.items()],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    linked = [name for name, column in table.columns.items() if "link" in column]
    if linked:
        schema["foreignKeys"] = [
            _foreign_key(name, table.columns[name]["link"])
            for name in [*table.link_order, *(name for name in linked if name not in table.link_order)]
        ]
    if table.unique:
        schema["uniqueKeys"] = [list(columns) for columns in table.unique]
    return schema


def _foreign_key(column: str, link: str) -> dict[str, Any]:
    table, target = _target(link)
    return {"fields": [column], "reference": {"resource": table, "fields": [target]}}


def _field(name: str, column: Column, table: Table, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the entry of a column: in a table that is kept in or of high sensitivity, it is so too."""
    keys = list(column)
    described = {"description": column["description"]} if "description" in column else {}
    is_late = described and "tier" in keys and keys.index("tier") < keys.index("description")
    field: dict[str, Any] = {"name": name, "type": column.get("type", "string")}
    field |= {key: column[key] for key in vocabulary.titles if key in column}
    if field["type"] == "boolean":
        true, false = column.get("words", ("yes", "no"))
        field |= {"trueValues": [true], "falseValues": [false]}
    field |= {} if is_late else described
    field |= {"unit": column["unit"]} if "unit" in column else {}
    constraints = {json_key: column[key] for key, json_key in _CONSTRAINTS.items() if key in column}
    constraints |= {
        key: column[key] for key in keys if key in _FURTHER_CONSTRAINTS and column[key] is not False
    }
    field |= {"constraints": constraints} if constraints else {}
    field["sensitivity"] = "high" if table.sensitivity == "high" else column.get("sensitivity", "low")
    field["tier"] = "ngo" if table.tier == "ngo" else column.get("tier", "public")
    return field | (described if is_late else {})


def _contract_json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _rules_json(rules: Mapping[str, PublicRule]) -> bytes:
    """Return the public rules as JSON, a table a line."""
    lines = [f"    {json.dumps(name)}: {json.dumps(_rule(rule))}" for name, rule in rules.items()]
    generated = json.dumps("from data/schema by python -m utils.curation schema")
    text = '{{\n  "generated": {},\n  "tables": {{\n{}\n  }}\n}}\n'
    return text.format(generated, ",\n".join(lines)).encode()


def _rule(rule: PublicRule) -> dict[str, Any]:
    written = {
        "columns": list(rule.columns),
        "free_text": list(rule.free_text),
        "empty": list(rule.empty),
        "without": {column: sorted(values) for column, values in rule.without.items()},
        "row_rule": rule.row_rule,
        "blur": rule.blur,
    }
    return {key: value for key, value in written.items() if value}
