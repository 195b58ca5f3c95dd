"""The private parts of Streamlit that the server leans on: a failure names what an upgrade changed."""

import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit import config
from streamlit.navigation.page import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.runtime.session_manager import SessionClient

from tests.running import ROOT
from utils.server import streamlit_internals as internals
from utils.server.static_files import known_files

FILES = known_files(ROOT)
FOLDER = internals.package_folder("streamlit") / "static"
INDEX = (FOLDER / "index.html").read_text(encoding="utf-8")
ENGINE = next((url for url in FILES if "/PlotlyChart." in url), "")


@pytest.mark.parametrize(
    ("what", "pattern", "times"),
    [
        ("the font that is preloaded", internals.PRELOADED_FONT, 1),
        ("the pointer to the agent's interface", internals.SERVICE, 1),
        ("the words for readers without script", internals.NO_SCRIPT, 1),
        ("the title", re.compile(re.escape(internals.TITLE)), 1),
        ("the inline script that the policy allows", internals.INLINE_SCRIPTS, 1),
        ("the root element", re.compile(r'<div id="root"></div>'), 1),
    ],
)
def test_streamlits_page_holds(what: str, pattern: re.Pattern[str], times: int) -> None:
    assert len(pattern.findall(internals.COMMENT.sub("", INDEX))) == times, f"index.html: {what} changed"


def test_the_front_page_is_ours() -> None:
    page = internals.front_page(ROOT)
    assert "<title>Samaki</title>" in page
    assert "Streamlit" not in re.sub(r"<script.*?</script>|<link[^>]*>", "", page, flags=re.DOTALL)
    assert page.count('as="font"') == 1
    assert "noto-sans-latin" in page


def test_streamlits_first_font_is_replaced_by_ours() -> None:
    urls = [url for url in FILES if internals.FIRST_FONT.fullmatch(url)]
    assert len(urls) == 1, "the font of Streamlit's first page has another name"
    assert [FILES[url].path for url in urls] == internals.latin_fonts(ROOT)


def test_the_bundles_change_their_names_with_their_content() -> None:
    bundles = [path.name for path in (FOLDER / "static" / "js").glob("*.js")]
    plain = [name for name in bundles if not internals.BUNDLE_FINGERPRINT.search(name)]
    assert len(bundles) > 50
    assert plain == [], "bundles without a fingerprint would be cached for ever"


def test_the_folders_that_a_page_asks_for_are_there() -> None:
    for folder, prefix in internals.served_folders():
        assert folder.is_dir(), f"{prefix} has moved"
    assert "/component/streamlit_folium.st_folium/index.html" in FILES


def test_the_charts_engine_stands_behind_a_short_module() -> None:
    assert ENGINE, "the bundle of charts has another name"
    module = internals.plotly_loader(ENGINE, FILES[ENGINE].path)
    assert f'import("./{FILES[ENGINE].path.name}?engine")' in module
    assert "export default engine.default;" in module
    assert len(module) < 2000


def test_a_bundle_without_plain_exports_is_left_alone(tmp_path: Path) -> None:
    bundle = tmp_path / "PlotlyChart.12345678.js"
    bundle.write_text("export * from './other.js'")
    assert internals.plotly_loader("/static/js/PlotlyChart.12345678.js", bundle) == ""


@pytest.mark.parametrize("mark", ["data-test-script-state", "notRunning", "stApp", "/ComponentInstance."])
def test_what_the_loader_of_charts_looks_for_is_in_the_page(mark: str) -> None:
    names = "".join(f"/{path.name}" for path in (FOLDER / "static" / "js").iterdir())
    index = next((FOLDER / "static" / "js").glob("index.*.js")).read_text(encoding="utf-8")
    script = Path(internals.__file__).with_name("plotly_loader.js").read_text(encoding="utf-8")
    assert mark in script
    assert mark in index or mark in names, f"{mark} is gone: charts would wait four seconds"


def test_a_page_can_be_visited_without_a_browser() -> None:
    run = BackMsg().rerun_script.DESCRIPTOR.fields_by_name
    assert {"page_name", "query_string"} <= set(run), "BackMsg.rerun_script changed"
    kinds = {field.name for field in ForwardMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    assert {"script_finished", "delta"} <= kinds, "ForwardMsg changed"
    assert isinstance(ForwardMsg.FINISHED_EARLY_FOR_RERUN, int)
    for owner, names in {
        Runtime: ("connect_session", "handle_backmsg", "close_session", "media_file_mgr"),
        MediaFileManager: ("execute_deferred", "read_file"),
        SessionClient: ("write_forward_msg", "client_context"),
    }.items():
        assert [name for name in names if not hasattr(owner, name)] == [], f"{owner.__name__} changed"


def test_the_files_of_pages_are_not_run_on_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hasattr(PagesManager, "uses_pages_directory"), "pages/ would be run without the app around it"
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    internals.use_navigation_only()
    assert PagesManager.uses_pages_directory is False


def test_the_navigations_own_page_is_where_it_was() -> None:
    assert Page.__module__ == "streamlit.navigation.page"


def test_the_web_socket_has_streamlits_limits() -> None:
    options = internals.websocket_options()
    assert options["ws_max_size"] == config.get_option("server.maxMessageSize") * 1_000_000 > 0
    assert options["ws_per_message_deflate"] is True


class Seen(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def test_the_warning_of_a_missing_session_is_dropped_inside_only() -> None:
    logger, seen = logging.getLogger(internals.SESSION_LOGGER), Seen()
    logger.addHandler(seen)
    try:
        with internals.without_session_warnings():
            script_run_context.get_script_run_ctx()
        assert seen.messages == [], "the warning has other words, or another logger"
        script_run_context.get_script_run_ctx()
        assert len(seen.messages) == 1
    finally:
        logger.removeHandler(seen)


def test_the_libraries_of_the_map_are_loaded_without_a_warning() -> None:
    code = "from utils.server import warmup; warmup.load(('streamlit_folium',))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stderr == ""
