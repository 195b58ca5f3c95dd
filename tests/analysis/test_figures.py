"""Any figure by its id: what it is, what differs, what came before and after."""

from datetime import date

import pytest

from tests.hostile import CORPUS
from utils.analysis import changes_since, figures, overview, relief
from utils.analysis.changelog import Entry
from utils.analysis.figures import Figure
from utils.releases import Release
from utils.text.locale import translator

TODAY = date(2026, 11, 24)


def figure(release: Release, wanted: str) -> Figure:
    found = figures.figure(release, wanted, TODAY)
    assert found is not None
    return found


def test_the_latest_figure_has_its_own_row(public_release: Release) -> None:
    found = figure(public_release, "displaced-latest")
    assert (found.figure_id, found.kind, found.table) == ("dsp-0626", "stock", "displacement")
    assert found.newer is None
    assert figure(public_release, "dsp-0626").finding == found.finding, "one row, one story"


def test_the_peak_tells_of_its_newer_figure_by_the_same_counter(public_release: Release) -> None:
    found = figure(public_release, "displaced-peak-december")
    assert found.observation.value == 649163
    assert found.newer is not None
    assert (found.newer.value, found.newer.as_of) == (141850, date(2026, 1, 15))
    assert {row.counted_by for row in found.history} == {"ncdm"}
    assert list(found.history) == sorted(
        found.history, key=lambda row: (row.as_of or date.min, row.value or 0), reverse=True
    )


def test_history_keeps_to_the_area(public_release: Release) -> None:
    (siem_reap,) = (
        row
        for _table, row in figures.of_areas(public_release)
        if row.value == 129620 and row.admin1_pcode == "KH17"
    )
    history = figure(public_release, siem_reap.observation_id).history
    assert {row.admin1_pcode for row in history} == {"KH17"}
    assert {row.area_basis for row in history} == {"sheltering"}


@pytest.mark.parametrize(
    ("wanted", "kind", "value"),
    [
        ("donations-documented", "sum", 13670000),
        ("sites-known", "sum", 32),
        ("don-0001", "gift", 80000),
        ("evf-0076", "claim", 30),
        ("casualties-khm-civilians-killed", "cumulative", 32),
    ],
)
def test_every_kind_of_figure_has_an_address(
    public_release: Release, wanted: str, kind: str, value: float
) -> None:
    found = figure(public_release, wanted)
    assert (found.kind, found.observation.value) == (kind, value)


def test_a_claim_names_its_claimant_and_those_who_say_otherwise(public_release: Release) -> None:
    by = {claim.claimed_by: claim for claim in figures.claims(public_release) if claim.event_id == "ev093"}
    cambodia, thailand = by["Cambodian authorities"], by["Thai army page"]
    assert (thailand.metric, thailand.observation.value) == ("deaths", 0)
    found = figure(public_release, thailand.observation.observation_id)
    assert found.claimed_by == "Thai army page"
    assert [row.value for row in found.finding.contradicted_by] == [1]
    assert cambodia.event == thailand.event


@pytest.mark.parametrize("wanted", [*CORPUS, "dsp-9999", ""])
def test_an_unknown_id_is_no_figure(public_release: Release, wanted: str) -> None:
    assert figures.figure(public_release, wanted, TODAY) is None
    assert figures.gone(public_release, wanted) is None


def test_every_row_is_a_figure_with_a_title(public_release: Release) -> None:
    _ = translator("en")
    rows = figures.rows(public_release)
    assert len(rows) == 600 + 467 + 14
    for wanted in list(rows)[::7]:
        found = figure(public_release, wanted)
        assert _.translate(figures.title(public_release, found))
        assert found.observation in found.history


def told(*lines: tuple[str, str, tuple[str, ...]]) -> tuple[Entry, ...]:
    """Return entries, newest first, from ``(release, before, keys of corrected rows)``."""
    from datetime import UTC, datetime

    from utils.releases.changes import Change

    return tuple(
        Entry(
            at=datetime(2026, 11, 1, tzinfo=UTC),
            event="publish",
            release=release,
            before=before,
            why="",
            subject="",
            changes=tuple(Change("corrected", "displacement", key, {"value": (1, 2)}) for key in keys),
        )
        for release, before, keys in lines
    )


HISTORY = told(
    ("cccccccccccc", "bbbbbbbbbbbb", ("dsp-0002",)),
    ("bbbbbbbbbbbb", "aaaaaaaaaaaa", ("dsp-0001", "dsp-0002")),
    ("aaaaaaaaaaaa", "", ()),
)


@pytest.mark.parametrize(
    "text",
    [
        "aaaaaaaaaaaa",
        "https://x.example/figure?lang=km&figure=dsp-0001&release=aaaaaaaaaaaa",
        "Samaki, ligne dsp-0001, publication aaaaaaaaaaaa, consulté le 24 novembre 2026",
        "@misc{samaki-dsp-0001,\n  version = {aaaaaaaaaaaa},\n}",
    ],
)
def test_a_citation_of_any_style_is_understood(text: str) -> None:
    found = changes_since.since(text, HISTORY, "cccccccccccc")
    assert (found.answer, found.release, found.steps) == ("changed", "aaaaaaaaaaaa", 2)
    assert [change.key for change in (*found.of_rows, *found.others)].count("dsp-0002") == 2
    assert [change.key for change in found.of_rows] == (["dsp-0001"] if "dsp-" in text else [])


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", "nothing_pasted"),
        ("cccccccccccc", "current"),
        ("ffffffffffff", "unknown"),
        ("dsp-0001", "unknown"),
        ("bbbbbbbbbbbb", "changed"),
    ],
)
def test_each_answer(text: str, answer: str) -> None:
    assert changes_since.since(text, HISTORY, "cccccccccccc").answer == answer


def test_releases_without_a_change_are_said_to_have_none() -> None:
    history = told(("bbbbbbbbbbbb", "aaaaaaaaaaaa", ()), ("aaaaaaaaaaaa", "", ()))
    assert changes_since.since("aaaaaaaaaaaa", history, "bbbbbbbbbbbb").answer == "unchanged"


@pytest.mark.parametrize("text", CORPUS)
def test_hostile_text_is_no_release(text: str) -> None:
    assert changes_since.since(text, HISTORY, "cccccccccccc").answer in {"unknown", "nothing_pasted"}


def test_each_figure_that_a_page_leads_with_opens_by_its_link(public_release: Release) -> None:
    led = (*relief.findings(public_release, TODAY), *overview.casualties(public_release, TODAY))
    shown = [one for one in led if one.observation is not None]
    assert len(shown) == 7
    for one in shown:
        assert figure(public_release, figures.figure_id(one)).observation == one.observation
