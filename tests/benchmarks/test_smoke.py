"""Every part of the benchmarks runs to its table, at its smallest size; nothing is compared."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.frozen import ROOT


@pytest.mark.browser
def test_every_part_runs_to_its_table(data_folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "lines.json"
    command = [sys.executable, "-m", "tests.benchmarks", "--smoke", "--json", str(report)]
    environment = {**os.environ, "SAMAKI_DATA": str(data_folder)}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    lines = json.loads(report.read_text(encoding="utf-8"))
    assert len({line["part"] for line in lines}) >= 10
    assert [line for line in lines if line["missed"] or "ended with" in line["what"]] == []
    assert "0 of 0 targets missed." in ran.stdout
