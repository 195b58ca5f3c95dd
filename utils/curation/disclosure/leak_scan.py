"""The last gate before a release: everything bound for the public is read again, as files.

A rule of redaction may be wrong; this looks at what came out, not at how. What is hidden is never
repeated in a problem, since problems are printed and logged.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from utils.curation.disclosure.leak_shapes import MANY, could_tell
from utils.curation.disclosure.protected_values import Secret
from utils.curation.read import Problem

_POINTS_OF_PLACES: Final = frozenset({"places"})
"""Tables of public geography: where a town or district lies says nothing about a shelter."""
_PARQUET: Final = b"PAR1"
_ZIP: Final = b"PK\x03\x04"
_ARROW: Final = b"\xff\xff\xff\xff"
_FOOTER: Final = 8
_MOST_LISTED: Final = 20
_MOST_BESIDE: Final = 12


def leaks_in_files(secret: Secret, folder: Path) -> tuple[Problem, ...]:
    """Return where the files of a public tier tell what is hidden: values, metadata, contract, manifest.

    Raises ``OSError``.
    """
    if not secret:
        return ()
    found: list[Problem] = []
    for path in sorted(folder.iterdir()):
        name = f"public/{path.name}"
        if secret.tells(path.name):
            found.append(_problem("public", 0, "a file's name"))
        if path.suffix == ".parquet":
            found += leaks_in_parquet(secret, path, name)
        elif tells_text(secret, path.read_text("utf-8", "ignore")):
            found.append(_problem(name, 0, ""))
    return tuple(found)


def leaks_in_parquet(secret: Secret, path: Path, name: str) -> Iterator[Problem]:
    """Yield where a Parquet file tells: its values, column names, metadata and statistics; itself where
    it cannot be read.
    """
    with path.open("rb") as file:
        yield from _in_parquet(secret, file, name, points=path.stem not in _POINTS_OF_PLACES)


def _in_parquet(secret: Secret, file: Any, name: str, *, points: bool) -> Iterator[Problem]:
    try:
        table = pq.ParquetFile(file)
        if secret.tells(_footer(file)) or any(secret.tells(text) for text in _said_of(table.schema_arrow)):
            yield _problem(name, 0, "metadata")
        begins, listed = 0, 0
        for batch in table.iter_batches():
            for problem in _in_batch(secret, batch, name, begins, points=points):
                listed += 1
                if listed <= _MOST_LISTED:
                    yield problem
            begins += batch.num_rows
    except (pa.ArrowException, OSError):
        yield _problem(name, 0, "")


def _footer(file: Any) -> str:
    """Return the end of a Parquet file, where its statistics and metadata stand, as text."""
    file.seek(-_FOOTER, io.SEEK_END)
    length = int.from_bytes(file.read(4), "little")
    file.seek(-_FOOTER - length, io.SEEK_END)
    return str(file.read(length).decode("utf-8", "ignore"))


def _said_of(schema: pa.Schema) -> Iterator[str]:
    """Yield what a schema says: names of columns, and what is noted about them and the table."""
    yield from schema.names
    for noted in (schema.metadata, *(field.metadata for field in schema)):
        for key, value in (noted or {}).items():
            yield f"{key.decode('utf-8', 'ignore')} {value.decode('utf-8', 'ignore')}"


def _in_batch(
    secret: Secret, batch: pa.RecordBatch, name: str, begins: int, *, points: bool
) -> Iterator[Problem]:
    numbers: dict[str, Any] = {}
    for column, values in zip(batch.schema.names, batch.columns, strict=True):
        if _is_number(values.type):
            numbers[column] = values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
            continue
        bad = set(secret.telling(_texts(secret, values)))
        if bad:
            rows = [
                line
                for line, value in enumerate(values.to_pylist(), begins + 1)
                if isinstance(value, str) and value in bad
            ]
            yield from (_problem(name, line, column) for line in rows or [0])
    if points:
        for one, other in combinations(numbers, 2):
            for line in _near_rows(secret, numbers[one], numbers[other]):
                yield _problem(name, begins + line, one)


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind))


def _texts(secret: Secret, values: pa.Array) -> list[str]:
    """Return every text of a column that could tell, each once, from inside lists and records too."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _texts(secret, values.dictionary)
    if pa.types.is_nested(kind):
        inner = values.flatten()
        return [
            text for part in (inner if isinstance(inner, list) else [inner]) for text in _texts(secret, part)
        ]
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        texts = values.unique()
        if len(texts) > MANY and not could_tell(secret, texts):
            return []
        return [text for text in texts.to_pylist() if text]
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return [value.decode("utf-8", "ignore") for value in values.unique().to_pylist() if value]
    return []


def _near_rows(secret: Secret, one: Any, other: Any) -> Iterator[int]:
    """Yield the rows, from 1, in which two columns are a point near a hidden one."""
    small, large = np.minimum(one, other), np.maximum(one, other)
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero((small > 5) & (small < 25) & (large > 95) & (large < 115))
    for row in rows.tolist():
        if secret.is_pair(float(one[row]), float(other[row])):
            yield row + 1


def tells_text(secret: Secret, text: str) -> bool:
    """Return whether a text tells, also as the JSON document it may be."""
    if secret.tells(text):
        return True
    if text[:1] not in "{[" or not text:
        return False
    try:
        document = json.loads(text)
    except ValueError:
        return False
    return _tells_node(secret, document)


def _tells_node(secret: Secret, node: Any) -> bool:
    """Return whether a JSON document tells in a text, a list of numbers, or in numbers side by side."""
    if isinstance(node, str):
        return tells_text(secret, node)
    if isinstance(node, Mapping):
        values = list(node.values())
        return (
            any(secret.tells(str(key)) for key in node)
            or _tells_beside(secret, [one for one in map(_numbers, values) if one])
            or any(_tells_node(secret, value) for value in values)
        )
    if isinstance(node, list):
        plain = _numbers(node)
        if plain:
            return any(secret.is_pair(first, second) for first, second in pairwise(plain))
        return any(_tells_node(secret, value) for value in node)
    return False


def _tells_beside(secret: Secret, lists: list[list[float]]) -> bool:
    """Return whether two lists of equal length, or two single numbers, are latitudes and longitudes."""
    return any(
        secret.is_pair(first, second)
        for one, other in combinations(lists[:_MOST_BESIDE], 2)
        if len(one) == len(other)
        for first, second in zip(one, other, strict=True)
    )


def _numbers(node: Any) -> list[float]:
    """Return a number, a list of numbers, or an array packed by Plotly as plain numbers; else none."""
    if isinstance(node, bool):
        return []
    if isinstance(node, float | int):
        return [float(node)]
    if isinstance(node, list):
        if node and all(isinstance(one, float | int) or one is None for one in node):
            return [float("nan") if one is None else float(one) for one in node]
        return []
    if isinstance(node, Mapping) and {"dtype", "bdata"} <= set(node):
        try:
            packed = base64.b64decode(str(node["bdata"]))
            return [float(one) for one in np.frombuffer(packed, dtype=str(node["dtype"])).tolist()]
        except (binascii.Error, TypeError, ValueError):
            return []
    return []


def tells_bytes(secret: Secret, content: bytes) -> bool:
    """Return whether a file of any kind tells: an archive, Parquet, Arrow, or text."""
    if content.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return secret.tells(archive.comment.decode("utf-8", "ignore")) or any(
                secret.tells(entry.filename)
                or secret.tells(entry.comment.decode("utf-8", "ignore"))
                or _tells_entry(secret, entry.filename, archive.read(entry))
                for entry in archive.infolist()
            )
    if content.startswith(_PARQUET):
        return any(_in_parquet(secret, io.BytesIO(content), "", points=True))
    if content.startswith(_ARROW):
        with pa.ipc.open_stream(content) as stream:
            batches = list(stream)
            return any(secret.tells(text) for text in _said_of(stream.schema)) or any(
                any(_in_batch(secret, batch, "", 0, points=True)) for batch in batches
            )
    return tells_text(secret, content.decode("utf-8", "ignore"))


def _tells_entry(secret: Secret, name: str, content: bytes) -> bool:
    """Return whether a file of an archive tells; towns in the table of places may stand near a site."""
    if content.startswith(_PARQUET):
        points = Path(name).stem not in _POINTS_OF_PLACES
        return any(_in_parquet(secret, io.BytesIO(content), "", points=points))
    return tells_bytes(secret, content)


def safe_to_tell(secret: Secret, changes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return changes without what they would tell: an older release may hold what is hidden since.

    A change whose row is named by it, or of which nothing is left, is not told.
    """
    kept = []
    for change in changes:
        if tells_text(secret, str(change["key"])):
            continue
        safe = dict(change)
        safe["cells"] = {
            column: pair for column, pair in change["cells"].items() if not _tells_node(secret, list(pair))
        }
        safe["about"] = {
            key: value for key, value in change["about"].items() if not _tells_node(secret, {key: value})
        }
        safe["reason"] = "" if tells_text(secret, str(change["reason"])) else change["reason"]
        if safe["cells"] or not change["cells"]:
            kept.append(safe)
    return kept


def _problem(file: str, line: int, column: str) -> Problem:
    wanted = "no name and no point of a site that is not closed"
    return Problem(file, line, column, "withheld", wanted, "restricted")
