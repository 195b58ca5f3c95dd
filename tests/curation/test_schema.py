"""The contract is compiled from ``data/schema``; a mistake there is refused by file, line and expectation."""

import csv
import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.frozen import ROOT
from tests.publishing import main, publish
from utils.curation.contract import load
from utils.curation.disclosure.redaction import BLURS, ROW_RULES
from utils.curation.schema.compile import SchemaRefused, compile_schema
from utils.curation.schema.definitions import Vocabulary
from utils.text.locale import LANGUAGES

COLUMNS = """\
note:
  title: Note
  title_fr: Note
  title_km: ចំណាំ
as_of:
  title: As of
  title_fr: Au
  title_km: គិតត្រឹម
  type: date
  required: true
"""
PACKAGE = """\
name: little
title: A little record
title_fr: Un petit registre
title_km: កំណត់ត្រាតូច
description: Two tables.
version: '1.0'
licence: {name: CC0-1.0, title: Public domain}
restricted_licence: {name: other-closed, title: Not granted}
tables: [ferries, trips]
"""
FERRIES = """\
title: Ferries
title_fr: Bacs
title_km: សាឡាង
key: ferry_id
columns:
  - ferry_id:
      title: Ferry
      title_fr: Bac
      title_km: សាឡាង
      pattern: fer-\\d{4}
      required: true
  - note
public:
  columns: [ferry_id, note]
  free_text: [note]
"""
TRIPS = """\
title: Trips
title_fr: Trajets
title_km: ការធ្វើដំណើរ
key: [ferry_id, as_of]
columns:
  - ferry_id:
      title: Ferry
      title_fr: Bac
      title_km: សាឡាង
      link: ferries.ferry_id
      required: true
  - as_of
  - passengers:
      title: Passengers
      title_fr: Passagers
      title_km: អ្នកដំណើរ
      type: integer
      unit: people
      minimum: 0
  - state:
      title: State
      title_fr: État
      title_km: ស្ថានភាព
      values: [yes, no, unknown]
  - note: {required: true}
"""
VOCABULARY = Vocabulary(("en", "fr", "km"), {"of_public_place"}, {"event"})
Edit = Callable[[str, str, str], None]


@pytest.fixture
def little(tmp_path: Path) -> Path:
    """A data folder with a schema of two tables."""
    schema = tmp_path / "data" / "schema"
    schema.mkdir(parents=True)
    for name, text in {"columns": COLUMNS, "package": PACKAGE, "ferries": FERRIES, "trips": TRIPS}.items():
        (schema / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture
def edit(little: Path) -> Edit:
    """Replace a text that stands once in a file of the little schema."""

    def edit_file(name: str, old: str, new: str) -> None:
        path = little / "schema" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit_file


def _refusals(data: Path) -> list[str]:
    with pytest.raises(SchemaRefused) as refused:
        compile_schema(data, VOCABULARY)
    return [str(problem) for problem in refused.value.problems]


def test_the_committed_contract_is_what_the_schema_gives() -> None:
    compiled = compile_schema(ROOT / "data", Vocabulary(tuple(LANGUAGES), ROW_RULES, BLURS))
    for name, content in compiled.files.items():
        assert (ROOT / "data" / name).read_bytes() == content, f"run `make schema`: {name}"


def test_the_schema_is_short_enough_to_read() -> None:
    lines = [line for path in (ROOT / "data/schema").rglob("*.yaml") for line in path.open(encoding="utf-8")]
    assert len(lines) <= 4_300
    assert max(len(line) for line in lines) <= 160


def test_a_table_becomes_a_resource_with_its_shared_columns_and_what_is_its_own(little: Path) -> None:
    document = json.loads(compile_schema(little, VOCABULARY).files["datapackage.json"])
    assert [resource["name"] for resource in document["resources"]] == ["ferries", "trips"]
    trips = document["resources"][1]
    assert trips["path"] == "curated/trips.csv"
    assert (trips["tier"], trips["sensitivity"]) == ("public", "low")
    assert trips["licenses"] == [{"name": "CC0-1.0", "title": "Public domain"}]
    assert trips["schema"]["primaryKey"] == ["ferry_id", "as_of"]
    assert trips["schema"]["foreignKeys"] == [
        {"fields": ["ferry_id"], "reference": {"resource": "ferries", "fields": ["ferry_id"]}}
    ]
    fields = {field["name"]: field for field in trips["schema"]["fields"]}
    assert list(fields) == ["ferry_id", "as_of", "passengers", "state", "note"]
    assert fields["as_of"] == {
        "name": "as_of",
        "type": "date",
        "title": "As of",
        "title_fr": "Au",
        "title_km": "គិតត្រឹម",
        "constraints": {"required": True},
        "sensitivity": "low",
        "tier": "public",
    }
    assert fields["note"]["constraints"] == {"required": True}
    assert fields["passengers"]["constraints"] == {"minimum": 0}
    assert fields["state"]["constraints"] == {"enum": ["yes", "no", "unknown"]}


def test_the_public_rule_is_compiled_beside_the_contract(little: Path) -> None:
    compile_schema(little, VOCABULARY).write(little)
    tables = load(little).tables
    assert tables["trips"].public is None
    rule = tables["ferries"].public
    assert rule is not None
    assert (rule.columns, rule.free_text) == (("ferry_id", "note"), ("note",))


def test_a_restricted_table_is_like_the_open_one_and_never_public(little: Path) -> None:
    (little / "schema" / "restricted").mkdir()
    text = "title: T\ntitle_fr: T\ntitle_km: T\nlike: trips\ncolumns:\n  - note: {required: false}\n"
    path = little / "schema" / "restricted" / "trips.yaml"
    path.write_text(text, encoding="utf-8")
    document = json.loads(compile_schema(little, VOCABULARY).files["datapackage.json"])
    trips = document["resources"][-1]
    assert (trips["name"], trips["path"]) == ("restricted_trips", "curated/restricted/trips.csv")
    assert {(field["tier"], field["sensitivity"]) for field in trips["schema"]["fields"]} == {("ngo", "high")}
    assert trips["schema"]["primaryKey"] == ["ferry_id", "as_of"]
    assert "constraints" not in trips["schema"]["fields"][-1]
    assert trips["licenses"][0]["name"] == "other-closed"
    path.write_text(text + "public:\n  columns: [ferry_id]\n", encoding="utf-8")
    (refusal,) = _refusals(little)
    assert refusal.startswith('data/schema/restricted/trips.yaml row 7, column public: "public"')


@pytest.mark.parametrize(
    ("name", "old", "new", "refusal"),
    [
        (
            "trips",
            "unit: people",
            "units: people",
            'trips.yaml row 18, column columns.passengers.units: "units" — expected one of title,',
        ),
        ("trips", "unit: people", "units: people", "(is it “unit”?)"),
        (
            "trips",
            "type: integer",
            "type: intger",
            'trips.yaml row 17, column columns.passengers.type: "intger"',
        ),
        (
            "trips",
            "type: integer",
            "type: intger",
            "one of string, boolean, date, integer, number (is it “integer”?)",
        ),
        ("trips", "- as_of\n", "- as_off\n", 'trips.yaml row 12, column columns.as_off: "as_off"'),
        (
            "trips",
            "- as_of\n",
            "- as_off\n",
            "a column of columns.yaml, or one with titles of its own (is it “as_of”?)",
        ),
        ("trips", "title_km: អ្នកដំណើរ", "unit: people", "row 18, column columns.passengers.unit"),
        ("trips", "      title_km: អ្នកដំណើរ\n", "", 'row 13, column columns.passengers: "no title_km"'),
        ("trips", "title_fr: Trajets\n", "", "a title in each language: title, title_fr, title_km"),
        ("columns", "  title_fr: Au\n", "", 'columns.yaml row 5, column as_of: "no title_fr"'),
        (
            "trips",
            "      title: State",
            "    title: State",
            "trips.yaml row 22: empty — expected YAML (mapping",
        ),
        (
            "trips",
            "- note: {required: true}",
            "- note:\n    required: true",
            'row 25, column columns: "several keys"',
        ),
        ("trips", "  - as_of\n", "  - as_of\n  - as_of\n", "each column once; it stands in line 12 too"),
        ("trips", "minimum: 0", "minimum: none", 'passengers.minimum: "none" — expected a number'),
        (
            "trips",
            "minimum: 0",
            "pattern: x",
            'pattern of a integer" — expected pattern only where the type is string',
        ),
        ("trips", "values: [yes, no, unknown]", "values: yes", "expected a list, as `[first, second]`"),
        (
            "trips",
            "values: [yes, no, unknown]",
            "values: [yes, yes]",
            'state.values: "yes" — expected each once',
        ),
        ("trips", "{required: true}", "{required: yes}", '"yes" — expected one of false, true'),
        ("trips", "{required: true}", "{unit: null}", "a value of unit; there is no shared one to take away"),
        ("trips", "link: ferries.ferry_id", "link: ferry.ferry_id", '"ferry.ferry_id" — expected a link'),
        (
            "trips",
            "key: [ferry_id, as_of]",
            "key: [ferry_id, day]",
            'row 4, column key: "day" — expected columns',
        ),
        ("trips", "key: [ferry_id, as_of]\n", "", '"no key" — expected key'),
        (
            "trips",
            "key: [ferry_id",
            "key: [ferry_id\nkey: [x",
            "trips.yaml row 5: empty — expected YAML (expected ','",
        ),
        ("trips", "columns:", "columns:\n\t", "trips.yaml row 6: empty — expected YAML (found character"),
        ("ferries", "fer-\\d{4}", "'fer-(\\d{4}'", "expected a regular expression (missing )"),
        ("ferries", "free_text: [note]", "free_text: [notes]", "(is it “note”?)"),
        (
            "ferries",
            "free_text: [note]",
            "blur: smudge",
            'row 15, column public.blur: "smudge" — expected a known rule: event',
        ),
        ("ferries", "free_text: [note]", "rows: {rule: of_public_places}", "(is it “of_public_place”?)"),
        ("ferries", "free_text: [note]", "rows: {without: {kind: [x]}}", "public.rows.without.kind"),
        ("ferries", "columns: [ferry_id, note]", "column: [ferry_id]", '"no columns" — expected columns'),
        ("ferries", "- note", "- note: {tier: ngo}", '"note" — expected columns whose tier is public'),
        ("ferries", "key:", "tier: ngo\nkey:", "the table is kept in by its tier or sensitivity"),
        (
            "package",
            "tables: [ferries, trips]",
            "tables: [ferries, trip]",
            "a table that has a file here (is it “trips”?)",
        ),
        ("package", "version: '1.0'\n", "", "no version"),
        (
            "package",
            "{name: CC0-1.0,",
            "{nam: CC0-1.0,",
            'licence.nam: "nam" — expected one of name, title, path',
        ),
    ],
)
def test_a_typo_is_refused_with_file_line_and_what_was_expected(
    little: Path, edit: Edit, name: str, old: str, new: str, refusal: str
) -> None:
    edit(name, old, new)
    refusals = _refusals(little)
    assert any(refusal in line for line in refusals), refusals
    assert all(line.startswith("data/schema/") and line.endswith(" [contract]") for line in refusals)
    assert len(refusals) <= 2


def test_every_mistake_of_every_file_is_refused_at_once(little: Path, edit: Edit) -> None:
    edit("columns", "type: date", "type: day")
    edit("ferries", "required: true", "require: true")
    edit("trips", "unit: people", "units: people")
    edit("package", "name: little", "nam: little")
    assert [re.sub(r":.*", "", line) for line in _refusals(little)] == [
        "data/schema/columns.yaml row 9, column as_of.type",
        "data/schema/ferries.yaml row 11, column columns.ferry_id.require",
        "data/schema/package.yaml row 1",
        "data/schema/package.yaml row 1, column nam",
        "data/schema/trips.yaml row 18, column columns.passengers.units",
    ]


def test_a_file_that_is_no_yaml_does_not_make_the_others_wrong(little: Path, edit: Edit) -> None:
    edit("ferries", "key: ferry_id", "key: [")
    (little / "schema" / "notes.txt").write_text("no table", encoding="utf-8")
    (little / "schema" / "empty.yaml").write_text("", encoding="utf-8")
    (little / "schema" / "latin.yaml").write_bytes(b"title: T\ntitle_fr: \xe9\n")
    assert [re.sub(r" — .*", "", line) for line in _refusals(little)] == [
        "data/schema/empty.yaml row 1: empty",
        "data/schema/ferries.yaml row 6: empty",
        "data/schema/latin.yaml row 2: empty",
        'data/schema/notes.txt: "notes.txt"',
    ]


def test_a_language_that_titles_one_table_titles_everything(little: Path, edit: Edit) -> None:
    thai = replace(VOCABULARY, languages=("en", "fr", "km", "th"))
    assert compile_schema(little, thai).files == compile_schema(little, VOCABULARY).files
    edit("trips", "title: Trips", "title: Trips\ntitle_th: Trips")
    with pytest.raises(SchemaRefused) as refused:
        compile_schema(little, thai)
    # The record, the other table, two shared columns and their use with a change, four of their own.
    missing = [problem for problem in refused.value.problems if problem.value == "no title_th"]
    assert len(missing) == len(refused.value.problems) == 8
    edit("trips", "\ntitle_th: Trips", "")
    for path in (little / "schema").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        titled = re.sub(r"^( *)title: (.*)$", r"\1title: \2\n\1title_th: \2", text, flags=re.M)
        path.write_text(titled, encoding="utf-8")
    document = json.loads(compile_schema(little, thai).files["datapackage.json"])
    assert document["resources"][0]["title_th"] == "Ferries"
    assert document["resources"][1]["schema"]["fields"][2]["title_th"] == "Passengers"


def test_a_new_name_column_goes_public_as_the_others_do(little: Path, edit: Edit) -> None:
    named = "".join(
        f"  - {name}: {{title: Name, title_fr: Nom, title_km: ឈ្មោះ}}\n"
        for name in ("name", "name_km", "name_th")
    )
    edit("ferries", "  - note\n", f"  - note\n{named}")
    edit("ferries", "[ferry_id, note]", "[ferry_id, name*, note]")
    edit("ferries", "free_text: [note]", "free_text: [name*, note]")
    compile_schema(little, VOCABULARY).write(little)
    rule = load(little).tables["ferries"].public
    assert rule is not None
    assert rule.columns == ("ferry_id", "name", "name_km", "name_th", "note")
    assert rule.free_text == ("name", "name_km", "name_th", "note")


def test_the_command_writes_checks_and_refuses(
    little: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["--data", str(little)]
    assert main(["schema", "--check", *here]) == 1
    assert not (little / "datapackage.json").exists()
    assert main(["schema", *here]) == 0
    assert main(["schema", "--check", *here]) == 0
    assert sorted(path.name for path in little.iterdir()) == [
        "datapackage.json",
        "public_rules.json",
        "schema",
    ]
    before = (little / "datapackage.json").read_bytes()
    edit("trips", "title: Trips", "titel: Trips")
    capsys.readouterr()
    assert main(["schema", "--json", *here]) == 1
    printed = capsys.readouterr()
    assert [problem["row"] for problem in json.loads(printed.out)["problems"]] == [1, 1]
    assert 'data/schema/trips.yaml row 1, column titel: "titel" — expected one of title,' in printed.err
    assert (little / "datapackage.json").read_bytes() == before


def test_a_table_is_its_csv_and_its_yaml(small: Path, at_once: None) -> None:
    schema, curated = small / "schema", small / "curated"
    (schema / "ferries.yaml").write_text(FERRIES, encoding="utf-8")
    (schema / "trips.yaml").write_text(TRIPS, encoding="utf-8")
    (curated / "ferries.csv").write_text("ferry_id,note\nfer-0001,Crosses at noon\n", encoding="utf-8")
    with (curated / "trips.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [
                ("ferry_id", "as_of", "passengers", "state", "note"),
                ("fer-0001", "2025-12-09", "40", "yes", "Full"),
            ]
        )
    assert main(["schema", "--data", str(small)]) == 0
    public = small / "releases" / publish(small) / "public"
    assert pq.read_table(public / "ferries.parquet").to_pylist() == [
        {"ferry_id": "fer-0001", "note": "Crosses at noon"}
    ]
    assert not (public / "trips.parquet").exists()
    contract = json.loads((public / "datapackage.json").read_text(encoding="utf-8"))
    assert "ferries" in {resource["name"] for resource in contract["resources"]}
    assert "trips" not in {resource["name"] for resource in contract["resources"]}
    assert "passengers" not in (public / "datapackage.json").read_text(encoding="utf-8")


def test_the_table_of_the_documents_compiles(small: Path) -> None:
    page = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
    example = textwrap.dedent(page.split("```yaml\n")[1].split("```")[0])
    (small / "schema" / "ferries.yaml").write_text(example, encoding="utf-8")
    assert main(["schema", "--data", str(small)]) == 0
    ferries = load(small).tables["ferries"]
    assert ferries.columns == ("ferry_id", "admin1", "admin1_pcode", "source_id", "note")
    assert ferries.public is not None
    assert ferries.public.free_text == ("note",)


def test_a_changed_public_rule_is_another_release(small: Path, at_once: None) -> None:
    first = publish(small)
    path = small / "schema" / "events.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("event_id, date, end_date, kind", "event_id, date, kind"), encoding="utf-8")
    assert main(["schema", "--data", str(small)]) == 0
    second = publish(small)
    assert second != first
    assert "end_date" not in pq.read_schema(small / "releases" / second / "public" / "events.parquet").names


def test_only_the_compilation_reads_yaml() -> None:
    reading = [
        path.relative_to(ROOT).as_posix()
        for folder in ("utils", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"^\s*(import|from) yaml\b", path.read_text(encoding="utf-8"), re.M)
    ]
    assert reading == ["utils/curation/schema/yaml_nodes.py"]
    script = (
        "import sys, utils.curation.__main__, utils.curation.publish.record_tasks;"
        "sys.exit(any(name.startswith('utils.curation.schema') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT).returncode == 0
