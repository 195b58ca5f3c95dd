"""What is true of the public release of the live record, file by file and page by page."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.data import growing
from tests.frozen import LIVE, needs_restricted
from tests.pages.conftest import shows
from tests.pages.opening import opened, printed
from utils.product import sitemap
from utils.analysis import displacement, donations, exchange_rates, shelters, timeline
from utils.settings.clock import today
from utils.curation.disclosure.leak_scan import scan_folder
from utils.curation.read import Row
from utils.curation.curated_tables import Record, read_record
from tests.publishing import ensure_release
from utils.curation.disclosure.protected_values import ProtectedValues, collect_protected_values
from utils.releases import Release, current

PAGES = [page.name for page in sitemap.PAGES if page.name != "figure"]


@pytest.fixture(scope="session")
def secret(record: Record) -> ProtectedValues:
    """What the record hides."""
    return collect_protected_values(record)


def rows(public_files: Path, table: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(public_files / f"{table}.parquet").to_pylist()
    return found


def test_no_public_file_tells_a_name_an_id_or_a_point_of_a_hidden_site(
    secret: ProtectedValues, public_files: Path
) -> None:
    assert scan_folder(secret, public_files) == ()


@needs_restricted
def test_the_same_look_at_the_files_of_partners_finds_many(secret: ProtectedValues, public_files: Path) -> None:
    assert len(secret.names) > 100
    assert len(secret.points) >= 14
    assert len(scan_folder(secret, public_files.parent / "ngo")) > 50


def test_no_small_count_of_a_district_is_public(record: Record, public_files: Path) -> None:
    shown = rows(public_files, "displacement")
    withheld = {row["observation_id"] for row in record.rows("withheld_cells")}
    assert [row for row in shown if row["observation_id"] in withheld and not row["suppressed"]] == []
    for row in shown:
        value = row["value"]
        if row["admin2"] and row["unit"] in {"people", "families"} and isinstance(value, float):
            assert value == 0 or value >= 5, row["observation_id"]


def test_no_village_no_commune_and_no_point_of_an_event_at_home_is_public(public_files: Path) -> None:
    assert not {row["kind"] for row in rows(public_files, "places")} & {"village", "commune"}
    events = rows(public_files, "events")
    assert [row for row in events if row["country"] in {"KHM", "THA"} and row["lat"] is not None] == []


def test_the_leading_figure_is_the_newest_that_may_lead(release: Release) -> None:
    found = displacement.latest(release, today())
    assert found.observation is not None
    assert found.observation.as_of is not None
    assert found.observation.source is not None
    for beside in found.beside:
        assert beside.observation.as_of is not None
        assert beside.observation.as_of <= found.observation.as_of


def test_every_gift_that_counts_has_a_rate_and_is_in_one_slice(record: Record, release: Release) -> None:
    counted = {row["row_id"] for row in record.rows("donations") if row["count_in_total"]}
    for currency in exchange_rates.CURRENCIES:
        found = [gift for part in donations.slices(release, currency) for gift in part.gifts]
        assert sorted(gift.row_id for gift in found) == sorted(str(name) for name in counted)
        assert all(gift.converted for gift in found)


def blind_sum(release: Release) -> float:
    """Return the sum of all amounts in dollars, pledges and repetitions too: a false total."""
    return sum(gift.amount or 0 for gift in donations.gifts(release, "USD") if gift.currency == "USD")


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_and_tells_no_blind_sum_and_no_hidden_site(
    secret: ProtectedValues, live: Path, release: Release, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shows(live, monkeypatch)
    monkeypatch.delenv("SAMAKI_TODAY")
    app = opened("" if page == "overview" else page)
    text = printed(app)
    assert not app.exception
    assert 'class="sk-notice sk-notice-error"' not in text
    blind = blind_sum(release)
    for wrong in (f"{blind:,.0f}", f"{blind:.0f}", f"{blind / 1e6:.0f} million", f"{blind / 1e6:.2f} million"):
        assert wrong not in text
    assert not secret.is_in(text)


class TestNewerRows:
    """The rows that were added are what the release leads with: they prove something."""

    @pytest.fixture(scope="class")
    def newer(self, grown: Path) -> Release:
        ensure_release(grown)
        return current("public", grown)

    def test_the_newer_figure_leads(self, newer: Release) -> None:
        found = displacement.latest(newer, today()).observation
        assert found is not None
        assert found.value == growing.PEOPLE
        assert [source.source_id for source in found.sources] == [growing.SOURCE]

    def test_the_gift_counts_once_and_the_event_is_on_the_time_line(self, newer: Release) -> None:
        gifts = [gift for gift in donations.counted(newer, "EUR") if gift.source.source_id == growing.SOURCE]
        assert [gift.converted.amount for gift in gifts if gift.converted] == [growing.EUROS]
        assert growing.EVENT in [moment.event.title for moment in timeline.moments(newer)]

    @needs_restricted
    def test_the_site_is_counted_in_its_province_and_partners_alone_see_it(
        self, newer: Release, grown: Path
    ) -> None:
        def count(rows: Iterable[Row]) -> object:
            return next(row["sites"] for row in rows if row["admin1_pcode"] == "KH02" and not row["admin2"])

        before, after = (count(read_record(data).rows("site_counts")) for data in (LIVE, grown))
        assert isinstance(before, int)
        assert after == before + 1
        assert growing.SITE in set(current("ngo", grown).table("sites")["site_id"])
