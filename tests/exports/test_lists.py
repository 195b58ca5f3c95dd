"""The lists of the pages as files: the rows of tests/record that a person can look up, as filtered."""

import json
from datetime import date

import pytest

from tests.taking import dataset, download
from utils.exports.dataset import CellValue
from utils.releases import Release
from utils.text.locale import LANGUAGES, translator
from utils.views.catalogue import VIEWS
from utils.views.files import view_address

BASE = "https://example.org/"


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMAKI_TODAY", "2026-11-24")


def rows(release: Release, name: str, **asked: str) -> list[dict[str, CellValue]]:
    made = dataset(release, name, **asked)
    names = [column.name for column in made.columns]
    assert len(set(names)) == len(names)
    return [dict(zip(names, row, strict=True)) for row in made.rows]


def column(release: Release, name: str, of: str, **asked: str) -> list[CellValue]:
    return [row[of] for row in rows(release, name, **asked)]


def test_deliveries_are_those_on_screen_with_their_provinces(public_release: Release) -> None:
    found = rows(public_release, "deliveries", sector="water", province="KH13")
    assert {row["delivery_id"]: row["provinces"] for row in found} == {
        "ad009": "KH22 KH13 KH17",
        "ad062": "KH01 KH22 KH13 KH15 KH17",
    }
    assert column(public_release, "deliveries", "delivery_id", status="refused") == ["ad076"]
    assert column(public_release, "deliveries", "delivery_id", q="mobile water tanks") == ["ad009"]


def test_only_a_delivery_to_one_province_is_a_point(public_release: Release) -> None:
    made = dataset(public_release, "deliveries")
    index = [one.name for one in made.columns].index("provinces")
    for row, spot in zip(made.rows, made.spots, strict=True):
        assert (spot is not None) is (len(str(row[index]).split()) == 1)


def test_rows_without_a_point_are_features_without_one(public_release: Release) -> None:
    asked = {"sector": "water"}
    made = download(public_release, "deliveries", "geojson", asked, lang="en", base=BASE)
    features = json.loads(made.content)["features"]
    assert {one["properties"]["delivery_id"] for one in features} >= {"ad009", "ad062"}
    assert {json.dumps(one["geometry"]) for one in features} == {"null"}
    nothing = download(public_release, "deliveries", "geojson", {"q": "nowhere"}, lang="en", base=BASE)
    assert json.loads(nothing.content)["features"] == []


def test_none_found_is_not_a_zero(public_release: Release) -> None:
    for row in rows(public_release, "who-where"):
        assert (row["organisations"] is None) is (row["state"] == "none_found") is (row["row_ids"] == "")
    water = next(
        row
        for row in rows(public_release, "who-where")
        if (row["admin1_pcode"], row["sector"]) == ("KH13", "water")
    )
    assert (water["organisations"], water["row_ids"]) == (2, "ad009 ad062")


def test_events_of_the_timeline_under_its_filters_with_what_each_claimant_said(
    public_release: Release,
) -> None:
    closures = column(public_release, "timeline", "event_id", kind="border_closure", country="THA")
    assert closures == ["ev021", "ev017", "ev015", "ev006"]
    march = next(row for row in rows(public_release, "timeline") if row["event_id"] == "ev014")
    assert march["said"] == (
        "participants: at_least 10000 people (AFP) [evf-0001]; "
        "participants: at_least 1000 people (IDN Times) [evf-0002]; "
        "participants: at_least 150000 people (Khmer Times) [evf-0003]; "
        "participants: at_least 100000 people (The Nation Thailand) [evf-0004]"
    )
    cited = {source.source_id for source in dataset(public_release, "timeline", kind="march").sources}
    assert len(cited) > len(rows(public_release, "timeline", kind="march")), "claimants are cited too"


def test_checked_claims_by_verdict_and_those_of_the_article(public_release: Release) -> None:
    assert column(public_release, "claims-checked", "observation_id", verdict="misleading") == ["vfi-0017"]
    assert len(rows(public_release, "claims-checked")) == 20
    assert len(rows(public_release, "claims", kind="contested")) == 2
    assert len(rows(public_release, "channels")) == 9
    assert column(public_release, "article-figures", "observation_id") == [
        "evf-0075", "evf-0076", "evf-0077", "evf-0078",
    ]  # fmt: skip


def test_the_article_stands_beside_what_others_say(public_release: Release) -> None:
    said = [(row["part"], row["row_id"], row["value"]) for row in rows(public_release, "article-claims")]
    assert said[:4] == [
        ("own", "evf-0009", 10000), ("event", "ev014", None), ("event", "ev171", None),
        ("own", "evf-0078", 200000),
    ]  # fmt: skip
    assert ("none_found", "", None) in said


def test_acts_ways_and_calls(public_release: Release) -> None:
    found = rows(public_release, "diplomatic-acts", actor="KHM", act="meeting")
    assert {(row["actor"], row["act"]) for row in found} == {("KHM", "meeting")}
    tokyo = next(row for row in found if row["event_id"] == "ev004")
    assert (tokyo["date"], tokyo["place"], tokyo["commitment"]) == (date(2025, 5, 30), "Tokyo", "signs")
    assert column(public_release, "corridors", "origin") == ["Bangkok", "Vientiane", "Kuala Lumpur"]
    closed = {row["event_id"]: row for row in rows(public_release, "access")}
    assert (closed["ev006"]["effect"], closed["ev006"]["closed_by"]) == ("restricted", "THA")
    assert closed["ev009"]["access_note"] == "Thai fruit only"
    assert column(public_release, "not-found-france", "search_id") == [
        "lkf-0001", "lkf-0009", "lkf-0010", "lkf-0011", "lkf-0013", "lkf-0024", "lkf-0025",
    ]  # fmt: skip


def test_organisations_and_cities_under_their_filters(public_release: Release) -> None:
    assert column(public_release, "organisations", "org_id", country="JPN", kind="ngo") == [
        "aar-japan", "fidr", "share-japan",
    ]  # fmt: skip
    assert len(rows(public_release, "cities")) == 24, "26 cities, two of them on the card of another"
    assert column(public_release, "cities", "city_id", city="beijing") == ["beijing"]


def test_the_grid_has_a_row_for_each_question_and_no_figure_where_none_was_found(
    public_release: Release,
) -> None:
    found = rows(public_release, "gaps")
    assert len(found) == 9 * 7
    lead = found[0]
    assert (lead["topic"], lead["value"], lead["observation_id"], lead["age"]) == (
        "displaced", 45559, "dsp-0626", 259,
    )  # fmt: skip
    assert all(row["value"] is None for row in found if row["state"] == "missing")
    assert {row["state"] for row in found} <= {"known", "old", "contested", "missing"}


def test_a_place_is_in_the_name_and_in_the_address(public_release: Release) -> None:
    view = VIEWS["place-figures"]
    chosen = view.choose(public_release, {})
    assert view_address(BASE, view, public_release, chosen, "en") == (
        f"https://example.org/places?lang=en&place={chosen['place']}"
    )
    made = download(public_release, "place-figures", "csv", {"place": "khm"}, lang="en", base=BASE)
    assert made.name.startswith("samaki-place-figures-khm-2026-")
    latest = {row["observation_id"]: row for row in rows(public_release, "place-figures", place="khm")}
    assert latest["dsp-0626"]["value"] == 45559
    assert {row["admin1"] for row in latest.values()} == {""}


def test_parts_of_the_traced_money_add_up_to_what_is_documented(public_release: Release) -> None:
    parts = [float(str(value)) for value in column(public_release, "traces", "converted")]
    counted = [row for row in rows(public_release, "gifts") if row["count_in_total"]]
    assert len(counted) == 20
    whole = [float(str(row["converted"])) for row in counted]
    assert sum(parts) == pytest.approx(sum(whole))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("timeline", {"kind": "march", "country": "KHM", "month": "2025-06"}),
        ("deliveries", {"sector": "food", "province": "KH13", "status": "reported", "kind": "diaspora"}),
        ("gatherings", {"kind": "march", "country": "FRA", "city": "paris", "when": "undated"}),
        ("organisations", {"kind": "ngo", "role": "food", "country": "JPN"}),
        ("diplomatic-acts", {"actor": "UN", "act": "meeting"}),
        ("claims-checked", {"verdict": "false", "claim": "x"}),
        ("cities", {"city": "beijing"}),
        ("place-events", {"place": "khm"}),
    ],
)
def test_each_filter_has_words_and_the_file_name_says_it(
    public_release: Release, lang: str, name: str, asked: dict[str, str]
) -> None:
    view = VIEWS[name]
    chosen = view.choose(public_release, asked)
    described = view.describe_filters(translator(lang), public_release, chosen)
    assert {key: chosen[key] for key in asked} == asked
    assert len(described) >= len(asked)
    assert all(label and shown for label, shown in described)
    assert view.changed(public_release, chosen) == asked
