"""Writes checked, redacted tables as the typed Parquet files, contract and manifest of each tier."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from utils.curation.contract import RESTRICTED, ContractError, Field
from utils.curation.curated_tables import Record
from utils.curation.disclosure.redaction import SUPPRESSED, Shape
from utils.curation.large_tables.model import Streamed
from utils.curation.read import Row
from utils.releases.durable_files import sha256, write_durably
from utils.releases.layout import CONTRACT, MANIFEST, release_id
from utils.text.locale import LANGUAGES, TITLE, lazy_gettext, name_column, translator

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
COMPUTED: Final = "computed"
"""The entry of the contract that holds the tables a release computes."""
_MEDIATYPE: Final = "application/vnd.apache.parquet"
NGO_ONLY: Final = ("sites", "site_aliases", "site_roles", "site_reports")


def _suppressed_entry() -> dict[str, Any]:
    """Return how the contract of a release describes the column that the release adds."""
    title = lazy_gettext("Suppressed")
    return {
        "name": SUPPRESSED.name,
        "type": SUPPRESSED.kind,
        **{name_column(lang, TITLE): translator(lang).translate(title) for lang in LANGUAGES},
        "description": (
            "Yes: a count of fewer than five people, or a second cell that would tell it, is hidden."
        ),
        "constraints": {"required": True},
        "sensitivity": SUPPRESSED.sensitivity,
        "tier": SUPPRESSED.tier,
    }


def ngo_tables(record: Record) -> dict[str, Shape]:
    """Return ``{table: (columns, rows)}`` of the NGO tier: everything, restricted rows in place.

    Raises :class:`ContractError` when the contract does not describe the restricted tables.
    """
    contract = record.contract.tables
    missing = [name for name in NGO_ONLY if RESTRICTED + name not in contract]
    if missing:
        reason = f"the ngo tier needs {', '.join(RESTRICTED + name for name in missing)}"
        raise ContractError(path=record.data / CONTRACT, reason=reason)
    tables: dict[str, Shape] = {
        name: (table.columns, record.overlaid(name))
        for name, table in contract.items()
        if not table.restricted and not table.streamed
    }
    for name in NGO_ONLY:
        tables[name] = (contract[RESTRICTED + name].columns, record.rows(RESTRICTED + name))
    columns, rows = tables["displacement"]
    shown = tuple(row | {SUPPRESSED.name: False} for row in rows)
    tables["displacement"] = ((*columns, SUPPRESSED.name), shown)
    return tables


def write_tier(
    record: Record,
    folder: Path,
    digest: str,
    tables: Mapping[str, Shape],
    tiers: Sequence[str],
    streamed: Sequence[Streamed] = (),
) -> None:
    """Write one tier into a new folder: tables, contract, and last the manifest that vouches for them.

    ``digest`` is the SHA-256 of the inputs; its beginning is the release id. Raises ``OSError``.
    """
    folder.mkdir(parents=True)
    entries = {}
    for name, (columns, rows) in sorted(tables.items()):
        known = record.contract.tables.get(name) or record.contract.tables[RESTRICTED + name]
        fields = {field.name: field for field in (*known.fields, SUPPRESSED)}
        content = to_parquet(columns, rows, fields)
        write_durably(folder / f"{name}.parquet", content)
        entries[name] = _entry(content) | {"rows": len(rows), "sources": _sources(rows)}
    for large in streamed:
        path = folder / f"{large.name}.parquet"
        written = large.write(path)
        entries[large.name] = {"sha256": sha256(path), "bytes": path.stat().st_size} | asdict(written)
        if large.in_pieces:
            entries[large.name]["streamed"] = True
    shapes = {**tables, **{large.name: (large.columns, ()) for large in streamed}}
    contract = _json(_contract_of(record, shapes))
    write_durably(folder / CONTRACT, contract)
    manifest = {
        "release": release_id(digest),
        "tier": folder.name,
        "tiers": list(tiers),
        "created_from": digest,
        "contract_version": record.contract.document.get("version", ""),
        "newest_as_of": _newest(tables["displacement"][1]),
        "contract": _entry(contract),
        "tables": dict(sorted(entries.items())),
    }
    write_durably(folder / MANIFEST, _json(manifest))


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


def _sources(rows: Sequence[Row]) -> int:
    """Return how many sources the rows of a table name."""
    return len({row["source_id"] for row in rows if row.get("source_id")})


def _newest(rows: Sequence[Row]) -> str:
    days = [row["as_of"] for row in rows]
    return max((day.isoformat() for day in days if isinstance(day, date)), default="")


def _contract_of(record: Record, tables: Mapping[str, Shape]) -> dict[str, Any]:
    """Return the contract with the tables, columns and links of one tier only."""
    resources = []
    document = {key: value for key, value in record.contract.document.items() if key != COMPUTED}
    for resource in (*document["resources"], *record.contract.document.get(COMPUTED, ())):
        name = resource["name"].removeprefix(RESTRICTED)
        if name not in tables or (resource["name"] != name and name not in NGO_ONLY):
            continue
        shown = tables[name][0]
        schema = resource["schema"]
        fields = [field for field in schema["fields"] if field["name"] in shown]
        if SUPPRESSED.name in shown:
            fields.append(_suppressed_entry())
        links = [link for link in schema.get("foreignKeys", ()) if _stands(link, name, tables)]
        kept = {key: value for key, value in resource.items() if key not in {"encoding", "profile"}}
        kept |= {"name": name, "path": f"{name}.parquet", "format": "parquet", "mediatype": _MEDIATYPE}
        kept["schema"] = {
            **{key: value for key, value in schema.items() if key != "uniqueKeys"},
            "fields": fields,
            "foreignKeys": [_renamed(link) for link in links],
        }
        resources.append(kept)
    return {**document, "resources": resources}


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
