"""A page of another site on plain http, as in a hall: nothing that it sends runs in our origin.

On an address such as http://hall.test browsers ignore Cross-Origin-Opener-Policy, so that an opener
keeps a hand on the windows that it opened.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.elsewhere import site
from tests.browser.visit import Visit, visiting
from tests.running import Running

pytestmark = pytest.mark.browser

FRAME = "component/streamlit_folium.st_folium/index.html"
ATTACK = """
const message = {type: "streamlit:render", isStreamlitMessage: true, stCommVersion: 1, dfs: [],
  theme: null, disabled: false, args: {script: "window.attacked = true; var map_div = {}; ", html: "",
  header: "", js_links: [], css_links: [], returned_objects: [], height: 9, width: 9,
  default: null, feature_group: "window.attacked = true", layer_control: "window.attacked = true"}}
window.sent = 0
window.attack = address => {
  const opened = window.open(address)
  setInterval(() => {
    for (const target of [opened, ...Array.from({length: opened.length}, (_, i) => opened[i])])
      target.postMessage(message, "*"), window.sent++
  }, 50)
}
"""


def attacked(visitor: Visit, address: str, ready: str) -> list[bool]:
    """Let the foreign page open ``address``; returns of each of its windows whether it ran the script."""
    with visitor.page.expect_popup() as opening:
        visitor.page.evaluate("address => attack(address)", address)
    popup: Page = opening.value
    popup.locator(ready).first.wait_for(state="attached")
    if address.endswith("displacement"):
        frame = popup.frame_locator("iframe[title*=folium]").first
        frame.locator(".leaflet-container[data-samaki-ready]").wait_for()
    sent = visitor.page.evaluate("window.sent")
    visitor.page.wait_for_function("before => window.sent > before + 40", arg=sent)
    assert visitor.page.evaluate("window.sent") > 0, "the opener lost its hand: the test shows nothing"
    return [frame.evaluate("window.attacked === true") for frame in popup.frames]


@pytest.mark.parametrize(
    ("path", "ready"),
    [(FRAME, "#map_div"), (f"{FRAME}?engine", "#map_div"), ("displacement", "iframe[title*=folium]")],
)
def test_a_foreign_opener_runs_nothing_in_our_origin(
    browser: Browser, app_server: Running, tmp_path: Path, path: str, ready: str
) -> None:
    with site(tmp_path, [f"<script>{ATTACK}</script>"]) as foreign, visiting(browser, "") as visitor:
        visitor.page.goto(foreign.replace("127.0.0.1", "foreign.test"))
        windows = attacked(visitor, f"http://hall.test:{app_server.port}/{path}", ready)
        assert len(windows) == (2 if path == "displacement" else 1)
        assert not any(windows)
