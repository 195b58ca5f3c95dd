"""Makes a release: checked, redacted, typed Parquet of both tiers, switched on in one step."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from utils.curation.check import check
from utils.curation.contract import RESTRICTED, ContractError, Field
from utils.curation.read import Problem, Row
from utils.curation.record import Record, read_record
from utils.curation.redact import public_tables

_TYPES: Final[Mapping[str, pa.DataType]] = {
    "string": pa.string(),
    "number": pa.float64(),
    "integer": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}
_REQUIRED_FLAG: Final = frozenset(
    {"headline_ok", "count_in_total", "is_copy", "link", "is_cumulative", "may_sum_over_areas"}
)
NGO_ONLY: Final = ("sites", "site_aliases", "site_roles", "site_reports")
WARNINGS: Final = frozenset({"extra-column"})


class ReleaseRefused(Exception):
    """The record has problems; nothing was published and the current release stays."""

    def __init__(self, *, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems; the release was refused")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Published:
    """The release that is current after the call, and what stood in the way of a newer one."""

    release_id: str
    problems: tuple[Problem, ...] = ()


def inputs_id(data: Path) -> str:
    """Return the id that the curated files and this code give: same inputs, same id."""
    digest = hashlib.sha256()
    code = sorted(Path(__file__).parent.glob("*.py"))
    files = sorted(path for path in (data / "curated").rglob("*") if path.is_file())
    for path in [data / "datapackage.json", *files, *code]:
        digest.update(path.name.encode() + b"\0" + str(path.parent.name).encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def current_id(data: Path) -> str | None:
    """Return the id the pointer names, if that release is there."""
    try:
        release_id = (data / "CURRENT").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    folder = data / "releases" / release_id
    return release_id if release_id.isalnum() and folder.is_dir() else None


def publish(data: Path) -> str:
    """Publish the curated record of ``data`` and return the release id; a no-op when up to date.

    Raises :class:`ReleaseRefused` with every problem, or :class:`ContractError`. Readers see the old
    release until the new one is complete: it is written beside it and switched by one rename.
    """
    record = read_record(data)
    problems = [problem for problem in check(record) if problem.code not in WARNINGS]
    if problems:
        raise ReleaseRefused(problems=problems)
    release_id = inputs_id(data)
    target = data / "releases" / release_id
    if not target.is_dir():
        _write(record, target, release_id)
    _point(data, release_id)
    return release_id


def ensure_release(data: Path) -> Published:
    """Publish if the inputs changed; keep serving the older release when that is refused.

    Raises :class:`ReleaseRefused` or :class:`ContractError` only when there is no older release.
    """
    older = current_id(data)
    if older is not None and not (data / "curated").is_dir():
        return Published(older)
    try:
        if older is not None and older == inputs_id(data):
            return Published(older)
        return Published(publish(data))
    except ReleaseRefused as refused:
        if older is None:
            raise
        return Published(older, refused.problems)
    except (ContractError, OSError) as error:
        if older is None:
            raise
        where = "datapackage.json"
        return Published(older, (Problem(where, 0, "", "", f"a readable record ({error})", "file"),))


def _point(data: Path, release_id: str) -> None:
    handle, name = tempfile.mkstemp(dir=data, prefix=".current-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(release_id + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(0o644)
    Path(name).replace(data / "CURRENT")


def _write(record: Record, target: Path, release_id: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=target.parent, prefix=".tmp-"))
    try:
        _write_tier(record, work / "public", release_id, "public", public_tables(record))
        if record.has_restricted:
            _write_tier(record, work / "ngo", release_id, "ngo", _ngo_tables(record))
        work.chmod(0o755)
        work.rename(target)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


def _ngo_tables(record: Record) -> dict[str, tuple[tuple[str, ...], tuple[Row, ...]]]:
    tables = {
        name: (table.columns, record.overlaid(name))
        for name, table in record.contract.tables.items()
        if not table.restricted
    }
    for name in NGO_ONLY:
        table = record.contract.tables[RESTRICTED + name]
        tables[name] = (table.columns, record.rows(RESTRICTED + name))
    columns, rows = tables["displacement"]
    shown = tuple(dict(row, suppressed=False) for row in rows)
    tables["displacement"] = ((*columns, "suppressed"), shown)
    return tables


def _write_tier(
    record: Record,
    folder: Path,
    release_id: str,
    tier: str,
    tables: Mapping[str, tuple[tuple[str, ...], tuple[Row, ...]]],
) -> None:
    folder.mkdir(parents=True)
    entries = {}
    for name, (columns, rows) in sorted(tables.items()):
        known = record.contract.tables.get(name) or record.contract.tables[RESTRICTED + name]
        fields = {field.name: field for field in known.fields}
        content = to_parquet(columns, rows, fields)
        (folder / f"{name}.parquet").write_bytes(content)
        entries[name] = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "rows": len(rows),
        }
    manifest = {
        "release": release_id,
        "tier": tier,
        "contract_version": record.contract.document.get("version", ""),
        "newest_as_of": _newest(tables["displacement"][1]),
        "tables": entries,
    }
    _write_json(folder / "manifest.json", manifest)
    _write_json(folder / "datapackage.json", _contract_of(record, tables))


def to_parquet(columns: Sequence[str], rows: Sequence[Row], fields: Mapping[str, Field]) -> bytes:
    """Return rows as Parquet bytes (zstd), typed by the contract; empty flags are false."""
    arrays = []
    schema = []
    for column in columns:
        kind = fields[column].kind if column in fields else "boolean"
        values: list[Any] = [row[column] for row in rows]
        if kind == "integer":
            values = [None if value is None else float(value) for value in values]
        if kind == "boolean" and column in _REQUIRED_FLAG:
            values = [bool(value) for value in values]
        arrays.append(pa.array(values, _TYPES[kind]))
        schema.append(pa.field(column, _TYPES[kind]))
    out = io.BytesIO()
    pq.write_table(pa.table(arrays, schema=pa.schema(schema)), out, compression="zstd")
    return out.getvalue()


def _newest(rows: Sequence[Row]) -> str:
    days = [row["as_of"] for row in rows]
    return max((day.isoformat() for day in days if isinstance(day, date)), default="")


def _contract_of(
    record: Record, tables: Mapping[str, tuple[tuple[str, ...], tuple[Row, ...]]]
) -> dict[str, Any]:
    """Return the contract with the tables and columns of one tier only."""
    resources = []
    for resource in record.contract.document["resources"]:
        name = resource["name"].removeprefix(RESTRICTED)
        if name not in tables or (resource["name"] != name and name not in NGO_ONLY):
            continue
        shown = set(tables[name][0])
        schema = {
            **resource["schema"],
            "fields": [field for field in resource["schema"]["fields"] if field["name"] in shown],
        }
        schema.pop("foreignKeys", None)
        resources.append({**resource, "name": name, "path": f"{name}.parquet", "schema": schema})
    return {**record.contract.document, "resources": resources}


def _write_json(path: Path, document: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
