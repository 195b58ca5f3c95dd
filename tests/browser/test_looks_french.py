"""Every page in French."""

import pytest

from tests.browser.every_page import (
    test_axe_finds_nothing,
    test_no_name_of_a_hidden_site_is_sent,
    test_nothing_scrolls_sideways_on_a_phone,
    test_page_is_drawn_from_our_host_without_a_complaint,
    usual_complaints,
)

__all__ = (
    "test_axe_finds_nothing",
    "test_no_name_of_a_hidden_site_is_sent",
    "test_nothing_scrolls_sideways_on_a_phone",
    "test_page_is_drawn_from_our_host_without_a_complaint",
    "usual_complaints",
)
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lang() -> str:
    """The language of this module."""
    return "fr"
