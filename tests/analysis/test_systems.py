"""Forty-three systems, each with an address that answers, a table that exists, or a reason."""

from collections.abc import Callable
from datetime import date

from utils.analysis import diplomacy, events, open_tables, organisations, relief
from utils.analysis.systems import SYSTEMS
from utils.product.sitemap import PAGES
from utils.releases import Release


def test_there_are_forty_three_in_order() -> None:
    assert [one.number for one in SYSTEMS] == list(range(1, 44))


def test_every_system_has_a_screen_a_table_or_a_reason(public_release: Release) -> None:
    pages = {page.name for page in PAGES}
    tables = {resource["name"] for resource in public_release.contract()["resources"]}
    for one in SYSTEMS:
        assert one.page in pages or (one.state == "left_out" and one.why), one.number
        if one.state == "waiting":
            assert one.table in open_tables.STARTED_EMPTY
            assert one.table in tables
            assert one.why


def test_tables_that_started_empty_have_five_lines_and_a_first_column(public_release: Release) -> None:
    for name in open_tables.TABLES:
        one = open_tables.table(public_release, name)
        assert len(open_tables.steps(one)) == 5
        assert one.first_id
        assert one.required


def test_a_filter_in_an_address_finds_rows(public_release: Release) -> None:
    find: dict[str, Callable[..., tuple[object, ...]]] = {
        "events": lambda **chosen: events.matching(public_release, date(2026, 11, 24), **chosen),
        "relief": lambda **chosen: relief.matching(public_release, **chosen),
        "organisations": lambda **chosen: organisations.matching(public_release, **chosen),
        "diplomacy": lambda **chosen: diplomacy.matching(public_release, **chosen),
    }
    filtered = [one for one in SYSTEMS if one.query and one.page in find]
    assert [one.number for one in filtered] == [5, 11, 15, 16, 25, 27, 28, 30, 38]
    for one in filtered:
        assert find[one.page](**one.query), one.number
