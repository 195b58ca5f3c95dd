"""The leak scan, the last check before a release: everything bound for the public is read again, as files.

A rule of redaction may be wrong; this looks at what came out, not at how. What is hidden is never
repeated in a problem, since problems are printed and logged.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from utils.curation.disclosure.name_filter import letters
from utils.curation.disclosure.protected_values import ProtectedValues
from utils.curation.read import Problem

_POINTS_OF_PLACES: Final = frozenset({"places"})
"""Tables of public geography: where a town or district lies says nothing about a shelter."""
_PARQUET: Final = b"PAR1"
_ZIP: Final = b"PK\x03\x04"
_ARROW: Final = b"\xff\xff\xff\xff"
_FOOTER: Final = 8
_MOST_LISTED: Final = 20
_MOST_BESIDE: Final = 12
MANY: Final = 20_000
"""Different texts beyond which shapes are looked at first."""
_RUN: Final = re.compile(r"[0-9]+")
_NUMBER_OF_ITS_OWN: Final = re.compile(r"(?<![a-z]{3}-)0|(?:com|vil)-0")
"""A number, in a shape, that is not the end of a row's id: it may be a code or a position of any notation."""
_READ_OTHERWISE: Final = "[%&<\\\\]"
_NUMBERS_OF_A_POINT: Final = 4


def scan_folder(protected: ProtectedValues, folder: Path) -> tuple[Problem, ...]:
    """Return where the files of a public tier disclose what is hidden: values, metadata, contract, manifest.

    Raises ``OSError``.
    """
    if not protected:
        return ()
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()):
        name = f"public/{path.name}"
        if protected.is_in(path.name):
            problems.append(_problem("public", 0, "a file's name"))
        if path.suffix == ".parquet":
            problems += scan_parquet(protected, path, name)
        elif text_discloses(protected, path.read_text("utf-8", "ignore")):
            problems.append(_problem(name, 0, ""))
    return tuple(problems)


def scan_parquet(protected: ProtectedValues, path: Path, name: str) -> Iterator[Problem]:
    """Yield where a Parquet file discloses: its values, column names, metadata and statistics; itself where
    it cannot be read.
    """
    with path.open("rb") as file:
        yield from _scan_parquet(protected, file, name, points=path.stem not in _POINTS_OF_PLACES)


def _scan_parquet(protected: ProtectedValues, file: Any, name: str, *, points: bool) -> Iterator[Problem]:
    try:
        table = pq.ParquetFile(file)
        if protected.is_in(_footer(file)) or any(
            protected.is_in(text) for text in _texts_of_schema(table.schema_arrow)
        ):
            yield _problem(name, 0, "metadata")
        begins, listed = 0, 0
        for batch in table.iter_batches():
            for problem in _scan_batch(protected, batch, name, begins, points=points):
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


def _texts_of_schema(schema: pa.Schema) -> Iterator[str]:
    """Yield the texts of a schema: names of columns, and what is noted about them and the table."""
    yield from schema.names
    for noted in (schema.metadata, *(field.metadata for field in schema)):
        for key, value in (noted or {}).items():
            yield f"{key.decode('utf-8', 'ignore')} {value.decode('utf-8', 'ignore')}"


def _scan_batch(
    protected: ProtectedValues, batch: pa.RecordBatch, name: str, begins: int, *, points: bool
) -> Iterator[Problem]:
    numbers: dict[str, Any] = {}
    for column, values in zip(batch.schema.names, batch.columns, strict=True):
        if _is_number(values.type):
            numbers[column] = values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
            continue
        bad = set(protected.disclosing(_texts(protected, values)))
        if bad:
            rows = [
                line
                for line, value in enumerate(values.to_pylist(), begins + 1)
                if isinstance(value, str) and value in bad
            ]
            yield from (_problem(name, line, column) for line in rows or [0])
    if points:
        for first, second in combinations(numbers, 2):
            for line in _near_rows(protected, numbers[first], numbers[second]):
                yield _problem(name, begins + line, first)


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind))


def _texts(protected: ProtectedValues, values: pa.Array) -> list[str]:
    """Return every text of a column that could disclose, each once, from inside lists and records too."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _texts(protected, values.dictionary)
    if pa.types.is_nested(kind):
        inner = values.flatten()
        return [
            text
            for part in (inner if isinstance(inner, list) else [inner])
            for text in _texts(protected, part)
        ]
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        texts = values.unique()
        if len(texts) > MANY and not could_disclose(protected, texts):
            return []
        return [text for text in texts.to_pylist() if text]
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return [value.decode("utf-8", "ignore") for value in values.unique().to_pylist() if value]
    return []


def could_disclose(protected: ProtectedValues, texts: Any) -> bool:
    """Return whether one of very many ``texts`` (an Arrow column) could disclose; false only where none does.

    They are judged by their shapes, digits written as 0: a text can name a hidden site only if its shape
    does, or if a spelling that has digits could stand in it. Where that is so, or where a text could be
    read in more than one way, each must be looked at.
    """
    if pc.any(pc.match_substring_regex(texts, _READ_OTHERWISE)).as_py():
        return True
    if not pc.all(pc.string_is_ascii(texts)).as_py():
        return True
    shapes = pc.unique(pc.replace_substring_regex(texts, "[0-9]+", "0")).to_pylist()
    if len(shapes) > MANY:
        return True
    spellings = {_shape(name) for name in protected.names.names if _RUN.search(name)}
    ids = {_RUN.sub("0", name) for name in protected.ids}
    return any(
        protected.is_in(shape)
        or len(_RUN.findall(shape)) >= _NUMBERS_OF_A_POINT
        or _NUMBER_OF_ITS_OWN.search(shape)
        or any(name in shape.lower() for name in ids)
        or any(spelling in _shape(letters(shape)) for spelling in spellings)
        for shape in shapes
        if shape
    )


def _shape(text: str) -> str:
    return _RUN.sub("0", text)


def _near_rows(protected: ProtectedValues, first: Any, second: Any) -> Iterator[int]:
    """Yield the rows, from 1, in which two columns are a point near a hidden one."""
    small, large = np.minimum(first, second), np.maximum(first, second)
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero((small > 5) & (small < 25) & (large > 95) & (large < 115))
    for row in rows.tolist():
        if protected.is_pair(float(first[row]), float(second[row])):
            yield row + 1


def text_discloses(protected: ProtectedValues, text: str) -> bool:
    """Return whether a text discloses, also as the JSON document it may be."""
    if protected.is_in(text):
        return True
    if text[:1] not in "{[" or not text:
        return False
    try:
        document = json.loads(text)
    except ValueError:
        return False
    return _node_discloses(protected, document)


def _node_discloses(protected: ProtectedValues, node: Any) -> bool:
    """Return whether a JSON document discloses in a text, a list of numbers, or in numbers side by side."""
    if isinstance(node, str):
        return text_discloses(protected, node)
    if isinstance(node, Mapping):
        values = list(node.values())
        return (
            any(protected.is_in(str(key)) for key in node)
            or _numbers_disclose(protected, list(filter(None, map(_numbers, values))))
            or any(_node_discloses(protected, value) for value in values)
        )
    if isinstance(node, list):
        plain = _numbers(node)
        if plain:
            return any(protected.is_pair(first, second) for first, second in pairwise(plain))
        return any(_node_discloses(protected, value) for value in node)
    return False


def _numbers_disclose(protected: ProtectedValues, lists: list[list[float]]) -> bool:
    """Return whether two lists of equal length, or two single numbers, are latitudes and longitudes."""
    return any(
        protected.is_pair(first, second)
        for left, right in combinations(lists[:_MOST_BESIDE], 2)
        if len(left) == len(right)
        for first, second in zip(left, right, strict=True)
    )


def _numbers(node: Any) -> list[float]:
    """Return a number, a list of numbers, or an array packed by Plotly as plain numbers; else none."""
    if isinstance(node, bool):
        return []
    if isinstance(node, float | int):
        return [float(node)]
    if isinstance(node, list):
        if node and all(isinstance(item, float | int) or item is None for item in node):
            return [float("nan") if item is None else float(item) for item in node]
        return []
    if isinstance(node, Mapping) and {"dtype", "bdata"} <= set(node):
        try:
            packed = base64.b64decode(str(node["bdata"]))
            return [float(item) for item in np.frombuffer(packed, dtype=str(node["dtype"])).tolist()]
        except (binascii.Error, TypeError, ValueError):
            return []
    return []


def bytes_disclose(protected: ProtectedValues, content: bytes) -> bool:
    """Return whether a file of any kind discloses: an archive, Parquet, Arrow, or text."""
    if content.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return protected.is_in(archive.comment.decode("utf-8", "ignore")) or any(
                protected.is_in(entry.filename)
                or protected.is_in(entry.comment.decode("utf-8", "ignore"))
                or _entry_discloses(protected, entry.filename, archive.read(entry))
                for entry in archive.infolist()
            )
    if content.startswith(_PARQUET):
        return any(_scan_parquet(protected, io.BytesIO(content), "", points=True))
    if content.startswith(_ARROW):
        with pa.ipc.open_stream(content) as stream:
            batches = list(stream)
            return any(protected.is_in(text) for text in _texts_of_schema(stream.schema)) or any(
                any(_scan_batch(protected, batch, "", 0, points=True)) for batch in batches
            )
    return text_discloses(protected, content.decode("utf-8", "ignore"))


def _entry_discloses(protected: ProtectedValues, name: str, content: bytes) -> bool:
    """Return whether a file of an archive discloses; towns in the table of places may stand near a site."""
    if content.startswith(_PARQUET):
        points = Path(name).stem not in _POINTS_OF_PLACES
        return any(_scan_parquet(protected, io.BytesIO(content), "", points=points))
    return bytes_disclose(protected, content)


def drop_disclosures(
    protected: ProtectedValues, changes: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return changes without what they would disclose: an older release may hold what is hidden since.

    A change whose row is named by it, or of which nothing is left, is left out.
    """
    kept = []
    for change in changes:
        if text_discloses(protected, str(change["key"])):
            continue
        safe = dict(change)
        safe["cells"] = {
            column: pair
            for column, pair in change["cells"].items()
            if not _node_discloses(protected, list(pair))
        }
        safe["about"] = {
            key: value
            for key, value in change["about"].items()
            if not _node_discloses(protected, {key: value})
        }
        safe["reason"] = "" if text_discloses(protected, str(change["reason"])) else change["reason"]
        if safe["cells"] or not change["cells"]:
            kept.append(safe)
    return kept


def _problem(file: str, line: int, column: str) -> Problem:
    wanted = "no name and no point of a site that is not closed"
    return Problem(file, line, column, "withheld", wanted, "restricted")
