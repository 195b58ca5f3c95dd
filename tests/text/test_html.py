"""Text becomes HTML in one place, and it is escaped there."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.text.html import el, join, link


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(), st.text())
def test_any_text_stays_text(child: str, attribute: str) -> None:
    seen = _Seen()
    seen.feed(el("p", child, title=attribute) + el("b", "end"))
    assert seen.tags == ["p", "b"]


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</p><b>", "\"'<>&"]
)
def test_markup_in_data_is_inert(hostile: str) -> None:
    seen = _Seen()
    seen.feed(el("p", hostile))
    seen.close()
    assert seen.tags == ["p"]
    assert seen.text == hostile


def test_attributes_are_named_as_in_html() -> None:
    assert el("p", "x", class_="a", data_figure="k", hidden=True, lang=None) == (
        '<p class="a" data-figure="k" hidden="">x</p>'
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example/x", ""])
def test_a_dangerous_address_is_no_link(address: str) -> None:
    assert link("label", address) == "label"


@pytest.mark.parametrize("address", ["https://example.org/a:b", "sources?lang=fr", "#top"])
def test_a_plain_address_is_a_link(address: str) -> None:
    assert f'href="{address}"' in link("label", address)


def test_join_leaves_out_nothing_but_none() -> None:
    assert join(["a", None, "<"]) == "a&lt;"
