"""Cities and places are called by their own name in the reader's language, where one is known."""

import pytest

from utils.analysis.city_names import city_name, place_name
from utils.releases import Release


@pytest.mark.parametrize(
    ("name", "country", "lang", "called"),
    [
        ("Tokyo", "JPN", "km", "តូក្យូ"),
        ("Phnom Penh", "KHM", "km", "ភ្នំពេញ"),
        ("Phnom Penh", "", "km", "ភ្នំពេញ"),
        ("Seoul", "KOR", "fr", "Séoul"),
        ("Seoul", "KOR", "en", "Seoul"),
        ("Vientiane", "LAO", "km", "វៀងចន្ទន៍"),
        ("Nice", "FRA", "km", "Nice"),
        ("", "FRA", "km", ""),
    ],
)
def test_a_city_is_called_by_its_own_name(
    public_release: Release, name: str, country: str, lang: str, called: str
) -> None:
    assert city_name(public_release, name, country, lang) == called


@pytest.mark.parametrize(
    ("name", "province", "called"),
    [
        ("Chong Kal", "KH22", "ចុងកាល់"),
        ("Phnom Penh", "KH12", "ភ្នំពេញ"),
        ("Chong Kal", "KH17", "Chong Kal"),  # no such place in Siem Reap
        ("Samraong", "KH22", "Samraong"),  # the Khmer name known is that of a commune elsewhere
        ("Chong Kal", "", "Chong Kal"),
    ],
)
def test_a_place_is_called_by_its_name_in_its_province(
    public_release: Release, name: str, province: str, called: str
) -> None:
    assert place_name(public_release, name, province, "km") == called
