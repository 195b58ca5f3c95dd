"""Everything that leans on Streamlit's private parts, so that an upgrade breaks it in one place.

``tests/server/test_streamlit_internals.py`` has a test for each part, which names what changed.
"""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from markupsafe import escape

from utils.text.locale import LANGUAGES, lazy_gettext, translator

if TYPE_CHECKING:
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from streamlit.runtime import Runtime

CLOSED: Final = ("/_stcore/metrics", "/_stcore/agent")
"""Paths that nobody outside needs: how busy the server is, and driving the app by program."""
OWN_PATHS: Final = re.compile(r"/(media|static|app/static|component|auth)/|/oauth2callback$|.*/_stcore/")
"""What Streamlit itself answers. It answers everything else with its page and status 200."""
BUNDLE_FINGERPRINT: Final = re.compile(r"\.[0-9A-Za-z_-]{8}\.\w+$")
"""How a bundle's name ends when it changes with its content."""
FIRST_FONT: Final = re.compile(r"/static/media/SourceSansVF-Upright\..*\.woff2")
"""The font that Streamlit asks for before it knows the theme."""
INLINE_SCRIPTS: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
LONGEST_SECONDS: Final = 20.0
"""A page that takes longer is left alone; the server starts anyway."""
COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
PRELOADED_FONT: Final = re.compile(r"<link\s+rel=\"preload\"[^>]*as=\"font\"[^>]*>")
SERVICE: Final = re.compile(r"<link\s+rel=\"service-desc\"[^>]*>")
NO_SCRIPT: Final = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
TITLE: Final = "<title>Streamlit</title>"
SESSION_LOGGER: Final = "streamlit.runtime.scriptrunner_utils.script_run_context"
SESSION_WARNING: Final = "missing ScriptRunContext"
COMPONENTS: Final = "/component/"
_COMPONENT: Final = f"{COMPONENTS}streamlit_folium.st_folium"
_ENGINE: Final = re.compile(r"/static/js/PlotlyChart\.[0-9A-Za-z_-]{8}\.js")
_PARENT_ONLY: Final = (
    '<script>addEventListener("message", event => {'
    "if (event.source !== parent || event.origin !== location.origin) event.stopImmediatePropagation()"
    "}, true)</script>"
)
_EXPORTS: Final = re.compile(r"export\{([\w$, ]+)\};?\s*$")
_LATIN_FONT: Final = "noto-sans-latin-[0-9]*.woff2"
_NEEDS_SCRIPT: Final = lazy_gettext("This page needs JavaScript.")


@dataclass(frozen=True, slots=True)
class Shown:
    """What one visitor of a page was sent.

    ``done`` is false where the page did not end in time, or a file it offers could not be made.
    """

    page: str
    language: str
    messages: tuple[ForwardMsg, ...]
    files: tuple[bytes, ...]
    done: bool


def package_folder(name: str) -> Path:
    """Return the folder of an installed package without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed", name=name)
    return Path(spec.origin).parent


def served_folders() -> tuple[tuple[Path, str], ...]:
    """Return the folders of files that a page of Streamlit asks for, each with its address."""
    return (
        (package_folder("streamlit") / "static" / "static", "/static"),
        (package_folder("streamlit_folium") / "frontend" / "build", _COMPONENT),
    )


def latin_fonts(root: Path) -> list[Path]:
    """Return our Latin fonts, which stand in for Streamlit's first font."""
    return sorted((root / "static" / "fonts").glob(_LATIN_FONT))


def front_page(root: Path) -> str:
    """Return Streamlit's page under our name: our font first, and a word for readers without script."""
    page = (package_folder("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    fonts = "".join(
        f'<link rel="preload" as="font" type="font/woff2" crossorigin '
        f'href="./app/static/fonts/{path.name}" />'
        for path in latin_fonts(root)
    )
    page = COMMENT.sub("", page)
    page = PRELOADED_FONT.sub(fonts, page)
    page = SERVICE.sub("", page)
    page = NO_SCRIPT.sub(f"<noscript>{_without_script()}</noscript>", page)
    page = page.replace("./favicon.png", "./app/static/icon.svg")
    return page.replace(TITLE, "<title>Samaki</title>").lstrip()


def frame_page(url: str, file: Path) -> str:
    """Return the page of the map's frame, which hears nobody but the page of ours that holds it.

    The frame runs the script that it is sent, whoever sends it. Any window may send; a browser keeps
    foreign openers away (Cross-Origin-Opener-Policy) over https only. The listener stands before that of
    the library. Empty for any other file. Raises ``ValueError`` where the page has no head.
    """
    if url != f"{_COMPONENT}/index.html":
        return ""
    page = file.read_text(encoding="utf-8")
    head = page.index("<head>") + len("<head>")
    return page[:head] + _PARENT_ONLY + page[head:]


def _without_script() -> str:
    """Return what a reader without script reads, in each language."""
    texts = {lang: translator(lang).translate(_NEEDS_SCRIPT) for lang in LANGUAGES}
    return "".join(f'<p lang="{lang}">{escape(text)}</p>' for lang, text in texts.items())


def plotly_loader(url: str, bundle: Path) -> str:
    """Return a module that stands before Streamlit's charts and loads them once the map is drawn.

    It is empty for any other file than the bundle of charts, and when that bundle does not end with its
    exports: then the file goes out as it is.
    """
    exports = _EXPORTS.search(bundle.read_text(encoding="utf-8")) if _ENGINE.fullmatch(url) else None
    if exports is None:
        return ""
    names = [pair.split(" as ")[-1].strip() for pair in exports[1].split(",")]
    lines = [
        f"export default engine.{name};" if name == "default" else f"export const {name} = engine.{name};"
        for name in names
    ]
    script = Path(__file__).with_name("plotly_loader.js").read_text(encoding="utf-8")
    return script.replace("ENGINE", f'"./{bundle.name}?engine"') + "\n".join(lines) + "\n"


@contextmanager
def without_session_warnings() -> Iterator[None]:
    """Drop Streamlit's warnings that there is no session, where there is none by intention."""

    def keeps(record: logging.LogRecord) -> bool:
        return SESSION_WARNING not in str(record.msg)

    logger = logging.getLogger(SESSION_LOGGER)
    logger.addFilter(keeps)
    try:
        yield
    finally:
        logger.removeFilter(keeps)


def use_navigation_only() -> None:
    """Let ``st.navigation`` lead: until its first run Streamlit would run a file of pages/ on its own."""
    from streamlit.runtime.pages_manager import PagesManager

    PagesManager.uses_pages_directory = False


def websocket_options() -> dict[str, Any]:
    """Return how uvicorn carries the web socket, as ``streamlit run`` would."""
    from streamlit import config

    return {
        "ws": "websockets-sansio",
        "ws_ping_interval": 30,
        "ws_ping_timeout": 60,
        "ws_max_size": int(config.get_option("server.maxMessageSize")) * 1_000_000,
        "ws_per_message_deflate": bool(config.get_option("server.enableWebsocketCompression")),
    }


def _client(done: asyncio.Event, messages: list[ForwardMsg] | None) -> Any:
    """Return a client that sets ``done`` when the page is, and adds what is sent to ``messages``."""
    from streamlit.runtime.session_manager import ClientContext, SessionClient

    class Client(SessionClient):
        def write_forward_msg(self, msg: ForwardMsg) -> None:
            if messages is not None:
                messages.append(msg)
            ended = msg.WhichOneof("type") == "script_finished"
            if ended and msg.script_finished != msg.FINISHED_EARLY_FOR_RERUN:
                done.set()

        @property
        def client_context(self) -> ClientContext | None:
            return None

    return Client()


async def visit_page(page: str, language: str, *, keeps: bool = True) -> Shown:
    """Run a page once; return what was sent and every file it offers, where ``keeps`` is true.

    Call it on the event loop of a running Streamlit runtime.
    """
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.runtime import get_instance
    from streamlit.runtime.media_file_storage import MediaFileStorageError

    runtime = get_instance()
    done = asyncio.Event()
    messages: list[ForwardMsg] = []
    session = runtime.connect_session(_client(done, messages if keeps else None), {})
    try:
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = f"lang={language}"
        runtime.handle_backmsg(session, message)
        await asyncio.wait_for(done.wait(), LONGEST_SECONDS)
        files = tuple(content for sent in messages for content in _offered(runtime, sent))
        return Shown(page, language, tuple(messages), files, done=True)
    except (TimeoutError, MediaFileStorageError):
        return Shown(page, language, tuple(messages), (), done=False)
    finally:
        runtime.close_session(session)


def _offered(runtime: Runtime, sent: ForwardMsg) -> list[bytes]:
    """Return the files that a message offers for download."""
    element = sent.delta.new_element
    if sent.WhichOneof("type") != "delta" or element.WhichOneof("type") != "download_button":
        return []
    button = element.download_button
    manager = runtime.media_file_mgr
    address = manager.execute_deferred(button.deferred_file_id) if button.deferred_file_id else button.url
    file: Any = manager.read_file(address.rsplit("/", 1)[-1])
    return [file.content] if file else []
