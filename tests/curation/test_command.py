"""The curator's chores: what they print and how they exit."""

import errno
import re
from pathlib import Path

import pytest

from tests.curation.conftest import Spoil
from tests.publishing import main
from utils.curation.publish import steps

pytestmark = pytest.mark.slow


def test_check_of_a_good_record(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(data)]) == 0
    assert re.fullmatch(r"no problems \(\d+ accepted doubts\)\n", capsys.readouterr().out)


def test_check_prints_every_problem(data: Path, spoil: Spoil, capsys: pytest.CaptureFixture[str]) -> None:
    line = spoil("displacement", lambda row: row["admin1_pcode"] == "KH22", admin1_pcode="KH99", value="~5")
    assert main(["check", "--data", str(data)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "read…",
        "check…",
        f'data/curated/displacement.csv row {line}, column admin1_pcode: "KH99" — '
        "expected a P-code of places.csv [p-code]",
        f'data/curated/displacement.csv row {line}, column value: "~5" — '
        "expected a plain decimal number such as 12345 or 12.5 [number]",
        "2 errors",
    ]


def test_publish_and_ensure_name_the_release(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "--data", str(data)]) == 0
    release = (data / "CURRENT").read_text(encoding="ascii").strip()
    assert capsys.readouterr().out == f"release {release}\n"
    assert main(["ensure", "--data", str(data)]) == 0
    assert capsys.readouterr().out == f"release {release}\n"


def test_a_refused_publish_exits_1_and_ensure_goes_on_with_the_older(
    data: Path, spoil: Spoil, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["publish", "--data", str(data)])
    release = (data / "CURRENT").read_text(encoding="ascii")
    spoil("displacement", lambda row: True, value="~5")
    assert main(["publish", "--data", str(data)]) == 1
    assert "Nothing was published." in capsys.readouterr().err
    assert (data / "CURRENT").read_text(encoding="ascii") == release
    assert main(["ensure", "--data", str(data)]) == 0
    assert "The release before stays in use." in capsys.readouterr().err


def test_a_full_disk_is_said_with_what_to_do(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(steps, "sync_folder", full)
    assert main(["publish", "--data", str(data)]) == 2
    answer = capsys.readouterr().err
    assert "No space left on device" in answer
    assert "Free some space" in answer
    assert "Traceback" not in answer


@pytest.mark.parametrize("chore", ["check", "publish", "ensure", "derive"])
def test_what_is_no_record_exits_2(tmp_path: Path, chore: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([chore, "--data", str(tmp_path / "nowhere")]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_derive_rewrites_the_derived_tables(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["derive", "--data", str(data)]) == 0
    assert capsys.readouterr().out.split() == [
        "withheld_cells.csv",
        "named_districts.csv",
        "site_counts.csv",
        "named_sites.csv",
        "named_site_reports.csv",
    ]


def test_public_tree_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["public-tree", "--out", str(tmp_path)]) == 2
    assert "already there" in capsys.readouterr().err
