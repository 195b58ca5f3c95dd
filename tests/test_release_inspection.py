"""Before a release is switched on, every page and download is looked at as its readers would get it."""

from __future__ import annotations

import asyncio
import csv
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.curation.disclosure.test_leak_scan import KHMER, LATIN, SECRET, THAI, arrow
from tests.frozen import copy_record
from tests.publishing import publish
from utils import release_inspection
from utils.components import notices
from utils.curation.curated_tables import read_record
from utils.curation.derive import write_derived
from utils.curation.disclosure.protected_values import from_plain, to_plain
from utils.curation.problems import Problem
from utils.curation.progress import Progress, no_progress
from utils.curation.publish.candidate import Candidate
from utils.curation.publish.errors import ReleaseRefused
from utils.curation.publish.sandbox import Limits, run_task
from utils.curation.publish.steps import inspect
from utils.release_inspection import in_downloads, in_files, inspect_release, message_discloses
from utils.releases.catalogue import Catalogue

pytestmark = pytest.mark.slow


def html(message: ForwardMsg) -> None:
    message.delta.new_element.html.body = f"<table><td>{KHMER}</td></table>"


def chart(message: ForwardMsg) -> None:
    spec = {"data": [{"x": [1], "customdata": [[LATIN, 3]]}], "layout": {}}
    message.delta.new_element.plotly_chart.spec = json.dumps(spec)


def alternative(message: ForwardMsg) -> None:
    message.delta.new_element.plotly_chart.alt = f"People at {LATIN}"


def map_payload(message: ForwardMsg) -> None:
    points = json.dumps({"points": [[14.12345, 103.65432, 6, "site", "A site", [], "p1", ""]]})
    script = f"samaki.draw({points})"
    message.delta.new_element.component_instance.json_args = json.dumps({"feature_group": script})


def frame(message: ForwardMsg) -> None:
    message.delta.new_element.dataframe.arrow_data.data = arrow(pa.table({"name": ["a", THAI, "z"]}))


def option(message: ForwardMsg) -> None:
    message.delta.new_element.selectbox.options.extend(["All", LATIN])


def title(message: ForwardMsg) -> None:
    message.page_config_changed.title = LATIN


def address(message: ForwardMsg) -> None:
    message.page_info_changed.query_string = "q=wat%20zorvath%20kandir"


CHANNELS: tuple[Callable[[ForwardMsg], None], ...] = (
    *(html, chart, alternative, map_payload, frame, option, title, address),
)


@pytest.mark.parametrize("plant", CHANNELS, ids=lambda plant: plant.__name__)
def test_a_canary_in_any_part_of_a_page_is_found(plant: Callable[[ForwardMsg], None]) -> None:
    message = ForwardMsg()
    plant(message)
    assert message_discloses(SECRET, message)


def test_a_page_that_tells_nothing_is_left_alone() -> None:
    message = ForwardMsg()
    message.delta.new_element.html.body = "<p>People by province</p>"
    assert not message_discloses(SECRET, message)
    message = ForwardMsg()
    message.delta.new_element.plotly_chart.spec = '{"data": [{"lat": [11.5], "lon": [104.9]}]}'
    assert not message_discloses(SECRET, message)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    copy_record(tmp_path / "data")
    return tmp_path / "data"


def add_site(data: Path, **cells: str) -> None:
    path = data / "curated" / "restricted" / "sites.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    hidden = next(row for row in rows if row["public_display"] == "district_only")
    rows.append(hidden | {"village": "", "lat": "", "lon": ""} | cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    write_derived(read_record(data))


def test_a_release_whose_pages_tell_is_refused_and_the_pages_are_named(data: Path) -> None:
    """The canaries are named like words of the interface, which no table holds."""
    add_site(data, site_id="wat-canary-one", name="Wat Where Counts Differ", name_km="អ្វីដែលមិនបង្ហាញ និងមូលហេតុ")
    steps: list[str] = []
    with pytest.raises(ReleaseRefused) as refused:
        publish(
            data,
            inspection=inspect_release,
            report=lambda step, detail: steps.append(f"{step} {detail}".strip()),
        )
    places = {problem.file for problem in refused.value.problems}
    files = {f"download conflicts, {form}, en" for form in ("xlsx", "json", "parquet", "zip")}
    assert places == {"page sources, en", "page systems, en", "page shelters, km"} | files
    assert {problem.code for problem in refused.value.problems} == {"leak"}
    assert not any("differ" in str(problem).casefold() for problem in refused.value.problems)
    looked = {step for step in steps if step.startswith("leak gate: pages page")}
    assert {"leak gate: pages page overview, en", "leak gate: pages page shelters, km"} <= looked
    assert not (data / "CURRENT").exists()
    assert not list((data / "releases").glob("[!.]*"))


def staged(data: Path, folder: Path) -> Path:
    """A data folder with the public tier of a release alone."""
    name = publish(data)
    shutil.copytree(data / "releases" / name / "public", folder / "releases" / name / "public")
    (folder / "CURRENT").write_text(f"{name}\n", encoding="ascii")
    return folder


def test_what_is_told_beside_the_release_and_in_downloads_is_looked_at(data: Path, tmp_path: Path) -> None:
    folder = staged(data, tmp_path / "stage")
    (folder / "changes").mkdir()
    line = {"reason": f"was {THAI}"}
    (folder / "changes" / "public.jsonl").write_text(f"{{}}\n{json.dumps(line)}\n", encoding="utf-8")
    (folder / "hidden").mkdir()
    (folder / "hidden" / "public.json").write_text(json.dumps({"reason": KHMER}), encoding="utf-8")
    contract = next((folder / "releases").glob("*/public/datapackage.json"))
    document = json.loads(contract.read_text(encoding="utf-8"))
    document["resources"][0]["description"] = f"Goods for {LATIN}"
    contract.write_text(json.dumps(document), encoding="utf-8")
    steps: list[str] = []
    problems = [*in_files(SECRET, folder), *in_downloads(SECRET, folder, lambda *step: steps.extend(step))]
    table = document["resources"][0]["name"]
    places = {(one.file, one.row) for one in problems}
    assert {
        ("changes/public.jsonl", 2),
        ("hidden/public.json", 1),
        (f"download {table}, csv", 0),
        (f"download {table}, parquet", 0),
    } <= places
    assert not any(SECRET.is_in(str(told)) for told in (*problems, *steps))
    assert not any(SECRET.is_in(str(path)) for path in folder.rglob("*"))


def inspect_with_a_broken_map(order: Mapping[str, Any], report: Progress) -> Mapping[str, Any]:
    """A task: look at one page whose map cannot be drawn, and at nothing else."""
    from utils.product import sitemap
    from utils.text import locale
    from utils.ui import map as drawing

    def broken(*_layers: object, **_more: object) -> None:
        raise ValueError(KHMER)

    patch = pytest.MonkeyPatch()
    patch.setattr(sitemap, "PATHS", ("shelters",))
    patch.setattr(locale, "LANGUAGES", {"en": locale.LANGUAGES["en"]})
    patch.setattr(drawing, "render_map", broken)
    problems = asyncio.run(release_inspection._in_pages(from_plain(order["protected"]), report))
    return {"problems": [asdict(problem) for problem in problems]}


def test_a_part_that_cannot_be_drawn_is_a_problem_with_its_name(data: Path, tmp_path: Path) -> None:
    folder = staged(data, tmp_path / "stage")
    answer = run_task(
        inspect_with_a_broken_map,
        {"protected": to_plain(SECRET)},
        limits=Limits(),
        report=no_progress,
        environment={"SAMAKI_TIER": "public", "SAMAKI_DATA": str(folder)},
    )
    assert answer.outcome is not None
    (problem,) = [Problem(**plain) for plain in answer.outcome["problems"]]
    assert (problem.file, problem.code) == ("page shelters, en", "undrawn")
    assert problem.value.startswith("Not available: ")
    assert "every part can be drawn (ValueError in test_release_inspection.py line" in problem.expected
    assert not SECRET.is_in(str(problem))


def test_only_lost_parts_of_a_page_count_as_lost() -> None:
    message = ForwardMsg()
    for kind, lost in (("note", []), ("warning", []), ("error", ["Not available: A & B"])):
        message.delta.new_element.html.body = notices.notice("Not available: A & B", "x", kind=kind)
        assert release_inspection.lost_parts(message) == lost
    message.delta.new_element.html.body = "<p>sk-notice-error</p>"
    assert release_inspection.lost_parts(message) == []


def test_a_candidate_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("0123456789ab\n", encoding="ascii")
    with pytest.raises(ReleaseRefused) as refused:
        inspect_release(tmp_path, to_plain(SECRET), Limits(), no_progress)
    assert [problem.file for problem in refused.value.problems] == ["pages"]
    assert not SECRET.is_in(str(refused.value.problems))


def test_where_nothing_is_hidden_it_is_reported(tmp_path: Path) -> None:
    shown: list[tuple[str, str]] = []
    nothing: dict[str, Any] = {"names": {}, "points": [], "ids": [], "codes": [], "open_points": []}
    candidate = Candidate(tmp_path, "0123456789ab", Catalogue(tmp_path), tmp_path, protected=nothing)
    candidate.report = lambda *step: shown.append(step)
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "datapackage.json").write_text('{"resources": []}', encoding="utf-8")
    inspect(candidate)
    assert shown == [("leak gate: pages", "nothing is hidden in this record")]


def test_nothing_goes_out_where_no_inspection_was_handed_in(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "releases").mkdir()
    candidate = Candidate(tmp_path, "0123456789ab", Catalogue(tmp_path), tmp_path, protected=to_plain(SECRET))
    with pytest.raises(ValueError, match="no inspection"):
        inspect(candidate)
