"""The list of scenes: what the file and the address may say, and every problem told at once."""

from __future__ import annotations

import pytest

from utils.evening.settings import BadSettings
from utils.evening.wall import playlist
from utils.evening.wall.playlist import Turn
from utils.evening.wall.scene_names import NAMES, NOTES
from utils.evening.wall.wall_page import MAKERS


def test_the_file_of_the_product_is_good_and_calm() -> None:
    found = playlist.load()
    assert [scene.name for scene in found.scenes] == [
        *("sentence", "curve", "map", "shelters", "donations", "tonight", "places", "world", "give", "thanks")
    ]
    assert not found.casualties
    assert found.languages == ("km", "fr", "en")
    assert len(found.turns(evening=True)) == 30
    assert all(turn.name != "tonight" for turn in found.turns(evening=False))


def test_every_scene_has_a_maker_a_name_and_a_note() -> None:
    assert set(playlist.SCENES) == set(MAKERS) == set(NAMES) == set(NOTES)


def test_every_problem_is_told_at_once() -> None:
    text = """
    seconds = 2
    languages = ["km", "de"]
    theme = "pink"
    colour = 1
    casualties = "yes"
    [[scene]]
    name = "weather"
    [[scene]]
    name = "curve"
    seconds = "long"
    lang = ["xx"]
    loud = true
    """
    with pytest.raises(BadSettings) as told:
        playlist.read(text)
    said = "\n".join(told.value.problems)
    for word in ("colour", "seconds 2", "'de'", "pink", "casualties", "weather", "'long'", "'xx'", "'loud'"):
        assert word in said, word
    assert len(told.value.problems) == 9


@pytest.mark.parametrize("text", ["", "scene = 5", "= nonsense", 'scene = ["curve"]'])
def test_a_file_without_scenes_is_refused(text: str) -> None:
    with pytest.raises(BadSettings):
        playlist.read(text)


def test_the_address_names_scenes_seconds_and_languages() -> None:
    found = playlist.apply_query(
        playlist.load(), {"scenes": "sentence:30,curve:15:fr,map", "lang": "km,en", "theme": "light"}
    )
    assert found.theme == "light"
    assert found.turns(evening=False) == (
        Turn("sentence", 30, "km"),
        Turn("curve", 15, "fr"),
        Turn("map", 20, "km"),
        Turn("sentence", 30, "en"),
        Turn("curve", 15, "fr"),
        Turn("map", 20, "en"),
    )
    assert {
        turn.seconds for turn in playlist.apply_query(playlist.load(), {"seconds": "9"}).turns(evening=True)
    } == {9}


@pytest.mark.parametrize(
    "query",
    [
        {"scenes": "casualties"},
        {"scenes": "<script>"},
        {"scenes": "curve:1"},
        {"scenes": "curve:99999999999999"},
        {"lang": "xx"},
        {"theme": "pink"},
        {"seconds": "-5"},
    ],
)
def test_a_bad_address_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(BadSettings):
        playlist.apply_query(playlist.load(), query)


def test_casualties_are_shown_only_where_the_file_says_so() -> None:
    scene = '[[scene]]\nname = "casualties"\n'
    with pytest.raises(BadSettings, match="casualties = true"):
        playlist.read(scene)
    assert playlist.read(f"casualties = true\n{scene}").turns(evening=False)[0].name == "casualties"
