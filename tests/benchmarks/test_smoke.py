"""Every part of the benchmarks runs to its table, at its smallest size; nothing is compared."""

import json
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import main


@pytest.mark.browser
def test_every_part_runs_to_its_table(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAMAKI_DATA", str(data_folder))
    assert main(["--smoke", "--json", str(tmp_path / "lines.json")]) == 0
    lines = json.loads((tmp_path / "lines.json").read_text(encoding="utf-8"))
    assert len({line["part"] for line in lines}) >= 10
    assert [line for line in lines if line["missed"] or "ended with" in line["what"]] == []
    assert "0 of 0 targets missed." in capsys.readouterr().out
