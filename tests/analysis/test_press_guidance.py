"""What may be printed of a figure, and what would be untrue of it."""

from dataclasses import replace
from datetime import date

import pytest

from utils.analysis import figures, press_guidance
from utils.releases import Release
from utils.text.locale import LANGUAGES, language_of, translator

TODAY = date(2026, 11, 24)


def said(release: Release, wanted: str, lang: str = "en") -> tuple[str, str]:
    found = figures.figure(release, wanted, TODAY)
    assert found is not None
    may, may_not = press_guidance.parts(found, release, TODAY)
    _ = translator(lang)
    return " ".join(map(_.translate, may)), "\n".join(map(_.translate, may_not))


def row_of(release: Release, indicator: str, value: float, province: str = "") -> str:
    (found, *_others) = (
        row.observation_id
        for _table, row in figures.rows(release).values()
        if row.indicator == indicator and row.value == value and row.admin1_pcode == province
    )
    return found


def test_a_stock_is_of_its_day_and_by_its_counter(public_release: Release) -> None:
    may, may_not = said(public_release, row_of(public_release, "people_in_sites", 64018))
    assert may.startswith(
        "On 8 January 2026, 64,018 people were in sites in Cambodia, according to the National Committee "
        "for Disaster Management of Cambodia, as reported by "
    )
    assert "“Now” or “today”: the figure is 320 days old." in may_not
    assert "A sum with all displaced people" in may_not


def test_a_sentence_in_french_and_khmer(public_release: Release) -> None:
    wanted = row_of(public_release, "people_in_sites", 64018)
    french, _no = said(public_release, wanted, "fr")
    khmer, _no = said(public_release, wanted, "km")
    assert french.startswith(
        "Le 8 janvier 2026, 64\u202f018 personnes se trouvaient dans des sites au Cambodge, "
        "selon le Comité national de gestion des catastrophes du Cambodge"
    )
    assert khmer.startswith("នៅថ្ងៃទី 8 មករា 2026 មនុស្ស 64,018 នាក់ស្ថិតនៅតាមទីតាំងនៅកម្ពុជា")


def test_a_share_of_one_village_is_said_as_such(public_release: Release) -> None:
    may, may_not = said(public_release, "imp-0467")
    assert may == (
        "Around 25 February 2026, Banteay Meanchey, “Share of homes destroyed in one village”: 98%, "
        "as reported by Grand News Asia."
    )
    assert "That it leads: the record sets this figure aside, for the reason in its note." in may_not


def test_a_cumulative_total_is_no_stock(public_release: Release) -> None:
    may, may_not = said(public_release, row_of(public_release, "displaced_people_cumulative", 649023))
    assert "in all since this round began" in may
    assert "it is a running total that only grows" in may_not


def test_the_newest_figure_of_a_counter_is_named(public_release: Release) -> None:
    _may, may_not = said(public_release, "displaced-peak-december")
    assert "“The latest”: the same counter has a newer figure, of 15 January 2026." in may_not
    assert "That it is undisputed: 3 other figures differ." in may_not


def test_a_figure_set_aside_does_not_lead(public_release: Release) -> None:
    may, may_not = said(public_release, row_of(public_release, "displaced_people", 278793, "KH22"))
    assert "from the province of Oddar Meanchey" in may
    assert "the record sets this figure aside" in may_not
    assert "it is where they fled from" in may_not


def test_victims_stay_in_their_round(public_release: Release) -> None:
    may, may_not = said(public_release, "casualties-khm-civilians-killed")
    assert "civilians killed in Cambodia in the December round was 32" in may
    assert "A sum with other counts of victims" in may_not


def test_the_documented_total_is_a_floor(public_release: Release) -> None:
    may, may_not = said(public_release, "donations-documented")
    assert "about USD\u00a013,670,000: a floor, from 20 rows" in may
    assert "“Total raised”" in may_not


def test_a_claim_keeps_its_claimant(public_release: Release) -> None:
    may, may_not = said(public_release, "evf-0076")
    assert "at least 30 (people), as claimed by Cambodge Mag" in may
    assert "That it is a fact" in may_not


def test_differences_are_told_in_words(public_release: Release) -> None:
    found = figures.figure(public_release, "displaced-peak-december", TODAY)
    assert found is not None
    words = {
        one.observation.value: translator("en").translate(one.words)
        for one in press_guidance.differences(found.finding)
    }
    assert words == {640000: "9,163 fewer (1%)", 630000: "19,163 fewer (3%)", 634730: "14,433 fewer (2%)"}


def test_a_difference_of_many_times_a_figure_has_no_share(public_release: Release) -> None:
    _table, row = figures.rows(public_release)["imp-0375"]
    one = replace(row, value=1.0)
    _ = translator("en")
    assert _.translate(press_guidance.difference(one, replace(one, value=9.0))) == "8 more (800%)"
    assert _.translate(press_guidance.difference(one, replace(one, value=40.0))) == "39 more"
    assert (
        translator(language_of("km").digits_code)
        .translate(press_guidance.difference(one, replace(one, value=2.0)))
        .endswith("(១០០%)")
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_has_a_whole_sentence_with_its_number(public_release: Release, lang: str) -> None:
    _ = translator(lang)
    for wanted, (_table, row) in list(figures.rows(public_release).items())[::9]:
        may, may_not = said(public_release, wanted, lang)
        assert "{" not in may + may_not
        assert may_not
        if row.value is not None:
            assert _.format(row.value) in may, wanted


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (
            "deliveries-reported",
            "58 lines of goods have the status “reported” (newest day: 6 February 2026).",
        ),
        ("deliveries-refused", "1 line of goods has the status “refused” (newest day: no day given)."),
    ],
)
def test_a_count_of_deliveries_is_said_of_goods(public_release: Release, wanted: str, sentence: str) -> None:
    may, may_not = said(public_release, wanted)
    assert may == f"In the record of Samaki, which is no full list, {sentence}"
    assert "“All that was brought”" in may_not
