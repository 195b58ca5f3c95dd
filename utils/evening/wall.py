"""The wall: one page that needs no session, asks once a second what is new, and never goes blank."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from utils.evening import codes, scenes, site, wide_scenes
from utils.evening.playlist import Playlist, Turn, asked, load
from utils.evening.scene import WIDTHS, Scene, Shape, Stage, framed
from utils.evening.settings import BadSettings
from utils.evening.tonight import Tonight, tonight
from utils.evening.tonight_scenes import strip, thanks, thermometer
from utils.ledger import remote
from utils.ledger.refusals import Busy, NoSuchEvening
from utils.releases import Release, StoreError
from utils.settings import clock
from utils.text.html import Markup, el
from utils.text.locale import LANGUAGES, M_, Translator, formats, translator

MAKERS: Final[dict[str, Callable[[Stage], Scene]]] = {
    "sentence": scenes.sentence,
    "curve": scenes.curve,
    "map": scenes.province_map,
    "shelters": scenes.sheltering,
    "donations": scenes.documented,
    "tonight": thermometer,
    "places": scenes.gift_to_place,
    "world": wide_scenes.around_the_world,
    "give": wide_scenes.how_to_give,
    "thanks": thanks,
    "casualties": scenes.casualties,
}
_OF_TONIGHT: Final = frozenset({"tonight", "thanks"})
_OFFLINE: Final = M_("Offline since {time}; the last figures stay")
_PAUSED: Final = M_("Paused")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Known:
    """The evening as it was read last, with the numbers that tell whether it changed since."""

    version: tuple[object, ...]
    now: Tonight


_known: dict[str, _Known] = {}


def tonight_now(release: Release, evening: str) -> Tonight | None:
    """Return the evening, read anew only when the ledger changed. ``None`` where none is named.

    Raises :class:`utils.ledger.refusals.NoSuchEvening` and :class:`utils.ledger.refusals.Busy`.
    """
    if not evening:
        return None
    version = (release, *site.book().version(evening))
    known = _known.get(evening)
    if known is None or known.version != version:
        known = _known[evening] = _Known(version, tonight(release, site.book(), evening))
    return known.now


async def show(request: Request) -> Response:
    """``GET /wall``: the page. Problems of the scene list are shown instead, all at once."""
    _ = translator(site.language(request))
    try:
        playlist = asked(load(), request.query_params)
        codes.load()
        first = await run_in_threadpool(_first, request, playlist)
    except BadSettings as bad:
        return _trouble(request, el("p", bad.where), el("ul", *(el("li", one) for one in bad.problems)))
    except (NoSuchEvening, Busy) as refused:
        return _trouble(request, el("p", _.msg(refused.message)))
    return _page(request, playlist, first)


def _first(request: Request, playlist: Playlist) -> Markup | None:
    evening = request.query_params.get("evening", "")
    turns = playlist.turns(evening=bool(evening))
    now = tonight_now(site.release(), evening)
    try:
        return framed_turn(request, playlist, turns[0], "wide", now) if turns else None
    except StoreError as missing:
        log.warning("scene %r: %s", turns[0].name, missing)
        return None


def _trouble(request: Request, *what: Markup) -> HTMLResponse:
    _ = translator(site.language(request))
    title = _("The wall cannot be shown like this")
    main = el("main", el("h1", title), *what, class_="trouble")
    return site.page(request, title, main, scripts=(), sheet="wall.css", status=400, class_="plain")


def _page(request: Request, playlist: Playlist, first: Markup | None) -> HTMLResponse:
    _ = translator(site.language(request))
    words = {
        lang: {
            "digits": formats.digits(code),
            "offline": translator(code).msg(_OFFLINE),
            "paused": translator(code).msg(_PAUSED),
        }
        for lang, code in _language_codes(request).items()
    }
    return site.page(
        request,
        _("The wall"),
        el(
            "main",
            el("div", first, class_="layer shown"),
            el("div", class_="layer"),
            el("div", el("p", "", id="strip"), el("p", "", id="note", role="status"), class_="strip"),
            id="stage",
        ),
        scripts=("wall.js",),
        sheet="wall.css",
        data_query=str(request.query_params),
        data_theme=playlist.theme,
        data_words=orjson.dumps(words).decode(),
        class_="wall",
    )


def _language_codes(request: Request) -> dict[str, str]:
    """Return the code of each language, with the digits that the wall's address asks for."""
    return {lang: site.with_wish(request, lang) for lang in LANGUAGES}


async def state(request: Request) -> Response:
    """``GET /wall/state``: the turns with their versions, tonight's line, what the remote said.

    A scene list that cannot be read leaves the wall the one it has.
    """

    def work(_: Translator) -> dict[str, Any]:
        release, query = site.release(), request.query_params
        evening = query.get("evening", "")
        now = tonight_now(release, evening)
        try:
            playlist = asked(load(), query)
        except BadSettings as bad:
            log.warning("%s", bad)
            turns = None
        else:
            turns = [
                {
                    "name": turn.name,
                    "lang": turn.lang,
                    "seconds": turn.seconds,
                    "version": _version(request, playlist, turn, release),
                }
                for turn in playlist.turns(evening=now is not None)
            ]
        return {
            "turns": turns,
            "strip": {lang: strip(translator(code), now) for lang, code in _language_codes(request).items()}
            if now
            else {},
            "control": _control(evening, query.get("after", "")),
        }

    return await site.tell(request, work)


def _version(request: Request, playlist: Playlist, turn: Turn, release: Release) -> str:
    parts: list[object] = [release.release_id, clock.today(), site.base(request), playlist.prices]
    evening = request.query_params.get("evening", "")
    if turn.name in _OF_TONIGHT and evening:
        parts.append(_known[evening].version[1:])
    if turn.name == "give":
        parts.append(codes.readable())
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _control(evening: str, after: str) -> dict[str, Any]:
    """Return the remote's commands after ``after``; at first those that still hold."""
    if not evening:
        return {"seq": 0, "commands": []}
    if after.isascii() and after.isdigit() and len(after) < 15:
        given = remote.commands(site.book(), evening, after=int(after))
        return {"seq": given[-1].seq if given else int(after), "commands": [one.command for one in given]}
    seq, standing = remote.standing(site.book(), evening)
    return {"seq": seq, "commands": list(standing)}


async def scene(request: Request) -> Response:
    """``GET /wall/scene/{name}``: one scene as HTML, in the language and shape asked for."""
    name, query = str(request.path_params["name"]), request.query_params
    if name not in MAKERS or query.get("shape", "wide") not in WIDTHS:
        return Response(status_code=404)
    lang = site.language(request)

    def work() -> Markup:
        playlist = asked(load(), query)
        if name == "casualties" and not playlist.casualties:
            raise BadSettings(where=name, problems=["not switched on"])
        now = tonight_now(site.release(), query.get("evening", ""))
        shape = cast(Shape, query.get("shape", "wide"))
        return framed_turn(request, playlist, Turn(name, 0, lang), shape, now)

    try:
        return HTMLResponse(await run_in_threadpool(work), headers={"Cache-Control": "no-store"})
    except (BadSettings, NoSuchEvening, ValueError):
        return Response(status_code=404)
    except (StoreError, Busy) as missing:
        log.warning("scene %r: %s", name, missing)
        return Response(status_code=503)


def framed_turn(
    request: Request, playlist: Playlist, turn: Turn, shape: Shape, now: Tonight | None
) -> Markup:
    """Return one turn's scene in its frame."""
    stage = Stage(
        release=site.release(),
        today=clock.today(),
        lang=site.with_wish(request, turn.lang),
        shape=shape,
        base=site.base(request),
        prices=playlist.prices,
        tonight=now,
    )
    return framed(stage, MAKERS[turn.name](stage))
