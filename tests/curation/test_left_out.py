"""What a public list gives away by what it leaves out, and what stands in the place of a restricted text."""

from collections.abc import Callable

import pytest

from tests.curation.altered import TODAY, added, changed, row_of, told
from tests.frozen import frozen_record
from utils.curation.curated_tables import Record, read_record
from utils.curation.problems import Problem, Row


@pytest.fixture(scope="module")
def whole() -> Record:
    """The frozen record with its made-up restricted part. Not to be changed in place."""
    return read_record(frozen_record())


def refused(record: Record) -> list[tuple[str, str, str]]:
    """Return file, row key and column of what is refused as restricted."""
    found: list[Problem] = told(record, "restricted", today=TODAY)
    return [(problem.file.rsplit("/", 1)[-1], problem.key, problem.column) for problem in found]


def without(record: Record, table: str, is_left_out: Callable[[Row], bool]) -> Record:
    """Return the record without some rows of a table."""
    kept = [row for row in record.rows(table) if not is_left_out(row)]
    spoilt = changed(record, table, lambda row: True)
    reading = spoilt.readings[table]
    object.__setattr__(reading, "rows", tuple(kept))
    object.__setattr__(reading, "lines", tuple(range(2, len(kept) + 2)))
    return spoilt


def test_the_made_up_record_gives_nothing_away(whole: Record) -> None:
    assert refused(whole) == []


def test_a_list_of_all_communes_of_a_district_but_one_is_refused(whole: Record) -> None:
    hole = without(whole, "places", row_of("com-130706-preah-khleang", "place_id"))
    assert ("places.csv", "com-130703-chhean-mukh", "pcode") in refused(hole)


def test_a_list_of_no_commune_of_a_district_is_good(whole: Record) -> None:
    none = without(whole, "places", lambda row: str(row["pcode"]).startswith("KH1501"))
    assert refused(none) == []


def test_a_place_that_is_filed_otherwise_than_its_kin_is_refused(whole: Record) -> None:
    odd = changed(whole, "places", row_of("x-osmach", "place_id"), parent_id="com-220405-osmach")
    assert refused(odd) == [("places.csv", "x-osmach", "parent_id")]


def test_a_neutral_title_names_no_district_that_counts_fold(whole: Record) -> None:
    title = "Displaced families in Angkor Chum district"
    named = changed(whole, "sources", row_of("bettercambodia-2026-02", "source_id"), title=title)
    assert refused(named) == [("sources.csv", "bettercambodia-2026-02", "title")]


def test_no_text_puts_a_site_into_a_district_that_counts_fold(whole: Record) -> None:
    where = row_of("ev001", "event_id")
    assert refused(changed(whole, "events", where, note="near a camp in Angkor Chum")) == [
        ("events.csv", "ev001", "note")
    ]
    assert refused(changed(whole, "events", where, note="families fled Angkor Chum")) == []


def test_a_named_hidden_site_needs_its_khmer_name_or_a_signature(whole: Record) -> None:
    unsigned = without(whole, "restricted_khmer_not_known", row_of("wat-curlewton", "site_id"))
    assert refused(unsigned) == [("sites.csv", "wat-curlewton", "name_km")]
    found = changed(unsigned, "restricted_sites", row_of("wat-curlewton", "site_id"), name_km="វត្តហ្សឍប")
    assert refused(found) == []


def test_a_signature_for_a_site_whose_name_is_known_is_refused(whole: Record) -> None:
    found = changed(whole, "restricted_sites", row_of("wat-curlewton", "site_id"), name_km="វត្តហ្សឍប")
    assert refused(found) == [("khmer_not_known.csv", "wat-curlewton", "site_id")]


def test_no_piece_of_a_withheld_address_stands_in_an_id_or_a_note(whole: Record) -> None:
    where = row_of("bettercambodia-2026-02", "source_id")
    address = "https://example.org/thread/tid/7319730"
    held = changed(whole, "restricted_sources", where, url=address)
    assert refused(held) == []
    assert refused(changed(held, "sources", where, note="thread 7319730")) == [
        ("sources.csv", "bettercambodia-2026-02", "note")
    ]


def test_a_piece_of_an_address_is_refused_in_the_ids_of_other_rows(whole: Record) -> None:
    where = row_of("bettercambodia-2026-02", "source_id")
    held = changed(whole, "restricted_sources", where, url="https://example.org/thread/tid/7319731")
    other = added(held, "sources", "akp-2026-01-28", source_id="forum-7319731")
    assert ("sources.csv", "forum-7319731", "source_id") in refused(other)
