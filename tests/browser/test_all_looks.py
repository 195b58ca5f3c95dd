"""Every page in every language, width and theme, with the menu closed and open: `make looks`."""

import pytest

from tests.browser.every_sight import (
    test_axe_finds_nothing,
    test_it_fits_and_the_keyboard_stops_beside_the_screen_nowhere,
    test_no_name_of_a_hidden_site_is_sent,
    test_the_blind_sum_is_nowhere,
    test_the_page_is_drawn_from_our_host_without_a_complaint,
    test_the_tab_names_its_page,
)
from tests.browser.look import full_matrix

__all__ = (
    "test_axe_finds_nothing",
    "test_it_fits_and_the_keyboard_stops_beside_the_screen_nowhere",
    "test_no_name_of_a_hidden_site_is_sent",
    "test_the_blind_sum_is_nowhere",
    "test_the_page_is_drawn_from_our_host_without_a_complaint",
    "test_the_tab_names_its_page",
)
pytestmark = [pytest.mark.browser, pytest.mark.looks]

SIGHTS = full_matrix()
