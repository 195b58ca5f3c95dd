"""The page about the wall: its links and its scenes, in three languages, outside the navigation."""

from pathlib import Path

import pytest

from tests.pages import opening
from tests.pages.opening import opened
from utils.text.locale import LANGUAGES

pytestmark = pytest.mark.usefixtures("record")


def printed(lang: str) -> str:
    app = opened("projector", lang)
    assert not app.exception
    return opening.printed(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_links_to_the_wall_and_lists_its_scenes(lang: str) -> None:
    html = printed(lang)
    assert 'href="/wall?theme=dark"' in html
    assert html.count("<tr>") == 1 + 10
    assert "sk-notice-error" not in html


def test_every_problem_of_the_scene_file_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "scenes.toml"
    file.write_text('theme = "pink"\n[[scene]]\nname = "weather"\n', encoding="utf-8")
    monkeypatch.setenv("SAMAKI_SCENES", str(file))
    html = printed("en")
    assert "pink" in html
    assert "weather" in html
