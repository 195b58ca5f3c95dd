"""Looks for hidden names in a large file by its different values, not row by row.

A column where most values differ (ids) is looked at by the shapes of its values: digits written as 0.
A value can name a hidden site only if its shape does, or could hold a spelling that has digits; only
then each value is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from utils.curation.bulk.found import Found
from utils.curation.names import NameGate, shape_of
from utils.curation.read import Problem

MANY_ROWS: Final = 50_000
"""Tables of more rows are looked at by value."""
_FEW: Final = 20_000
_WANTED: Final = "no name and no point of a site that is not closed"


class Secret(Protocol):
    """What the public may not see (:class:`utils.curation.gate.Secret`)."""

    @property
    def names(self) -> NameGate:
        """The hidden names."""

    def tells(self, text: str) -> bool:
        """Return whether ``text`` tells it."""

    def is_near(self, lat: float, lon: float) -> bool:
        """Return whether a point tells it."""


def in_columns(path: Path, name: str, secret: Secret) -> tuple[Problem, ...]:
    """Return where a Parquet file tells what is hidden; what is told is not repeated.

    Raises ``OSError``.
    """
    found = Found()
    texts = [field.name for field in pq.read_schema(path) if pa.types.is_string(field.type)]
    verdict: dict[str, bool] = {}
    digits = secret.names.shapes_with_digits()
    with pq.ParquetFile(path, read_dictionary=_coded(path)) as file:
        for key, value in (file.metadata.metadata or {}).items():
            if key != b"ARROW:schema" and secret.tells(f"{key.decode()} {value.decode('utf-8', 'replace')}"):
                found.add([Problem(name, 0, "metadata", "withheld", _WANTED, "restricted")])
        line = 1
        for group in range(file.num_row_groups):
            read = file.read_row_group(group)
            for column in texts:
                coded = read.column(column).combine_chunks()
                if not pa.types.is_dictionary(coded.type):
                    coded = coded.dictionary_encode()
                told = _telling(coded.dictionary, secret, verdict, digits)
                for at in np.flatnonzero(np.isin(coded.indices.fill_null(-1).to_numpy(), told)).tolist():
                    found.add([Problem(name, line + at, column, "withheld", _WANTED, "restricted")])
            if {"lat", "lon"} <= set(read.column_names):
                for at in _near(read, secret):
                    found.add([Problem(name, line + at, "lat", "withheld", _WANTED, "restricted")])
            line += read.num_rows
    return found.problems()


def _coded(path: Path) -> list[str]:
    """Return the columns whose different values stand in the file once a group."""
    metadata = pq.read_metadata(path)
    if not metadata.num_row_groups:
        return []
    group = metadata.row_group(0)
    chunks = [group.column(at) for at in range(group.num_columns)]
    return [
        chunk.path_in_schema
        for chunk in chunks
        if chunk.physical_type == "BYTE_ARRAY" and "RLE_DICTIONARY" in chunk.encodings
    ]


def _telling(values: Any, secret: Secret, verdict: dict[str, bool], digits: frozenset[str]) -> list[int]:
    """Return which of the different values of a column tell what is hidden."""
    if len(values) > _FEW and not _may_tell(values, secret, digits):
        return []
    told = []
    for at, text in enumerate(values.to_pylist()):
        if len(values) > _FEW:
            tells = secret.tells(text)
        else:
            if text not in verdict:
                verdict[text] = secret.tells(text)
            tells = verdict[text]
        if tells:
            told.append(at)
    return told


def _may_tell(values: Any, secret: Secret, digits: frozenset[str]) -> bool:
    if pc.any(pc.match_substring(values, "%")).as_py():
        return True
    shapes = pc.unique(pc.replace_substring_regex(values, "[0-9]+", "0"))
    if len(shapes) > _FEW:
        return True
    return any(
        shape.count(".") > 1 or secret.tells(shape) or any(spelling in shape_of(shape) for spelling in digits)
        for shape in shapes.to_pylist()
    )


def _near(read: Any, secret: Secret) -> Iterator[int]:
    points = zip(read.column("lat").to_pylist(), read.column("lon").to_pylist(), strict=True)
    for at, (lat, lon) in enumerate(points):
        if isinstance(lat, float) and isinstance(lon, float) and secret.is_near(lat, lon):
            yield at
