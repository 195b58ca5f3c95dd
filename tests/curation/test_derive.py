"""Public tables that follow from the restricted ones, on sites invented for the purpose."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.curation.conftest import Spoil
from tests.frozen import frozen_record
from utils.curation.contract import load
from utils.curation.curated_tables import Record, read_record
from utils.curation.derive import (
    NothingToDeriveFrom,
    named_districts,
    named_site_reports,
    named_sites,
    site_counts,
    write_derived,
)
from utils.curation.read import Reading, Row


def site(site_id: str, admin2: str, status: str = "open", **more: str) -> Row:
    plain: Row = {
        "site_id": site_id,
        "name": f"Wat {site_id}",
        "name_km": None,
        "village": None,
        "kind": "pagoda",
        "admin1": "Northland",
        "admin1_pcode": "KH50",
        "admin2": admin2 or None,
        "admin2_pcode": {"Riverside": "KH5001", "Hillside": "KH5002"}.get(admin2),
        "first_reported": date(2025, 7, 28),
        "last_reported": date(2026, 1, 5),
        "last_known_status": status,
        "public_display": "district_only",
        "source_id": "a",
    }
    return plain | more


def report(number: int, site_id: str, indicator: str, value: float, note: str | None = None) -> Row:
    return {
        "observation_id": f"srp-{number:04}",
        "as_of": date(2025, 8, 1),
        "as_of_precision": "day",
        "site_id": site_id,
        "indicator": indicator,
        "value": value,
        "unit": "people",
        "qualifier": "exact",
        "source_id": "a",
        "headline_ok": True,
        "note": note,
    }


def record_of(sites: list[Row], reports: list[Row] | None = None, named: tuple[str, ...] = ()) -> Record:
    contract = load(frozen_record())
    tables: dict[str, list[Row]] = {
        "restricted_sites": sites,
        "restricted_site_reports": reports or [],
        "named_districts": [{"admin2_pcode": code} for code in named],
    }
    readings = {
        name: Reading(contract.tables[name], tuple(rows), tuple(range(2, len(rows) + 2)), ())
        for name, rows in tables.items()
    }
    return Record(frozen_record(), contract, readings, has_restricted=True)


def counts(*sites: Row) -> list[tuple[object, object, object]]:
    return [(row["admin2"], row["level"], row["sites"]) for row in site_counts(record_of(list(sites)))]


def test_a_district_with_one_site_is_folded_into_its_province() -> None:
    assert counts(
        site("a", "Riverside"), site("b", "Riverside", "emptying"), site("c", "Hillside"), site("d", "")
    ) == [("Riverside", "district", 2), (None, "province", 2)]


def test_a_district_that_was_named_and_falls_to_one_site_is_not_counted() -> None:
    """Before: Riverside 2 and elsewhere 1. Were the one that is left folded in, 2 elsewhere would tell it."""
    before = [site("a", "Riverside"), site("b", "Riverside"), site("c", "Hillside")]
    after = [site("a", "Riverside"), site("b", "Riverside", "closed"), site("c", "Hillside")]
    named = tuple(str(row["admin2_pcode"]) for row in named_districts(record_of(before)))
    assert named == ("KH5001",)
    told = [(row["admin2"], row["sites"]) for row in site_counts(record_of(after, named=named))]
    assert told == [(None, 1)]
    assert named_districts(record_of(after, named=named)) == ({"admin2_pcode": "KH5001"},)
    again = [(row["admin2"], row["sites"]) for row in site_counts(record_of(before, named=named))]
    assert again == [("Riverside", 2), (None, 1)]


def test_only_sites_last_known_open_count() -> None:
    assert counts(
        site("a", "Riverside", "in_use"),
        site("b", "Riverside", "unknown"),
        site("c", "Riverside", "closed"),
        site("d", "Riverside", "planned"),
        site("e", "Riverside", "evacuated"),
    ) == [("Riverside", "district", 2)]


def test_hand_over_points_and_health_sites_never_count() -> None:
    assert counts(
        site("a", "Riverside"),
        site("b", "Riverside", kind="collection_point"),
        site("c", "Riverside", kind="hospital"),
    ) == [(None, "province", 1)]


def test_only_openly_named_sites_are_named() -> None:
    record = record_of([site("a", "Riverside"), site("b", "Riverside", public_display="name_and_district")])
    assert [row["name"] for row in named_sites(record)] == ["Wat b"]
    assert "lat" not in named_sites(record)[0]


def test_reports_are_totals_of_closed_sites_and_their_notes_pass_the_gate() -> None:
    openly = {"public_display": "name_and_district"}
    record = record_of(
        [
            site("closed-one", "Riverside", "closed", **openly),
            site("used-one", "Riverside", "in_use", **openly),
            site("hidden-zorvath", "Hillside"),
        ],
        [
            report(1, "closed-one", "people", 5000, "Moved on to Wat Hidden-Zorvath"),
            report(2, "closed-one", "pregnant_women", 40),
            report(3, "used-one", "people", 100),
            report(4, "hidden-zorvath", "people", 100),
        ],
    )
    (row,) = named_site_reports(record)
    assert (row["observation_id"], row["note"]) == ("srp-0001", "Moved on to a site in Northland province")


def test_the_command_writes_what_is_committed(data: Path) -> None:
    for name in ("named_districts", "site_counts", "named_sites", "named_site_reports"):
        path = data / "curated" / f"{name}.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:2]), encoding="utf-8")
    written = write_derived(read_record(data))
    for path in written:
        assert path.read_bytes() == (frozen_record() / "curated" / path.name).read_bytes()


def test_nothing_is_rewritten_without_the_restricted_folder(data: Path) -> None:
    before = (data / "curated" / "site_counts.csv").read_bytes()
    shutil.rmtree(data / "curated" / "restricted")
    with pytest.raises(NothingToDeriveFrom, match="are not there"):
        write_derived(read_record(data))
    assert (data / "curated" / "site_counts.csv").read_bytes() == before


def test_nothing_is_rewritten_from_what_cannot_be_read(data: Path, spoil: Spoil) -> None:
    spoil("restricted/sites", lambda row: True, last_known_status="who knows")
    with pytest.raises(NothingToDeriveFrom, match="cannot be read") as refused:
        write_derived(read_record(data))
    assert refused.value.problems[0].column == "last_known_status"


def test_an_overlaid_table_replaces_and_adds_rows() -> None:
    record = record_of([])
    tables = record.contract.tables
    safe: Row = {"event_id": "ev1", "title": "a site"}
    full: Row = {"event_id": "ev1", "title": "Wat Zorvath"}
    more: Row = {"event_id": "ev2", "title": "Wat Zorvath again"}
    readings = {
        "events": Reading(tables["events"], (safe,), (2,), ()),
        "restricted_events": Reading(tables["restricted_events"], (full, more), (2, 3), ()),
    }
    both = replace(record, readings=readings)
    assert [row["title"] for row in both.overlaid("events")] == ["Wat Zorvath", "Wat Zorvath again"]
    assert [row["title"] for row in both.rows("events")] == ["a site"]
