"""The phone remote of the wall: pause, next, previous, blank, theme, and what to say to each scene."""

from __future__ import annotations

from typing import Any, Final, cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from utils.evening import http
from utils.evening.entry.entry_api import require_pass, sent_key
from utils.evening.ledger import remote
from utils.evening.ledger.errors import Busy, NoSuchEvening
from utils.evening.ledger.model import Control
from utils.evening.settings import BadSettings
from utils.evening.wall.playlist import load
from utils.evening.wall.scene_names import NAMES, NOTES
from utils.text.html import el
from utils.text.locale import Message, Translator, lazy_gettext, translator

BUTTONS: Final[dict[Control, Message]] = {
    "previous": lazy_gettext("Previous"),
    "next": lazy_gettext("Next"),
    "pause": lazy_gettext("Pause"),
    "play": lazy_gettext("Go on"),
    "blank": lazy_gettext("Blank"),
    "unblank": lazy_gettext("Show again"),
    "dark": lazy_gettext("Dark hall"),
    "light": lazy_gettext("Bright hall"),
}
_WORDS: Final = {
    "done": lazy_gettext("Done"),
    "needs_network": lazy_gettext("This needs the network. Try again when it is back."),
}


async def show(request: Request) -> Response:
    """``GET remote``: the buttons and the notes; without a pass, the page that asks for the PIN."""
    lang = http.language(request)
    _ = translator(lang)
    try:
        who = await http.run(request, lambda: http.holder_of(request))
    except (NoSuchEvening, Busy) as refused:
        return http.refusal_page(request, _("Remote"), refused)
    if who is None:
        return RedirectResponse(f"enter?{http.language_query(lang)}", status_code=303)
    try:
        names = [line.name for line in load().scenes]
    except BadSettings:
        names = list(NAMES)
    return http.render_page(
        request,
        _("Remote"),
        el("header", el("strong", "Samaki · ", who.evening_id), http.language_links(request, lang)),
        el(
            "main",
            el("h1", _("Remote of the wall")),
            el(
                "div",
                *(
                    el("button", _.translate(text), type="button", data_command=name)
                    for name, text in BUTTONS.items()
                ),
                class_="remote",
            ),
            el("p", "", id="message", role="status"),
            el("h2", _("What to say")),
            *(
                el("section", el("h3", _.translate(NAMES[name])), el("p", _.translate(NOTES[name])))
                for name in names
            ),
        ),
        scripts=("remote.js",),
        sheet="enter.css",
        data_words=http.script_texts(_, _WORDS),
        data_evening=who.evening_id,
        data_query=http.language_query(lang),
    )


async def command(request: Request) -> Response:
    """``POST command``: give the wall a command, once for each key."""
    content = await http.read_json(request)

    def work(_: Translator) -> dict[str, Any]:
        who = require_pass(request)
        given = cast(Control, str(content.get("command", "")))
        return {"seq": remote.command(http.book(), who.evening_id, given, key=sent_key(content)).seq}

    return await http.respond(request, work)
