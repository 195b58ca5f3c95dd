"""Every chore by its command line: exit codes, answers for machines, and what hides at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.curation.conftest import Spoil
from tests.publishing import main, publish
from utils.curation.curated_tables import read_record
from utils.curation.derive import write_derived
from utils.curation.publish.commands import rollback
from utils.releases import history, withdrawals
from utils.releases.catalogue import NoSuchRelease, current_id
from utils.releases.layout import folder_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once")]
Ask = Callable[..., Any]


@pytest.fixture
def ask(small: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run a chore on the small record for machines; return its answer, having checked the exit code."""

    def run(*words: str, code: int = 0) -> Any:
        assert main([*words, "--data", str(small), "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return run


def edit(data: Path, note: str) -> None:
    path = data / "curated" / "looked_for.csv"
    first, second, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([first, f"{second.rsplit(',', 1)[0]},{note}", *rest]) + "\n", encoding="utf-8")


def test_a_curators_day_for_machines(small: Path, ask: Ask) -> None:
    assert ask("check")["errors"] == 0
    first = ask("publish")["release"]
    assert ask("publish")["release"] == first
    edit(small, "Searched again")
    assert ask("status")["up_to_date"] is False
    assert ask("diff")["count"]["public"] == {"added": 0, "corrected": 0, "withdrawn": 0, "reworded": 1}
    second = ask("publish", "--why", "found more")["release"]
    told = ask("status")
    assert (told["current"], told["whole"], told["up_to_date"], told["publisher"]) == (second, True, True, "")
    assert [one["release"] for one in ask("list")["releases"]] == [second, first]
    assert ask("rollback", "--why", "too soon")["release"] == first
    assert ask("ensure")["held"] == second
    assert ask("publish")["release"] == second
    assert ask("prune", "--keep", "1")["removed"] == [first]
    assert [entry["why"] for entry in ask("status")["history"]] == ["", "found more", "too soon", ""]


def test_a_table_is_hidden_and_shown_again(small: Path, ask: Ask) -> None:
    publish(small)
    assert ask("hide", "table", "phases", "--why", "wrong")["tiers"] == ["public"]
    assert [(one.kind, one.name, one.reason) for one in withdrawals.read_withdrawals(small, "public")] == [
        ("table", "phases", "wrong")
    ]
    again = ask("hide", "table", "phases", "--why", "still wrong")
    assert (again["tiers"], len(withdrawals.read_withdrawals(small, "public"))) == (["public"], 1)
    shown = ask("hide", "table", "phases", "--undo")
    assert (shown["tiers"], shown["undone"]) == (["public"], True)
    assert withdrawals.read_withdrawals(small, "public") == ()
    assert "not hidden" in ask("hide", "table", "phases", "--undo", code=2)["error"]
    assert "not in the current release" in ask("hide", "table", "no_such", code=2)["error"]
    assert "not in the current release" in ask("hide", "map", code=2)["error"]
    kinds = [event.event for event in history.read_events(small)]
    assert kinds == ["publish", "hide", "hide", "show"]


def test_what_cannot_be_done_exits_2_and_says_why(small: Path, ask: Ask) -> None:
    assert "none is kept" in ask("rollback", code=2)["error"]
    publish(small)
    assert "not kept" in ask("rollback", "0123456789ab", code=2)["error"]
    assert "the current one" in ask("rollback", str(current_id(small)), code=2)["error"]
    (small / "hidden").mkdir()
    (small / "hidden" / "public.json").write_text("[]", encoding="utf-8")
    assert "public.json" in ask("hide", "table", "phases", code=2)["error"]
    (small / "hidden" / "public.json").unlink()
    (small / "datapackage.json").write_text("{", encoding="utf-8")
    for chore in ("check", "diff", "publish", "derive"):
        assert ask(chore, code=2)["exit"] == 2


def test_a_record_with_problems_exits_1_and_lists_them(small: Path, ask: Ask) -> None:
    first = publish(small)
    path = small / "curated" / "phases.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    assert ask("check", code=1)["errors"] > 0
    for chore in ("diff", "publish"):
        answer = ask(chore, code=1)
        assert (answer["exit"], answer["problems"][0]["code"]) == (1, "duplicate")
        assert answer["problems"][0]["file"] == "small/curated/phases.csv"
    assert ask("ensure")["release"] == first


def test_a_damaged_release_can_be_hidden_and_is_told_by_status(small: Path, ask: Ask) -> None:
    first = publish(small)
    (folder_of(small, first) / "public" / "manifest.json").write_text("{", encoding="utf-8")
    assert ask("hide", "table", "phases")["tiers"] == ["public"]
    assert ask("status")["whole"] is False
    assert ask("list")["releases"][0]["whole"] is False
    assert "not in the current release" in ask("hide", "site", "wat-canary", code=2)["error"]


class TestWhatIsHiddenLater:
    """A name that was told before it was hidden: it is withdrawn wherever it can be."""

    NAME = "Zorvath Kandir"

    @pytest.fixture
    def told(self, data: Path, spoil: Spoil, add: Spoil) -> tuple[Path, str, str]:
        """A folder whose first release names a place that the second hides as a site; both ids."""
        spoil("events", lambda row: True, title=f"Families reach Wat {self.NAME}", note="")
        first = publish(data)
        add(
            "restricted/sites",
            site_id="wat-zorvath-kandir",
            name=f"Wat {self.NAME}",
            name_km="វត្តហ្សូវ៉ាត់កណ្ឌិរ",
            public_display="district_only",
        )
        write_derived(read_record(data))
        return data, first, publish(data)

    def test_the_older_release_is_withdrawn_and_may_not_come_back(self, told: tuple[Path, str, str]) -> None:
        data, first, second = told
        assert withdrawals.unsafe_releases(data) == {first}
        with pytest.raises(NoSuchRelease, match="none is kept"):
            rollback(data)
        with pytest.raises(NoSuchRelease, match="hidden since"):
            rollback(data, to=first)
        assert current_id(data) == second

    def test_nothing_that_the_public_reads_repeats_it(self, told: tuple[Path, str, str]) -> None:
        data, _first, second = told
        public = [*(data / "changes").glob("public.*"), *(data / "hidden").glob("public.*")]
        public += folder_of(data, second).glob("public/*.json")
        assert len(public) == 4
        assert not [path.name for path in public if "orvath" in path.read_text(encoding="utf-8")]

    def test_a_reason_that_names_it_is_kept_from_the_public(
        self, told: tuple[Path, str, str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        data, _first, _second = told
        why = f"{self.NAME} was hit"
        assert main(["hide", "table", "events", "--why", why, "--data", str(data)]) == 0
        reasons = {tier: withdrawals.read_withdrawals(data, tier)[-1].reason for tier in ("public", "ngo")}
        assert reasons == {"public": "", "ngo": why}
        assert "orvath" not in (data / "changes" / "public.jsonl").read_text(encoding="utf-8")
        (data / "curated" / "looked_for.csv").open("a", encoding="utf-8").write("\n")
        assert main(["publish", "--why", why, "--data", str(data)]) == 1
        assert "a reason that names no site" in capsys.readouterr().err
