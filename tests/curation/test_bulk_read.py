"""A large table is read in pieces with the same values and the same problems as a small one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.curation.test_read import COUNTS, GOOD, HEADER
from utils.curation.large_tables import parts
from utils.curation.large_tables.engine import Engine
from utils.curation.large_tables.loading import load
from utils.curation.large_tables.tables import open_parts
from utils.curation.problem_log import MOST, ProblemLog
from utils.curation.read import Problem, Row, parse_csv, read_table

COUNTS_OF_PARTS = replace(COUNTS, path="curated/parts.csv")
Told = tuple[list[tuple[int, Row]], list[Problem]]
_CELLS = st.one_of(
    st.sampled_from(
        [
            *("dsp-0001", "dsp-0002", "dsp-១២៣៤", "2025-07-30", "2025-02-30", "30/07/2025", "១២៣", " 12 "),
            *("12", "-3", "12.5", "12,5", "1e400", "9" * 16, "9" * 400, "~5", "exact", "about", "rough"),
            *("yes", "no", "Yes", "", "", "", "=1+1", "x" * 20_001, "\ufeff", "NA", "nan", "inf", "0x1"),
            *('"', 'a"b', '"quoted"', '"two, cells"', '"two\nlines"', '"open', '""', '"a""b"', '"a"b'),
        ]
    ),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=6),
)
_LINES = st.lists(_CELLS, min_size=6, max_size=8).map(",".join)
_GOOD_LINES = st.sampled_from([GOOD, GOOD.replace("0001", "0002"), GOOD.replace("172094", "5.5")])
_CONTENT = st.tuples(
    st.sampled_from([HEADER, HEADER.replace(",", ";"), "\ufeff" + HEADER, f'"{HEADER}"', "\n" + HEADER, ""]),
    st.lists(st.one_of(_GOOD_LINES, _GOOD_LINES, _LINES, st.just("")), max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\n"]),
).map(lambda one: (one[2].join((one[0], *one[1])) + one[3]).encode())


@cache
def the_engine() -> tuple[TemporaryDirectory[str], Engine]:
    """One engine for all examples, which reads what lies in its own folder."""
    home = TemporaryDirectory()
    return home, Engine(Path(home.name).resolve(), [])


@contextmanager
def blocks_of(size: int) -> Iterator[None]:
    """Cut files into much smaller blocks than in use."""
    before = parts.BLOCK, parts.ROWS
    parts.BLOCK, parts.ROWS = size, 3  # type: ignore[misc]
    try:
        yield
    finally:
        parts.BLOCK, parts.ROWS = before  # type: ignore[misc]


def in_pieces(content: bytes, *, name: str = "counts.csv", size: int = 64, most: int = 10**6) -> Told:
    """Read bytes as a part of a large table."""
    home, engine = the_engine()
    with TemporaryDirectory(dir=home.name) as folder, blocks_of(size):
        path = Path(folder) / "data" / "curated" / "parts" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        log = ProblemLog(most=most)
        opened = open_parts(path.parents[2], COUNTS_OF_PARTS, log)
        load(engine, COUNTS_OF_PARTS, opened, log, lambda step, detail: None)
        columns = ", ".join(COUNTS.columns)
        read = engine.execute(f"SELECT _line, {columns} FROM counts")
        rows = [(line, dict(zip(COUNTS.columns, cells, strict=True))) for line, *cells in read]
        return rows, sorted(log.problems())


def _without_bad_text(rows: list[tuple[int, Row]], problems: list[Problem]) -> list[tuple[int, Row]]:
    """Take out the texts that were refused: nothing is made of them."""
    bad = {(problem.row, problem.column) for problem in problems}
    return [
        (line, {column: None if (line, column) in bad else value for column, value in row.items()})
        for line, row in rows
    ]


def as_one(content: bytes) -> Told:
    """Read the same bytes as a small table."""
    reading = parse_csv(content, COUNTS, "data/curated/parts/counts.csv")
    return list(zip(reading.lines, reading.rows, strict=True)), sorted(reading.problems)


@settings(deadline=None)
@given(content=_CONTENT, size=st.sampled_from([16, 64, 4096]))
@example(content=b"", size=16)
@example(content=f"{HEADER}\n{GOOD}\n{GOOD[:-1]}\n\n{GOOD},\n".encode(), size=4096)
@example(content=f'{HEADER}\n{GOOD}\n"{GOOD}\n{GOOD}\n'.encode(), size=64)
@example(content=f'{HEADER}\n{GOOD}"a\nb"\n{GOOD}\n'.encode(), size=16)
@example(content=f"{HEADER}\n{GOOD}{'x' * 140_000}\n".encode(), size=64)
def test_any_table_gives_the_same_values_and_problems(content: bytes, size: int) -> None:
    rows, problems = in_pieces(content, size=size)
    expected, told = as_one(content)
    assert problems == told
    assert _without_bad_text(rows, problems) == _without_bad_text(expected, told)


@settings(deadline=None)
@given(content=st.binary(max_size=60), size=st.sampled_from([4, 16]))
@example(content=f"{HEADER}\n{GOOD}é\n".encode("latin-1"), size=16)
@example(content=b"\xef\xbb\xbf" + HEADER.encode() + b"\n\xff", size=4)
@example(content=HEADER.encode() + b"\n\0\n", size=4)
@example(content=HEADER.encode() + b"\n\xe1\x9e", size=4)
def test_any_bytes_give_the_same_problems(content: bytes, size: int) -> None:
    assert in_pieces(content, size=size)[1] == as_one(content)[1]


_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "id": st.sampled_from(["dsp-0001", "dsp-1", "", None]),
    "as_of": st.sampled_from([date(2025, 7, 30), None]),
    "value": st.one_of(st.none(), st.floats(), st.sampled_from([0.0, 12.5, -1.0])),
    "sites": st.one_of(st.none(), st.integers(-5, 2**40)),
    "qualifier": st.sampled_from(["exact", "rough", None]),
    "headline_ok": st.sampled_from([True, False, None]),
    "note": st.one_of(st.none(), st.text(max_size=5)),
}
_TYPES = {
    "id": pa.string(),
    "as_of": pa.date32(),
    "value": pa.float64(),
    "sites": pa.int64(),
    "qualifier": pa.string(),
    "headline_ok": pa.bool_(),
    "note": pa.string(),
}


def parquet(rows: list[dict[str, Any]], **types: pa.DataType) -> bytes:
    schema = pa.schema([pa.field(name, types.get(name, kind)) for name, kind in _TYPES.items()])
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), out, row_group_size=4)
    return out.getvalue()


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.fixed_dictionaries(_VALUES), max_size=9))
def test_any_parquet_gives_the_same_values_and_problems(rows: list[dict[str, Any]]) -> None:
    _same_as_small(parquet(rows))


def _same_as_small(content: bytes) -> None:
    found, problems = in_pieces(content, name="counts.parquet")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "data" / "curated" / "parts" / "counts.parquet"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        reading = read_table(path.parents[2], replace(COUNTS, path="curated/parts/counts.parquet"))
    told = sorted(reading.problems)
    assert problems == told
    expected = list(zip(reading.lines, reading.rows, strict=True))
    assert _without_bad_text(found, problems) == _without_bad_text(expected, told)


@pytest.mark.parametrize(
    ("column", "kind", "value"),
    [
        ("as_of", pa.string(), "2025-07-30"),
        ("value", pa.string(), "12"),
        ("value", pa.int32(), 12),
        ("value", pa.bool_(), True),
        ("sites", pa.float64(), 12.0),
        ("headline_ok", pa.string(), "yes"),
        ("id", pa.large_string(), "dsp-0001"),
        ("id", pa.dictionary(pa.int8(), pa.string()), "dsp-0001"),
        ("note", pa.int64(), 3),
        ("as_of", pa.date64(), date(2025, 7, 30)),
        ("qualifier", pa.null(), None),
    ],
)
def test_a_column_of_another_type_is_refused_alike(column: str, kind: pa.DataType, value: object) -> None:
    row = {
        "id": "dsp-0001",
        "as_of": date(2025, 7, 30),
        "value": 1.0,
        "sites": 1,
        "note": None,
        "qualifier": "exact",
        "headline_ok": True,
    }
    _same_as_small(parquet([row | {column: value}] * 3, **{column: kind}))


def test_more_problems_of_a_kind_are_counted() -> None:
    content = "\n".join(
        [HEADER, *([GOOD.replace("172094", "~5")] * 40), GOOD.replace("exact", "rough")]
    ).encode()
    _, problems = in_pieces(content, size=4096, most=MOST)
    numbers = [problem for problem in problems if problem.code == "number"]
    assert [problem.row for problem in numbers] == [0, *range(2, 27)]
    assert str(numbers[0]) == (
        'data/curated/parts/counts.csv: "… and 15 more of this kind" — '
        "expected none; the first 25 are listed [number]"
    )
    assert [(problem.row, problem.code) for problem in problems if problem.code == "allowed"] == [
        (42, "allowed")
    ]


@pytest.mark.parametrize("name", ["counts.csv.gz", "counts.xlsx", "counts"])
def test_another_kind_of_file_is_refused(name: str) -> None:
    _, problems = in_pieces(b"x", name=name)
    assert [(problem.code, problem.expected) for problem in problems] == [
        ("file", "a CSV or Parquet file, not compressed")
    ]


def test_a_damaged_parquet_file_is_refused() -> None:
    content = bytearray(parquet([dict.fromkeys(_TYPES) | {"id": "dsp-0001"}] * 200))
    for at in range(20, 60):
        content[at] ^= 0xFF
    for broken in (bytes(content), bytes(content[:100]), b"PAR1"):
        _, problems = in_pieces(broken, name="counts.parquet")
        assert {problem.code for problem in problems} >= {"file"}


def test_a_part_outside_the_data_folder_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    folder = tmp_path / "data" / "curated" / "counts"
    folder.mkdir(parents=True)
    (folder / "link.csv").symlink_to(outside)
    log = ProblemLog()
    assert [path.name for path in parts.list_files(tmp_path / "data", COUNTS)] == ["link.csv"]
    assert open_parts(tmp_path / "data", COUNTS, log) == ()
    assert [problem.expected for problem in log.problems()] == ["a file inside the data folder"]
