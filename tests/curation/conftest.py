"""A copy of the frozen record that a test may spoil, and the means to spoil it."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.curation.altered import open_part
from tests.frozen import copy_record, frozen_record
from tests.publishing import run_here
from utils.curation.contract import Contract, load
from utils.curation.curated_tables import Record, read_record
from utils.curation.publish import record_tasks


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder of its own: the curated tables and the contract, no release."""
    return copy_record(tmp_path / "data")


FULL_IN_SMALL = {"phases", "stages", "counters", "looked_for"}


@pytest.fixture(scope="session")
def small_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of a few open tables, for tests that publish many times. Not to be changed."""
    data = copy_record(tmp_path_factory.mktemp("small") / "data")
    shutil.rmtree(data / "curated" / "restricted")
    for path in (data / "curated").glob("*.csv"):
        if path.stem not in FULL_IN_SMALL:
            path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    rates = data / "curated" / "fx_rates.parquet"
    pq.write_table(pq.read_table(rates).slice(0, 0), rates)
    return data


@pytest.fixture
def small(small_record: Path, tmp_path: Path) -> Path:
    """A copy of the small record that a test may spoil."""
    shutil.copytree(small_record, tmp_path / "small")
    return tmp_path / "small"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Releases are built in this process, without the second that starting another takes."""
    monkeypatch.setattr(record_tasks, "run_task", run_here)


@pytest.fixture(scope="session")
def contract() -> Contract:
    """The contract of the frozen record."""
    return load(frozen_record())


def _load(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        assert reader.line_num == len(rows) + 1, "a cell of this table spans lines"
        return list(reader.fieldnames or ()), rows


def _save(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


Spoil = Callable[..., int]


@pytest.fixture
def spoil(data: Path) -> Spoil:
    """Change one row of ``curated/<table>.csv``: the first where ``where`` holds; return its line."""

    def change(table: str, where: Callable[[dict[str, str]], bool], **cells: str) -> int:
        path = data / "curated" / f"{table}.csv"
        columns, rows = _load(path)
        index = next(index for index, row in enumerate(rows) if where(row))
        rows[index] |= cells
        _save(path, columns, rows)
        return index + 2

    return change


@pytest.fixture
def add(data: Path) -> Spoil:
    """Add a row to ``curated/<table>.csv``, a copy of the first with other cells; return its line."""

    def append(table: str, **cells: str) -> int:
        path = data / "curated" / f"{table}.csv"
        columns, rows = _load(path)
        rows.append(rows[0] | cells)
        _save(path, columns, rows)
        return len(rows) + 1

    return append


@pytest.fixture
def name_in(data: Path) -> Spoil:
    """Add a language to the names of a table: its column in the CSV and in the contract; return its line."""

    def append(table: str, lang: str, where: Callable[[dict[str, str]], bool], text: str) -> int:
        path = data / "curated" / f"{table}.csv"
        columns, rows = _load(path)
        index = next(index for index, row in enumerate(rows) if where(row))
        rows[index][f"name_{lang}"] = text
        _save(path, [*columns, f"name_{lang}"], rows)
        contract = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
        resource = next(one for one in contract["resources"] if one["path"] == f"curated/{table}.csv")
        fields = resource["schema"]["fields"]
        model = next(field for field in fields if field["name"] == "name_km")
        fields.append(model | {"name": f"name_{lang}"})
        (data / "datapackage.json").write_text(json.dumps(contract), encoding="utf-8")
        rules = json.loads((data / "public_rules.json").read_text(encoding="utf-8"))
        rule = rules["tables"].get(table, {})
        for names in (
            rule.get("columns", []),
            rule.get("free_text", []),
        ):  # as the schema's name* is compiled
            if "name_km" in names:
                names.append(f"name_{lang}")
        (data / "public_rules.json").write_text(json.dumps(rules), encoding="utf-8")
        return index + 2

    return append


@pytest.fixture(scope="session")
def real() -> Record:
    """The frozen record without its restricted part, read once. Not to be changed in place."""
    return open_part(read_record(frozen_record()))
