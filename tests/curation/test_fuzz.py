"""Whatever bytes or texts a file holds, reading and checking give rows and problems, never an exception."""

import io
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, get_args

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from tests.curation.altered import TODAY
from tests.frozen import frozen_record
from utils.curation.checks.known import Known, known
from utils.curation.checks.rows import row_problems
from utils.curation.contract import Contract, Table, load
from utils.curation.curated_tables import read_record
from utils.curation.parquet import read_parquet
from utils.curation.problems import Code, Problem, Reading
from utils.curation.read import parse_csv

_TYPES = {"string": str, "number": float, "integer": int, "date": date, "boolean": bool}
_HOSTILE = (
    *(
        "=HYPERLINK(1)",
        "'",
        '"',
        '""',
        ",",
        ";",
        "\t",
        "\r\n",
        "\r",
        "\n",
        "\0",
        "\ufeff",
        "\u202e",
        "\u200b",
    ),
    *("12,345", "12.345", "1e999", "NaN", "-0", "០១២", "2025-02-30", "9999-12-31", "0000-00-00", "NA", "yes"),
    *("KH0102", "KH1", "+855 12 345 678", "a@b.cd", "😀" * 50, "x" * 25_000, "ខ្មែរ", "<script>", "103.5"),
)


@cache
def contract() -> Contract:
    return load(frozen_record())


@cache
def judged_by() -> Known:
    return known(read_record(frozen_record()), TODAY)


@cache
def content_of(name: str) -> bytes:
    return (frozen_record() / contract().tables[name].path).read_bytes()


OPEN = sorted(name for name, table in contract().tables.items() if not table.restricted)
CSV_TABLES = st.sampled_from([name for name in OPEN if name != "fx_rates"])
TEXTS = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(_HOSTILE)
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 8), st.binary(max_size=12)), min_size=1, max_size=6
)


def edited(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """Return content with some pieces cut out and others put in their place."""
    for where, cut, put in edits:
        at = int(where * len(content))
        content = content[:at] + put + content[at + cut :]
    return content


def holds(reading: Reading, table: Table) -> None:
    """Rows hold values of the contract's types, and each problem says where, what and why."""
    assert len(reading.rows) == len(reading.lines)
    for row in reading.rows:
        assert set(row) == set(table.columns)
        for field in table.fields:
            value = row[field.name]
            assert value is None or type(value) is _TYPES[field.kind]
    for problem in reading.problems:
        assert isinstance(problem, Problem)
        assert problem.file
        assert problem.expected
        assert problem.code in get_args(Code)
        assert len(problem.value) <= 301


def judged(reading: Reading, table: Table) -> None:
    for row in reading.rows[:5]:
        for flaw in row_problems(table, row, judged_by()):
            assert flaw.code in get_args(Code)
            assert flaw.expected


@given(CSV_TABLES, st.binary(max_size=600))
def test_any_bytes_as_csv(name: str, content: bytes) -> None:
    table = contract().tables[name]
    reading = parse_csv(content, table, "f")
    holds(reading, table)
    assert reading.problems


@given(CSV_TABLES, EDITS)
def test_a_real_table_with_bytes_cut_out_and_put_in(name: str, edits: list[tuple[float, int, bytes]]) -> None:
    table = contract().tables[name]
    reading = parse_csv(edited(content_of(name)[:20_000], edits), table, "f")
    holds(reading, table)
    judged(reading, table)


@given(CSV_TABLES, st.data())
def test_a_real_table_with_any_texts_in_its_cells(name: str, data: st.DataObject) -> None:
    table = contract().tables[name]
    cells = {column: data.draw(st.just("") | TEXTS) for column in table.columns}
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells.values())
    reading = parse_csv(f"{','.join(table.columns)}\n{quoted}\n".encode(), table, "f")
    holds(reading, table)
    judged(reading, table)


@given(st.binary(max_size=600))
def test_any_bytes_as_parquet(content: bytes) -> None:
    table = contract().tables["fx_rates"]
    for around in (content, b"PAR1" + content + len(content).to_bytes(4, "little") + b"PAR1"):
        reading = read_parquet(around, table, "f")
        assert reading.rows == ()
        assert reading.problems


@cache
def small_parquet() -> bytes:
    frame = pq.read_table(frozen_record() / contract().tables["fx_rates"].path).slice(0, 40)
    out = io.BytesIO()
    pq.write_table(frame, out)
    return out.getvalue()


@given(EDITS)
def test_a_real_parquet_file_with_bytes_cut_out_and_put_in(edits: list[tuple[float, int, bytes]]) -> None:
    table = contract().tables["fx_rates"]
    holds(read_parquet(edited(small_parquet(), edits), table, "f"), table)


FLIPS = st.lists(st.tuples(st.floats(0, 1), st.integers(1, 255)), min_size=1, max_size=4)


@given(FLIPS)
def test_a_real_parquet_file_with_bytes_turned(flips: list[tuple[float, int]]) -> None:
    table = contract().tables["fx_rates"]
    content = bytearray(small_parquet())
    for where, mask in flips:
        content[min(int(where * len(content)), len(content) - 1)] ^= mask
    holds(read_parquet(bytes(content), table, "f"), table)


_ARROW: tuple[st.SearchStrategy[Any], ...] = (
    st.lists(st.none() | TEXTS, min_size=2, max_size=2).map(lambda cells: pa.array(cells, pa.string())),
    st.lists(st.binary(max_size=9), min_size=2, max_size=2).map(lambda cells: pa.array(cells, pa.binary())),
    st.lists(st.floats(), min_size=2, max_size=2).map(lambda cells: pa.array(cells, pa.float64())),
    st.lists(st.integers(-(2**31), 2**31 - 1), min_size=2, max_size=2).map(
        lambda days: pa.array(days, pa.int32()).cast(pa.date32())
    ),
    st.lists(st.integers(-(2**63), 2**63 - 1), min_size=2, max_size=2).map(
        lambda times: pa.array(times, pa.int64()).cast(pa.timestamp("ns"))
    ),
    st.lists(st.lists(st.integers(0, 9)), min_size=2, max_size=2).map(
        lambda cells: pa.array(cells, pa.list_(pa.int64()))
    ),
    st.just(pa.nulls(2)),
    st.just(pa.array([{"a": 1}, None])),
    st.just(pa.array([True, None])),
    st.just(pa.array(["EUR", "EUR"]).dictionary_encode()),
)


@given(st.data())
def test_a_parquet_file_with_columns_of_any_type(data: st.DataObject) -> None:
    table = contract().tables["fx_rates"]
    columns = {name: data.draw(st.one_of(*_ARROW)) for name in table.columns}
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    reading = read_parquet(out.getvalue(), table, "f")
    holds(replace(reading, rows=_as_numbers(reading)), table)


def _as_numbers(reading: Reading) -> tuple[dict[str, Any], ...]:
    """A whole number in a column of numbers is one of them."""
    return tuple(
        {name: float(value) if type(value) is int else value for name, value in row.items()}
        for row in reading.rows
    )
