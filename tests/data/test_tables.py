"""What is true of the curated tables today and stays true when figures are added."""

from utils.curation.disclosure.hidden_names import build_name_gate
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.curation.altered import open_part
from tests.frozen import ROOT, needs_restricted
from utils.settings.clock import today
from utils.curation.check import examine
from utils.curation.derive import derived
from utils.curation.read import Row
from utils.curation.curated_tables import Record
from utils.curation.disclosure.redaction import leaks, public_tables
from utils.text.locale import LANGUAGES
from utils.text.locale.extract import list_values, read, table_values

OBSERVED = ("displacement", "impact", "needs", "restricted_displacement", "restricted_site_reports")


def ids(record: Record, table: str, column: str) -> list[str]:
    return [str(row[column]) for row in record.rows(table)]


def observed(record: Record) -> list[Row]:
    return [row for table in OBSERVED for row in record.rows(table)]


def test_nothing_stands_between_the_record_and_a_release(record: Record) -> None:
    assert examine(record).blocking == ()


def test_the_open_part_stands_alone(record: Record) -> None:
    assert examine(open_part(record)).blocking == ()


def test_every_row_cites_a_known_source(record: Record) -> None:
    open_ids = set(ids(record, "sources", "source_id"))
    all_ids = open_ids | set(ids(record, "restricted_sources", "source_id"))
    cited = 0
    for reading in record.readings.values():
        for column in (name for name in reading.table.columns if name.endswith("source_id")):
            found = {str(row[column]) for row in reading.rows if row[column]}
            assert found <= (all_ids if reading.table.restricted else open_ids), reading.table.name
            cited += len(found)
    assert cited > 1000


def test_every_source_has_an_origin_and_a_day_that_has_come(record: Record) -> None:
    assert set(ids(record, "sources", "source_id")) == set(ids(record, "source_origins", "source_id"))
    ahead = today().isoformat()
    assert [row["source_id"] for row in record.rows("sources") if str(row["published_on"] or "") > ahead] == []


def test_addresses_of_sources_are_pages_and_a_link_has_one(record: Record) -> None:
    for row in record.rows("sources"):
        assert not row["url"] or re.match(r"https?://[^\s<>\"]+$", str(row["url"])), row["source_id"]
        assert row["url"] or not row["link"], row["source_id"]


def test_no_id_stands_twice(record: Record) -> None:
    for table in record.readings.values():
        keys = [tuple(row[column] for column in table.table.key) for row in table.rows]
        assert len(keys) == len(set(keys)), table.table.name
    for column, tables in {
        "observation_id": ("impact", "needs", "event_figures"),
        "acceptance_id": ("accepted_warnings", "restricted_accepted_warnings"),
    }.items():
        found = Counter(name for table in tables for name in ids(record, table, column))
        assert [name for name, times in found.items() if times > 1] == []


def test_no_withdrawn_id_is_used_again(record: Record) -> None:
    withdrawn = set(ids(record, "withdrawn_ids", "observation_id"))
    used = {
        str(row[column]) for one in record.readings.values() for row in one.rows for column in one.table.key
        if one.table.name != "withdrawn_ids"
    }  # fmt: skip
    assert withdrawn & used == set()


def test_a_correction_leads_to_another_row_and_never_round(record: Record) -> None:
    for reading in record.readings.values():
        if "supersedes" not in reading.table.columns:
            continue
        older = {row["observation_id"]: row["supersedes"] for row in reading.rows}
        for start in older:
            seen, at = set(), start
            while at is not None:
                assert at in older, start
                assert at not in seen, start
                seen.add(at)
                at = older[at]


def test_pcodes_and_names_are_of_known_places(record: Record) -> None:
    known = {str(row["pcode"]): row["name"] for row in record.overlaid("places") if row["pcode"]}
    checked = 0
    for reading in record.readings.values():
        for level in ("admin1", "admin2", "admin3"):
            for row in reading.rows if {level, f"{level}_pcode"} <= set(reading.table.columns) else ():
                if code := row[f"{level}_pcode"]:
                    assert known.get(str(code)) == row[level], (reading.table.name, code)
                    checked += 1
    assert checked > 500


def test_days_of_figures_lie_in_the_phase_they_are_filed_under(record: Record) -> None:
    phases = {row["phase_id"]: (row["starts_on"], row["ends_on"]) for row in record.rows("phases")}
    for row in observed(record):
        first, last = phases[row["crisis_phase"]]
        day = row["as_of"]
        assert isinstance(day, date)
        assert date(2024, 1, 1) <= day <= today(), row["observation_id"]
        assert not isinstance(first, date) or first <= day, row["observation_id"]
        assert not isinstance(last, date) or day <= last, row["observation_id"]


def test_stages_follow_one_another_without_a_gap(record: Record) -> None:
    stages = list(record.rows("stages"))
    for before, after in zip(stages, stages[1:], strict=False):
        ends, starts = before["ends_on"], after["starts_on"]
        assert isinstance(ends, date)
        assert isinstance(starts, date)
        assert (starts - ends).days == 1


def test_indicators_have_the_unit_of_their_definition(record: Record) -> None:
    units = {row["indicator"]: row["unit"] for row in record.rows("indicators")}
    assert [row["observation_id"] for row in observed(record) if row["indicator"] in units
            and row["unit"] != units[row["indicator"]]] == []  # fmt: skip


def test_a_gift_that_counts_has_an_amount_a_country_and_is_no_pledge(record: Record) -> None:
    countries = {row["row_id"] for row in record.rows("donation_scopes")}
    for row in record.rows("donations"):
        assert bool(row["count_in_total"]) != bool(row["exclude_reason"]), row["row_id"]
        if row["count_in_total"]:
            assert row["amount"], row["row_id"]
            assert row["currency"], row["row_id"]
            assert row["status"] != "pledged", row["row_id"]
            assert row["row_id"] in countries, row["row_id"]


def test_a_campaign_counts_once_unless_a_named_person_says_why(record: Record) -> None:
    accepted = {row["row_key"] for row in record.rows("accepted_warnings") if row["code"] == "counted-twice"}
    rows = [row for row in record.rows("donations") if row["count_in_total"] and row["campaign_id"]]
    campaigns = Counter(row["campaign_id"] for row in rows if row["row_id"] not in accepted)
    assert [name for name, times in campaigns.items() if times > 1] == []


def test_texts_hold_no_control_and_no_direction_sign(record: Record) -> None:
    unseen = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
    for reading in record.readings.values():
        for row in reading.rows:
            assert not [value for value in row.values() if isinstance(value, str) and unseen.search(value)]


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_every_value_that_is_shown_translated_has_a_translation(live: Path, lang: str) -> None:
    catalogue = read(lang)
    missing = {
        (context, value)
        for context, value in (*table_values(live.parent), *list_values(live.parent))
        if not (message := catalogue.get(value, context)) or not message.string
    }
    assert missing == set()


def test_no_open_table_and_no_public_table_names_a_hidden_site(record: Record) -> None:
    assert leaks(record, public_tables(record)) == ()


@needs_restricted
def test_names_are_looked_for_and_would_be_found(record: Record) -> None:
    assert len(build_name_gate(record)) > 100
    hidden = next(row for row in record.rows("restricted_sites") if row["coord_precision"] == "village")
    row: Row = {"name": f"families at {hidden['site_id']}"}
    assert len(leaks(record, {"organisations": (("name",), (row,))})) == 1


@needs_restricted
def test_derived_tables_are_what_the_restricted_ones_give(record: Record) -> None:
    for name, rows in derived(record).items():
        assert record.rows(name) == rows, name


def test_no_open_row_points_at_what_is_restricted(record: Record) -> None:
    assert not [row for row in record.rows("displacement") if row["site_id"] or row["place"]]
    alone = replace(record, readings=open_part(record).readings, has_restricted=False)
    assert not [problem for problem in examine(alone).problems if problem.code == "unknown-key"]


def test_thai_provinces_of_the_map_are_places_of_the_record(record: Record) -> None:
    names = {row["place_id"]: row["name"] for row in record.rows("places")}
    features = json.loads((ROOT / "data/geo/adm1_tha.geojson").read_text("utf-8"))["features"]
    assert features
    for properties in (feature["properties"] for feature in features):
        assert names[properties["place_id"]] == properties["name_en"]
