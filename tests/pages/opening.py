"""A page of the app as a visitor gets it, without a server."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "dashboard.py")
TIMEOUT = 60


def opened(name: str = "", lang: str = "en", /, **address: str) -> AppTest:
    """Return a page after a run, with an address of its own; without a name the overview."""
    app = AppTest.from_file(APP, default_timeout=TIMEOUT)
    app.query_params["lang"] = lang
    for parameter, value in address.items():
        app.query_params[parameter] = value
    app.run()
    return app.switch_page(f"pages/{name}.py").run() if name else app


def printed(app: AppTest) -> str:
    """Return the HTML of the page."""
    return "".join(part.proto.body for part in app.get("html"))
