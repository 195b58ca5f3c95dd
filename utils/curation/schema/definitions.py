"""What the files of ``data/schema`` define: shared columns, tables and their public rules.

``columns.yaml`` holds each column that several tables have, once. ``<table>.yaml`` defines a table and
``restricted/<table>.yaml`` its restricted part. docs/extending.md explains the keys.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from utils.curation.contract import KINDS, RESTRICTED, PublicRule
from utils.curation.schema.yaml_nodes import Entries, Located, suggestion

Column = dict[str, Any]
"""A column by the keys of its YAML. A value of ``None`` takes a shared value away."""
TYPES: Final = ("string", *sorted(KINDS - {"string"}))
TIERS: Final = ("public", "ngo")
SENSITIVITIES: Final = ("low", "moderate", "high")
FORMATS: Final = ("csv", "parquet")
_COLUMN: Final = (
    *("type", "description", "unit", "pattern", "values", "minimum", "maximum", "required"),
    *("words", "link", "sensitivity", "tier"),
)
_TABLE: Final = ("description", "like", "key", "unique", "columns", "link_order", "format", "derived")
_OPEN_TABLE: Final = (*_TABLE, "tier", "sensitivity", "streamed", "computed", "public")
_PUBLIC: Final = ("columns", "free_text", "rows", "blur")
_ROWS: Final = ("empty", "without", "rule")
NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_EACH_NAME: Final = "name*"
_NEW_COLUMN: Final = "a column of columns.yaml, or one with titles of its own"
_ONLY_FOR: Final = {
    "words": {"boolean"},
    "pattern": {"string"},
    "values": {"string"},
    "minimum": {"number", "integer"},
    "maximum": {"number", "integer"},
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the schema may name: languages (the first is that of ``title``) and rules of redaction.

    Each table and column has a title in each of these languages.
    """

    languages: Sequence[str]
    row_rules: Collection[str]
    blurs: Collection[str]

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the keys of a title: ``title``, then ``title_xx`` for each further language."""
        return ("title", *(f"title_{language}" for language in self.languages[1:]))


@dataclass(frozen=True, slots=True)
class Table:
    """A table as its file defines it. ``columns`` holds merged columns by name, in order.

    ``flags`` are ``streamed`` and ``derived`` where they hold; those written below the columns are in
    ``late_flags`` too, since the contract has them last. ``positions`` is where each column stands.
    """

    name: str
    located: Located
    titles: Mapping[str, str]
    description: str
    key: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...]
    columns: Mapping[str, Column]
    positions: Mapping[str, Located]
    link_order: tuple[str, ...]
    format: str
    tier: str
    sensitivity: str
    flags: tuple[str, ...]
    late_flags: frozenset[str]
    computed: bool
    public: Located | None

    @property
    def restricted(self) -> bool:
        """Return whether this is the restricted part of the record."""
        return self.name.startswith(RESTRICTED)


def read_shared_columns(top: Located, vocabulary: Vocabulary) -> dict[str, Column]:
    """Return the columns of ``columns.yaml`` by name."""
    entries = top.entries()
    for name, below in entries.items():
        _check_name(name, below)
    return {name: _merged({}, below, below, vocabulary) for name, below in entries.items()}


def _check_name(name: str, where: Located) -> None:
    if not NAME.fullmatch(name):
        where.refuse("a name of small letters, digits and _, as `as_of`", name)


def read_table(
    located: Located,
    name: str,
    shared: Mapping[str, Column],
    models: Mapping[str, Table],
    vocabulary: Vocabulary,
) -> Table:
    """Return the table of a file. ``models`` are the tables it may be ``like``."""
    restricted = name.startswith(RESTRICTED)
    entries = located.entries((*vocabulary.titles, *(_TABLE if restricted else _OPEN_TABLE)))
    if (wanted := entries.text("like")) and wanted not in models:
        entries["like"].refuse(f"an open table of the schema{suggestion(wanted, models)}")
    model = models.get(wanted)
    if "columns" not in entries and "like" not in entries:
        located.refuse("columns: a list of columns", "no columns")
    if "key" not in entries and "like" not in entries:
        located.refuse("key: the columns that identify a row", "no key")
    columns, positions = _columns(entries, shared, model, vocabulary)
    flags = tuple(flag for flag in ("streamed", "derived") if entries.flag(flag))
    written = list(entries)
    below = written[written.index("columns") :] if "columns" in entries else []
    titles = {key: entries.text(key) for key in vocabulary.titles if key in entries}
    _ask_for_titles(titles, located, vocabulary)
    return Table(
        name=name,
        located=located,
        titles=titles,
        description=entries.text("description", model.description if model else ""),
        key=_names(entries, "key", columns) or (model.key if model else ()),
        unique=tuple(
            _names_of(group, columns) for group in (entries["unique"].items() if "unique" in entries else ())
        ),
        columns=columns,
        positions=positions,
        link_order=_names(entries, "link_order", [key for key in columns if "link" in columns[key]]),
        format=entries.choice("format", FORMATS, FORMATS[0]),
        tier=entries.choice("tier", TIERS, "ngo" if restricted else "public"),
        sensitivity=entries.choice("sensitivity", SENSITIVITIES, "high" if restricted else "low"),
        flags=flags,
        late_flags=frozenset(flags) & frozenset(below),
        computed=entries.flag("computed"),
        public=entries.get("public"),
    )


def _ask_for_titles(titles: Collection[str], located: Located, vocabulary: Vocabulary) -> None:
    if missing := [key for key in vocabulary.titles if key not in titles]:
        located.refuse(
            f"a title in each language: {', '.join(vocabulary.titles)}", f"no {', '.join(missing)}"
        )


def _columns(
    entries: Entries, shared: Mapping[str, Column], model: Table | None, vocabulary: Vocabulary
) -> tuple[dict[str, Column], dict[str, Located]]:
    """Return the columns of a table by name, merged with the shared ones, and where each stands."""
    columns: dict[str, Column] = dict(model.columns) if model else {}
    positions = dict.fromkeys(columns, entries["like"]) if model else {}
    bases, kind = (model.columns, f"a column of {model.name}") if model else (shared, _NEW_COLUMN)
    first: dict[str, int] = {}
    if "columns" not in entries or ("like" in entries and model is None):
        return columns, positions
    for item in entries["columns"].items():
        name, below = _column_item(item)
        where = Located(item.file, item.node, f"columns.{name}", item.line)
        if not name:
            continue
        if name in first:
            where.refuse(f"each column once; it stands in line {first[name]} too", name)
            continue
        first[name] = where.line
        is_new = model is None and below is not None and below.has("title")
        if name not in bases and not is_new:
            where.refuse(f"{kind}{suggestion(name, bases)}", name)
            continue
        columns[name] = _merged(bases.get(name, {}), below, where, vocabulary)
        positions[name] = where
    return columns, positions


def _column_item(item: Located) -> tuple[str, Located | None]:
    """Return the name of an item of ``columns`` and what stands below it, if anything."""
    if item.is_scalar:
        return item.text(), None
    entries = item.entries()
    if len(entries) != 1:
        item.refuse("one column an item: its name, and what is its own indented below it", "several keys")
        return "", None
    ((name, below),) = entries.items()
    _check_name(name, below)
    return name, Located(below.file, below.node, f"columns.{name}", below.line)


def _merged(base: Column, below: Located | None, where: Located, vocabulary: Vocabulary) -> Column:
    """Return a shared column with what a table writes of its own, checked as a whole."""
    if below is None:
        return base
    own: Column = {}
    for key, value in below.entries((*vocabulary.titles, *_COLUMN)).items():
        if value.is_null and key not in base:
            value.refuse(f"a value of {key}; there is no shared one to take away", "empty")
        else:
            own[key] = None if value.is_null else _value(key, value)
    column = {key: value for key, value in {**base, **own}.items() if value is not None}
    if not base or any(key in own and key not in column for key in vocabulary.titles):
        _ask_for_titles(column, where, vocabulary)
    kind = column.get("type", TYPES[0])
    for key, kinds in _ONLY_FOR.items():
        if key in column and kind not in kinds:
            where.refuse(f"{key} only where the type is {' or '.join(sorted(kinds))}", f"{key} of a {kind}")
    return column


def _value(key: str, value: Located) -> Any:
    match key:
        case "type":
            return value.choice(TYPES)
        case "sensitivity":
            return value.choice(SENSITIVITIES)
        case "tier":
            return value.choice(TIERS)
        case "required":
            return value.flag()
        case "minimum" | "maximum":
            return value.number()
        case "pattern":
            return value.pattern()
        case "values":
            return value.texts()
        case "words":
            words = value.texts()
            if len(words) != 2:
                value.refuse("two words: the one for yes, the one for no")
            return words
        case _:
            return value.text()


def _names(
    entries: Entries, key: str, columns: Collection[str], each_name: Sequence[str] = ()
) -> tuple[str, ...]:
    return _names_of(entries[key], columns, each_name) if key in entries else ()


def _names_of(located: Located, columns: Collection[str], each_name: Sequence[str] = ()) -> tuple[str, ...]:
    """Return names of ``columns``: a list, or a single name; ``name*`` stands for ``each_name``."""
    words = [located.text()] if located.is_scalar else located.texts()
    names = [name for word in words for name in (each_name if word == _EACH_NAME and each_name else (word,))]
    for name in filter(None, names):
        if name not in columns:
            located.refuse(f"columns of this table{suggestion(name, columns)}", name)
    return tuple(name for name in names if name in columns)


def _name_columns(columns: Iterable[str]) -> list[str]:
    """Return the columns that hold a name: ``name``, and ``name_xx`` in each language."""
    return [column for column in columns if column == "name" or column.startswith("name_")]


def read_public_rule(table: Table, vocabulary: Vocabulary) -> PublicRule | None:
    """Return how a table goes public; ``None`` where its file does not say so: then it stays in."""
    located = table.public
    if located is None:
        return None
    entries = located.entries(_PUBLIC)
    if table.tier != "public" or table.sensitivity == "high":
        located.refuse("no public rule: the table is kept in by its tier or sensitivity", table.tier)
    if "columns" not in entries:
        located.refuse("columns: the columns that go public", "no columns")
    may_go = {
        name: column
        for name, column in table.columns.items()
        if column.get("tier", "public") == "public" and column.get("sensitivity") != "high"
    }
    columns = _names(entries, "columns", table.columns, _name_columns(table.columns))
    for name in columns:
        if name not in may_go:
            entries["columns"].refuse("columns whose tier is public", name)
    rows = entries.below("rows", _ROWS)
    rule = PublicRule(
        columns=columns,
        free_text=_names(entries, "free_text", columns or table.columns, _name_columns(columns)),
        empty=_names(rows, "empty", table.columns),
        without={name: _values_of(value, name, table) for name, value in rows.below("without").items()},
        row_rule=_rule_name(rows, "rule", vocabulary.row_rules),
        blur=_rule_name(entries, "blur", vocabulary.blurs),
    )
    if "streamed" in table.flags and (rule.free_text or rule.without or rule.row_rule or rule.blur):
        located.refuse("of a streamed table: columns, and rows where columns are empty", "more")
    return rule


def _rule_name(entries: Entries, key: str, known: Collection[str]) -> str:
    name = entries.text(key)
    if name and name not in known:
        entries[key].refuse(f"a known rule: {', '.join(sorted(known))}{suggestion(name, known)}")
    return name


def _values_of(located: Located, column: str, table: Table) -> frozenset[str]:
    values = located.texts()
    if column not in table.columns:
        located.refuse(f"a column of this table{suggestion(column, table.columns)}", column)
    listed = table.columns.get(column, {}).get("values", values)
    for value in values:
        if value not in listed:
            located.refuse(f"a value of {column}{suggestion(value, listed)}", value)
    return frozenset(values)
