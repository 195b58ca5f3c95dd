"""Home addresses in free text are refused; a gathering may lie ahead, a clash may not."""

from datetime import date

import pytest

from tests.curation.altered import changed, only, row_of, told
from utils.curation.checks.text import personal
from utils.curation.curated_tables import Record

AHEAD = date(2027, 1, 10)


@pytest.mark.parametrize(
    "text", ["bring it to 12 bis rue des Lilas", "1420 Elm Grove Avenue", "ផ្ទះលេខ ១២", "apartment no. 7"]
)
def test_a_home_address_is_refused(text: str) -> None:
    assert personal(text) == "home address"


@pytest.mark.parametrize(
    "text", ["Place de la République, Paris", "2,569 monks walk", "19 December, by road"]
)
def test_what_is_no_home_address(text: str) -> None:
    assert personal(text) == ""


@pytest.mark.parametrize(
    ("table", "key", "id_"), [("cities", "city_id", "lyon"), ("corridors", "corridor_id", "cor-0001")]
)
def test_new_tables_are_looked_at_as_every_other(real: Record, table: str, key: str, id_: str) -> None:
    found = only(changed(real, table, row_of(id_, key), note="call +855 12 345 678"), "personal-data")
    assert (found.column, found.value) == ("note", "withheld")


def test_a_march_may_be_announced_and_a_clash_may_not(real: Record) -> None:
    march = changed(real, "events", row_of("ev145", "event_id"), date=AHEAD)
    assert told(march, "future") == []
    clash = changed(real, "events", row_of("ev097", "event_id"), date=AHEAD)
    assert [found.column for found in told(clash, "future")] == ["date"]
