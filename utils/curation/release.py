"""Makes a release: checked, redacted, typed Parquet of both tiers, switched on in one step."""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from utils.curation.redact import SUPPRESSED, Shape, leaks, public_tables

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
ID_LENGTH: Final = 12
CONTRACT: Final = "datapackage.json"
_MEDIATYPE: Final = "application/vnd.apache.parquet"
_SUPPRESSED_ENTRY: Final[Mapping[str, Any]] = {
    "name": SUPPRESSED.name,
    "type": SUPPRESSED.kind,
    "title": SUPPRESSED.titles["en"],
    "title_fr": SUPPRESSED.titles["fr"],
    "title_km": SUPPRESSED.titles["km"],
    "description": "Yes: a count of fewer than five people, or a second cell that would tell it, is hidden.",
    "constraints": {"required": True},
    "sensitivity": SUPPRESSED.sensitivity,
    "tier": SUPPRESSED.tier,
}
NGO_ONLY: Final = ("sites", "site_aliases", "site_roles", "site_reports")
WARNINGS: Final = frozenset({"extra-column"})


class ReleaseRefused(Exception):
    """The record has problems; nothing was published and the current release stays."""

    def __init__(self, *, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems; the release was refused")
        self.problems = tuple(problems)


class InputsChanged(Exception):
    """The curated files changed while they were read; nothing was published. Publish again."""

    def __init__(self, *, data: Path) -> None:
        super().__init__(f"files of {data.name}/curated changed during the release; publish again")


@dataclass(frozen=True, slots=True)
class Published:
    """The release that is current after the call, and what stood in the way of a newer one."""

    release_id: str
    problems: tuple[Problem, ...] = ()


def inputs_digest(data: Path) -> str:
    """Return the SHA-256 of the curated files, the contract and this code."""
    digest = hashlib.sha256()
    code = sorted(Path(__file__).parent.glob("*.py"))
    files = sorted(path for path in (data / "curated").rglob("*") if path.is_file())
    for path in [data / "datapackage.json", *files, *code]:
        content = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name} {len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def inputs_id(data: Path) -> str:
    """Return the id that the curated files and this code give: same inputs, same id."""
    return inputs_digest(data)[:ID_LENGTH]


def current_id(data: Path) -> str | None:
    """Return the id the pointer names, if that release is there."""
    try:
        release_id = (data / "CURRENT").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    folder = data / "releases" / release_id
    return release_id if release_id.isalnum() and folder.is_dir() else None


def is_whole(release: Path) -> bool:
    """Return whether every file that the manifests of a release name is there, byte for byte."""
    try:
        tiers = json.loads((release / "public" / "manifest.json").read_text("utf-8"))["tiers"]
        for tier in tiers:
            manifest = json.loads((release / tier / "manifest.json").read_text("utf-8"))
            files = {f"{name}.parquet": entry for name, entry in manifest["tables"].items()}
            for name, entry in {**files, CONTRACT: manifest["contract"]}.items():
                content = (release / tier / name).read_bytes()
                if hashlib.sha256(content).hexdigest() != entry["sha256"]:
                    return False
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    return True


def publish(data: Path) -> str:
    """Publish the curated record of ``data`` and return the release id; a no-op when up to date.

    Raises :class:`ReleaseRefused` with every problem, :class:`ContractError`, :class:`InputsChanged`
    or ``OSError``. Readers see the old release until the new one is complete: it is written beside it
    and switched by one rename. Two publishers wait for each other.
    """
    digest = inputs_digest(data)
    release_id = digest[:ID_LENGTH]
    target = data / "releases" / release_id
    with _alone(data):
        if not is_whole(target):
            record = read_record(data)
            problems = [problem for problem in check(record) if problem.code not in WARNINGS]
            if problems:
                raise ReleaseRefused(problems=problems)
            _write(record, target, digest)
        if current_id(data) != release_id:
            _point(data, release_id)
    return release_id


def ensure_release(data: Path) -> Published:
    """Publish if the inputs changed; keep serving the older release when that is refused.

    Raises what :func:`publish` raises, but only when there is no older release.
    """
    older = current_id(data)
    if older is not None and not (data / "curated").is_dir():
        return Published(older)
    try:
        if older is not None and older == inputs_id(data) and is_whole(data / "releases" / older):
            return Published(older)
        return Published(publish(data))
    except ReleaseRefused as refused:
        problems = refused.problems
        if older is None:
            raise
    except ContractError as error:
        problems = (Problem(f"{data.name}/{CONTRACT}", 0, "", "", f"a contract ({error})", "contract"),)
        if older is None:
            raise
    except (OSError, InputsChanged) as error:
        problems = (Problem(f"{data.name}/curated", 0, "", "", f"readable files ({error})", "file"),)
        if older is None:
            raise
    return Published(older, problems)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold the publisher's lock and clear what a publisher left that was killed."""
    folder = data / "releases"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in folder.glob(".tmp-*"):
            shutil.rmtree(left, ignore_errors=True)
        for pointer in data.glob(".current-*"):
            pointer.unlink(missing_ok=True)
        yield


def _point(data: Path, release_id: str) -> None:
    handle, name = tempfile.mkstemp(dir=data, prefix=".current-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(release_id + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(0o644)
    Path(name).replace(data / "CURRENT")


def _write(record: Record, target: Path, digest: str) -> None:
    public = public_tables(record)
    tiers = {"public": public} | ({"ngo": _ngo_tables(record)} if record.has_restricted else {})
    problems = leaks(record, public)
    if problems:
        raise ReleaseRefused(problems=problems)
    work = Path(tempfile.mkdtemp(dir=target.parent, prefix=".tmp-"))
    try:
        for tier, tables in tiers.items():
            _write_tier(record, work / tier, digest, tables, tuple(tiers))
        if inputs_digest(record.data) != digest:
            raise InputsChanged(data=record.data)
        work.chmod(0o755)
        if target.exists():
            target.rename(target.parent / f".tmp-damaged-{target.name}")
        work.rename(target)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    shutil.rmtree(target.parent / f".tmp-damaged-{target.name}", ignore_errors=True)


def _ngo_tables(record: Record) -> dict[str, Shape]:
    contract = record.contract.tables
    missing = [name for name in NGO_ONLY if RESTRICTED + name not in contract]
    if missing:
        reason = f"the ngo tier needs {', '.join(RESTRICTED + name for name in missing)}"
        raise ContractError(path=record.data / CONTRACT, reason=reason)
    tables: dict[str, Shape] = {
        name: (table.columns, record.overlaid(name))
        for name, table in contract.items()
        if not table.restricted
    }
    for name in NGO_ONLY:
        tables[name] = (contract[RESTRICTED + name].columns, record.rows(RESTRICTED + name))
    columns, rows = tables["displacement"]
    shown = tuple(row | {SUPPRESSED.name: False} for row in rows)
    tables["displacement"] = ((*columns, SUPPRESSED.name), shown)
    return tables


def _write_tier(
    record: Record, folder: Path, digest: str, tables: Mapping[str, Shape], tiers: Sequence[str]
) -> None:
    folder.mkdir(parents=True)
    entries = {}
    for name, (columns, rows) in sorted(tables.items()):
        known = record.contract.tables.get(name) or record.contract.tables[RESTRICTED + name]
        fields = {field.name: field for field in (*known.fields, SUPPRESSED)}
        content = to_parquet(columns, rows, fields)
        (folder / f"{name}.parquet").write_bytes(content)
        entries[name] = _entry(content) | {"rows": len(rows)}
    contract = _json(_contract_of(record, tables))
    (folder / CONTRACT).write_bytes(contract)
    manifest = {
        "release": digest[:ID_LENGTH],
        "tier": folder.name,
        "tiers": list(tiers),
        "created_from": digest,
        "contract_version": record.contract.document.get("version", ""),
        "newest_as_of": _newest(tables["displacement"][1]),
        "contract": _entry(contract),
        "tables": entries,
    }
    (folder / "manifest.json").write_bytes(_json(manifest))


def _entry(content: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def to_parquet(columns: Sequence[str], rows: Sequence[Row], fields: Mapping[str, Field]) -> bytes:
    """Return rows as Parquet bytes (zstd), typed by the contract; empty flags are false."""
    arrays = []
    schema = []
    for column in columns:
        kind = fields[column].kind
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


def _contract_of(record: Record, tables: Mapping[str, Shape]) -> dict[str, Any]:
    """Return the contract with the tables, columns and links of one tier only."""
    resources = []
    for resource in record.contract.document["resources"]:
        name = resource["name"].removeprefix(RESTRICTED)
        if name not in tables or (resource["name"] != name and name not in NGO_ONLY):
            continue
        shown = tables[name][0]
        schema = resource["schema"]
        fields = [field for field in schema["fields"] if field["name"] in shown]
        if SUPPRESSED.name in shown:
            fields.append(_SUPPRESSED_ENTRY)
        links = [link for link in schema.get("foreignKeys", ()) if _stands(link, name, tables)]
        kept = {key: value for key, value in resource.items() if key not in {"encoding", "profile"}}
        kept |= {"name": name, "path": f"{name}.parquet", "format": "parquet", "mediatype": _MEDIATYPE}
        kept["schema"] = {
            **schema,
            "fields": fields,
            "foreignKeys": [_renamed(link) for link in links],
        }
        resources.append(kept)
    return {**record.contract.document, "resources": resources}


def _stands(link: Mapping[str, Any], table: str, tables: Mapping[str, Shape]) -> bool:
    """Return whether both ends of a foreign key are columns of this tier."""
    target = link["reference"]["resource"].removeprefix(RESTRICTED) or table
    here, there = link["fields"], link["reference"]["fields"]
    return set(here) <= set(tables[table][0]) and target in tables and set(there) <= set(tables[target][0])


def _renamed(link: Mapping[str, Any]) -> dict[str, Any]:
    reference = link["reference"]
    return {
        **link,
        "reference": {**reference, "resource": reference["resource"].removeprefix(RESTRICTED)},
    }


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
