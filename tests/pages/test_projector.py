"""The page about the wall: its links and its scenes, in three languages, outside the navigation."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from utils.locale import LANGUAGES

APP = str(Path(__file__).parents[2] / "dashboard.py")


@pytest.fixture(autouse=True)
def _record(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMAKI_DATA", str(data_folder))
    monkeypatch.setenv("SAMAKI_TIER", "public")


def printed(lang: str) -> str:
    """Return the HTML of the page."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["lang"] = lang
    app.run()
    app.switch_page("pages/projector.py")
    app.run()
    assert not app.exception
    return "".join(part.proto.body for part in app.get("html"))


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
