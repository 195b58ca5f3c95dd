"""What a file can be that must not become a table: one test a fault, named by its number."""

import gzip
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.curation.altered import TODAY, changed, row_of, told
from tests.curation.conftest import Spoil
from tests.curation.test_read import COUNTS, GOOD, HEADER, RATES
from tests.curation.test_read import only as only_problem
from tests.frozen import ROOT
from utils.curation.check import examine
from utils.curation.curated_tables import Record, read_record
from utils.curation.parquet import MAX_ROWS
from utils.curation.problems import MAX_PROBLEMS
from utils.curation.publish.record_tasks import check_in_sandbox, check_record
from utils.curation.publish.sandbox import Limits
from utils.curation.read import Problem, parse_csv, read_table

CSV = f"{HEADER}\n{GOOD}\n".encode()


def of_csv(content: bytes) -> Problem:
    return only_problem(parse_csv(content, COUNTS, "f"))


def counts(folder: Path) -> Path:
    (folder / "curated").mkdir()
    return folder / "curated" / "counts.csv"


class TestFiles:
    """Paths that are no plain file of the data folder."""

    def test_f9_a_folder_or_a_pipe_in_place_of_a_file(self, tmp_path: Path) -> None:
        path = counts(tmp_path)
        path.mkdir()
        folder = only_problem(read_table(tmp_path, COUNTS))
        path.rmdir()
        os.mkfifo(path)
        pipe = only_problem(read_table(tmp_path, COUNTS))
        for problem in (folder, pipe):
            assert (problem.expected, problem.code) == ("a file, not a folder or device", "file")

    @pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
    def test_f9_a_file_that_may_not_be_read(self, tmp_path: Path) -> None:
        path = counts(tmp_path)
        path.write_bytes(CSV)
        path.chmod(0)
        problem = only_problem(read_table(tmp_path, COUNTS))
        assert (problem.expected, problem.code) == ("a readable file (Permission denied)", "file")

    def test_f9_a_name_that_is_too_long_or_goes_in_a_circle(self, tmp_path: Path) -> None:
        path = counts(tmp_path)
        path.symlink_to(path)
        assert only_problem(read_table(tmp_path, COUNTS)).code == "file"

    def test_f10_a_link_out_of_the_data_folder_is_refused_and_logged(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / "data").mkdir()
        path = counts(tmp_path / "data")
        (tmp_path / "outside.csv").write_bytes(CSV)
        path.symlink_to("../../outside.csv")
        problem = only_problem(read_table(tmp_path / "data", COUNTS))
        assert (problem.expected, problem.code) == ("a file inside the data folder", "file")
        (event,) = [one for one in caplog.records if one.name == "samaki.security"]
        assert event.levelname == "WARNING"
        assert event.getMessage() == "refused a path out of the data folder: data/curated/counts.csv"
        assert "outside" not in caplog.text


def parquet(**columns: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, compression="zstd")
    return out.getvalue()


def rates(rows: int) -> bytes:
    """Return a well-formed table of rates that says the same in every row: a few bytes a million rows."""
    same = pa.DictionaryArray.from_arrays
    index = pa.array([0]).take(pa.nulls(rows, pa.int64()).fill_null(0))
    return parquet(
        date=pa.repeat(pa.scalar(date(2025, 7, 1)), rows),
        base=same(index.cast(pa.int32()), pa.array(["EUR"])),
        rate=pa.repeat(pa.scalar(1.5), rows),
    )


def of_rates(tmp_path: Path, content: bytes) -> Problem:
    path = tmp_path / "curated" / "rates.parquet"
    path.parent.mkdir()
    path.write_bytes(content)
    return only_problem(read_table(tmp_path, RATES))


class TestForgedParquet:
    """Files whose footer claims what no table has, or less than they unpack to."""

    def test_f11_more_rows_than_any_table(self, tmp_path: Path) -> None:
        problem = of_rates(tmp_path, parquet(date=pa.nulls(MAX_ROWS + 1)))
        assert (problem.value, problem.code) == (f"{MAX_ROWS + 1} rows", "size")
        assert problem.expected == f"at most {MAX_ROWS} rows"

    def test_f11_ten_thousand_columns(self, tmp_path: Path) -> None:
        problem = of_rates(tmp_path, parquet(**{f"c{number}": pa.array([1]) for number in range(10_000)}))
        assert (problem.value, problem.code) == ("10000 columns", "size")

    def test_f11_ten_thousand_columns_of_text(self) -> None:
        problem = of_csv(b"id," * 10_000 + b"as_of\n")
        assert (problem.expected, problem.code) == ("at most 1000 columns", "header")

    @pytest.mark.parametrize("which", ["first", "last", "every"])
    def test_f11_forged_row_counts(self, tmp_path: Path, which: str) -> None:
        content = rates(5_000)
        length = int.from_bytes(content[-8:-4], "little")
        body, footer = content[: -8 - length], content[-8 - length : -8]
        real, forged = b"\x90\x4e", b"\x80\x7d"  # 5,000 and 8,000 rows, as the footer writes them
        assert footer.count(real) >= 3
        if which == "every":
            footer = footer.replace(real, forged)
        else:
            at = footer.index(real) if which == "first" else footer.rindex(real)
            footer = footer[:at] + forged + footer[at + 2 :]
        problem = of_rates(tmp_path, body + footer + content[-8:])
        assert problem.code == "file"

    def test_f11_a_bomb_ends_in_a_refusal_and_the_parent_does_not_grow(self, data: Path) -> None:
        """Three million good rows in some kilobytes: a gigabyte when read."""
        rows = 3_000_000
        bomb = parquet(
            date=pa.repeat(pa.scalar(date(2025, 7, 1)), rows),
            base=pa.repeat(pa.scalar("EUR"), rows),
            quote=pa.repeat(pa.scalar("USD"), rows),
            rate=pa.repeat(pa.scalar(1.5), rows),
            source_id=pa.repeat(pa.scalar("ecb"), rows),
        )
        assert len(bomb) < 200_000
        (data / "curated" / "fx_rates.parquet").write_bytes(bomb)
        script = (
            "import resource, sys; from pathlib import Path\n"
            "from utils.curation.publish.record_tasks import check_in_sandbox\n"
            "from utils.curation.publish.sandbox import Limits\n"
            "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
            "before = peak()\n"
            "found = check_in_sandbox(Path(sys.argv[1]), limits=Limits(memory_mb=600), report=print)\n"
            "print('grew', peak() - before); print(*found.problems, sep='\\n')\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, str(data)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        grew = re.search(r"^grew (\d+)$", done.stdout, re.M)
        assert grew is not None
        assert int(grew[1]) < 50
        assert "fx_rates.parquet: empty — expected a file that can be read in the memory that is left" in (
            done.stdout
        )
        assert "Traceback" not in done.stderr

    def test_f11_a_file_that_is_all_wrong_gives_a_list_that_can_be_read(self, data: Path) -> None:
        path = data / "curated" / "impact.csv"
        header = path.read_text("utf-8").splitlines()[0]
        path.write_text(f"{header}\n" + f"{',' * header.count(',')}\n" * 200_000, "utf-8")
        found = check_in_sandbox(data, limits=Limits(), report=lambda step, detail: None)
        of_impact = [one for one in found.problems if one.file == "data/curated/impact.csv"]
        assert MAX_PROBLEMS <= len(of_impact) < 3 * MAX_PROBLEMS
        assert next(one.expected for one in of_impact if one.code == "limits") == (
            "fewer than 1000 problems: the others are not listed"
        )


def _zip(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("counts.csv", content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (gzip.compress(CSV * 100_000), "a gzip archive"),
        (_zip(CSV * 100_000), "a zip archive or a workbook"),
        (parquet(id=pa.array(["a"])), "a Parquet file"),
    ],
    ids=["gzip", "zip", "parquet"],
)
def test_f12_packed_content_is_refused_as_such(content: bytes, what: str) -> None:
    problem = of_csv(content)
    assert (problem.expected, problem.code) == (f"plain CSV text (this is {what})", "file")


def test_f13_a_byte_order_mark_is_accepted_and_the_header_is_clean() -> None:
    reading = parse_csv(b"\xef\xbb\xbf" + CSV, COUNTS, "f")
    assert (reading.problems, reading.rows[0]["id"]) == ((), "dsp-0001")


@pytest.mark.parametrize(
    ("content", "row", "told_of"),
    [
        (CSV.decode().encode("utf-16"), 1, "this is UTF-16: byte 0 is 0xFF"),
        (CSV.decode().encode("utf-16-be"), 1, "this is UTF-16BE"),
        (CSV.decode().encode("utf-32"), 1, "this is UTF-32: byte 0 is 0xFF"),
        (CSV + "é".encode("cp1252"), 3, "byte 89 is 0xE9, as in Windows-1252"),
        (
            CSV + "ភ\n".encode() + "é".encode("cp1252"),
            4,
            "byte 93 is 0xE9, as in Windows-1252, while text before it is UTF-8",
        ),
        (b"\xef\xbb\xbf" + CSV + b"\x81", 3, "byte 92 is 0x81, as in no text"),
    ],
)
def test_f14_other_encodings_are_refused_with_their_name_and_byte(
    content: bytes, row: int, told_of: str
) -> None:
    problem = of_csv(content)
    assert (problem.row, problem.expected, problem.code) == (row, f"UTF-8 text ({told_of})", "encoding")


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_f15_another_separator_and_windows_lines_are_accepted(separator: str, end: str) -> None:
    text = f"{HEADER}\n{GOOD}\n".replace(",", separator).replace("\n", end)
    reading = parse_csv(text.encode(), COUNTS, "f")
    assert (reading.problems, len(reading.rows)) == ((), 1)


@pytest.mark.parametrize(
    ("content", "row", "code", "expected"),
    [
        (CSV + b"dsp-0002,2025-07-30\n", 3, "ragged", "7 cells, as in the header"),
        (CSV + b'dsp-0002,2025-07-30,1,,,,"open\n', 3, "csv", "well-formed CSV (unexpected end of data)"),
        (CSV + b"\0", 3, "encoding", "text without NUL bytes (byte 89 is one)"),
        (CSV + b"a\rb\n", 3, "csv", "lines that end in LF or CRLF (a CR stands alone)"),
        (CSV.replace(b"\n", b"\r"), 1, "csv", "lines that end in LF or CRLF (a CR stands alone)"),
    ],
    ids=["ragged", "open quote", "NUL", "CR", "old Macintosh"],
)
def test_f15_what_is_ambiguous_is_refused_with_its_line(
    content: bytes, row: int, code: str, expected: str
) -> None:
    problem = of_csv(content)
    assert (problem.row, problem.code, problem.expected) == (row, code, expected)


def test_f15_a_header_with_two_separators_is_not_guessed() -> None:
    reading = parse_csv(CSV.replace(b",", b";", 2), COUNTS, "f")
    assert "header" in {problem.code for problem in reading.problems}
    assert reading.rows == ()


class TestColumns:
    """Columns that are not those of the contract."""

    def test_f23_a_renamed_column_is_refused_and_guessed_at(self) -> None:
        found = parse_csv(CSV.replace(b"headline_ok", b"Headline OK"), COUNTS, "f").problems
        assert [(one.column, one.code) for one in found] == [
            ("headline_ok", "header"),
            ("Headline OK", "extra-column"),
        ]
        assert found[0].expected == "this column in the header (is it “Headline OK”?)"

    def test_f23_an_extra_column_is_told_and_never_published(self, data: Path) -> None:
        path = data / "curated" / "stages.csv"
        first, *rest = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([first + ",phone", *(line + ",012" for line in rest)]) + "\n", "utf-8")
        record = read_record(data)
        (found,) = examine(record, today=TODAY).problems
        assert (found.column, found.code, found.severity) == ("phone", "extra-column", "warning")
        assert all("phone" not in row for row in record.rows("stages"))

    def test_f23_a_type_that_drifted_is_refused(self, tmp_path: Path) -> None:
        problem = of_rates(tmp_path, parquet(date=[date(2025, 7, 1)], base=["EUR"], rate=["1.17"]))
        assert (problem.column, problem.expected) == ("rate", "a value of type number")

    def test_f23_a_unit_that_changed_is_refused(self, real: Record) -> None:
        found = told(changed(real, "displacement", row_of("dsp-0204"), unit="families"), "unit")
        assert [(one.value, one.expected) for one in found] == [
            ("families", "people, the unit of displaced_people")
        ]


def test_problems_of_a_check_are_told_as_json_lines_by_the_worker(data: Path, spoil: Spoil) -> None:
    spoil("impact", row_of("imp-0001"), value="~5")
    task = f"{check_record.__module__}:{check_record.__name__}"
    message = {"task": task, "limits": {"memory_mb": 2048}, "order": {"data": str(data)}}
    done = subprocess.run(
        [sys.executable, "-m", "utils.curation.publish.sandbox_worker"],
        cwd=ROOT,
        input=json.dumps(message) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    outcome = json.loads(done.stdout.splitlines()[-1])["outcome"]
    assert [one["code"] for one in outcome["problems"]] == ["number"]
