"""The wall: one page that needs no session, asks once a second what is new, and never goes blank."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from utils.evening import codes, http
from utils.evening.ledger import remote
from utils.evening.ledger.errors import Busy, NoSuchEvening
from utils.evening.settings import BadSettings
from utils.evening.tonight import Tonight, load_tonight
from utils.evening.wall import record_scenes, world_scenes
from utils.evening.wall.playlist import Playlist, Turn, apply_query, load
from utils.evening.wall.scene import WIDTHS, Scene, SceneContext, Shape, render_scene
from utils.evening.wall.tonight_scenes import render_strip, thanks, thermometer
from utils.releases import Release, StoreError
from utils.settings import clock
from utils.text.html import Markup, el
from utils.text.locale import LANGUAGES, Translator, formats, lazy_gettext, translator

MAKERS: Final[dict[str, Callable[[SceneContext], Scene]]] = {
    "sentence": record_scenes.sentence,
    "curve": record_scenes.curve,
    "map": record_scenes.province_map,
    "shelters": record_scenes.sheltering,
    "donations": record_scenes.documented,
    "tonight": thermometer,
    "places": record_scenes.gift_to_place,
    "world": world_scenes.around_the_world,
    "give": world_scenes.how_to_give,
    "thanks": thanks,
    "casualties": record_scenes.casualties,
}
_OF_TONIGHT: Final = frozenset({"tonight", "thanks"})
_OFFLINE: Final = lazy_gettext("Offline since {time}; the last figures stay")
_PAUSED: Final = lazy_gettext("Paused")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Cached:
    """The evening as it was read last, and the ledger's version at that time."""

    version: tuple[object, ...]
    now: Tonight


_cache: dict[str, _Cached] = {}


def current_tonight(release: Release, evening: str) -> Tonight | None:
    """Return the evening, read anew only when the ledger changed. ``None`` where none is named.

    Raises :class:`utils.evening.ledger.errors.NoSuchEvening` and :class:`utils.evening.ledger.errors.Busy`.
    """
    if not evening:
        return None
    version = (release, *http.book().version(evening))
    cached = _cache.get(evening)
    if cached is None or cached.version != version:
        cached = _cache[evening] = _Cached(version, load_tonight(release, http.book(), evening))
    return cached.now


async def show(request: Request) -> Response:
    """``GET /wall``: the page. Problems of the scene list are shown instead, all at once."""
    _ = translator(http.language(request))
    try:
        playlist = apply_query(load(), request.query_params)
        codes.load()
        first = await http.run(request, lambda: _first(request, playlist))
    except BadSettings as bad:
        return _trouble(
            request, el("p", bad.where), el("ul", *(el("li", problem) for problem in bad.problems))
        )
    except (NoSuchEvening, Busy) as refused:
        status = 503 if isinstance(refused, Busy) else 400
        return _trouble(request, el("p", _.translate(refused.message)), status=status)
    except StoreError as missing:
        log.warning("the wall lacks data: %s", missing)
        return _trouble(request, el("p", _.translate(http.NO_DATA)), status=503)
    return _page(request, playlist, first)


def _first(request: Request, playlist: Playlist) -> Markup | None:
    evening = request.query_params.get("evening", "")
    turns = playlist.turns(evening=bool(evening))
    now = current_tonight(http.release(), evening)
    try:
        return render_turn(request, playlist, turns[0], "wide", now) if turns else None
    except StoreError as missing:
        log.warning("scene %r: %s", turns[0].name, missing)
        return None


def _trouble(request: Request, *what: Markup, status: int = 400) -> HTMLResponse:
    _ = translator(http.language(request))
    title = _("The wall cannot be shown like this")
    main = el("main", el("h1", title), *what, class_="trouble")
    return http.render_page(request, title, main, scripts=(), sheet="wall.css", status=status, class_="plain")


def _page(request: Request, playlist: Playlist, first: Markup | None) -> HTMLResponse:
    _ = translator(http.language(request))
    words = {
        lang: {
            "digits": formats.list_digits(code),
            "offline": translator(code).translate(_OFFLINE),
            "paused": translator(code).translate(_PAUSED),
        }
        for lang, code in _language_codes(request).items()
    }
    return http.render_page(
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
    return {lang: http.language_with_digits(request, lang) for lang in LANGUAGES}


async def state(request: Request) -> Response:
    """``GET /wall/state``: the turns with their versions, tonight's line, the remote's commands.

    A scene list that cannot be read leaves the wall the one it has.
    """

    def work(_: Translator) -> dict[str, Any]:
        release, query = http.release(), request.query_params
        evening = query.get("evening", "")
        now = current_tonight(release, evening)
        try:
            playlist = apply_query(load(), query)
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
            "strip": {
                lang: render_strip(translator(code), now) for lang, code in _language_codes(request).items()
            }
            if now
            else {},
            "control": _control(evening, query.get("after", "")),
        }

    return await http.respond(request, work)


def _version(request: Request, playlist: Playlist, turn: Turn, release: Release) -> str:
    parts: list[object] = [release.release_id, clock.today(), http.public_address(request), playlist.prices]
    evening = request.query_params.get("evening", "")
    if turn.name in _OF_TONIGHT and evening:
        parts.append(_cache[evening].version[1:])
    if turn.name == "give":
        parts.append(codes.load_or_none())
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _control(evening: str, after: str) -> dict[str, Any]:
    """Return the remote's commands after ``after``; at first those that still hold."""
    if not evening:
        return {"seq": 0, "commands": []}
    if after.isascii() and after.isdigit() and len(after) < 15:
        given = remote.commands(http.book(), evening, after=int(after))
        return {"seq": given[-1].seq if given else int(after), "commands": [line.command for line in given]}
    seq, standing = remote.standing(http.book(), evening)
    return {"seq": seq, "commands": list(standing)}


async def scene(request: Request) -> Response:
    """``GET /wall/scene/{name}``: one scene as HTML, in the language and shape asked for."""
    name, query = str(request.path_params["name"]), request.query_params
    if name not in MAKERS or query.get("shape", "wide") not in WIDTHS:
        return Response(status_code=404)
    lang = http.language(request)

    def work() -> Markup:
        playlist = apply_query(load(), query)
        if name == "casualties" and not playlist.casualties:
            raise BadSettings(where=name, problems=["not switched on"])
        now = current_tonight(http.release(), query.get("evening", ""))
        shape = cast(Shape, query.get("shape", "wide"))
        return render_turn(request, playlist, Turn(name, 0, lang), shape, now)

    try:
        return HTMLResponse(await http.run(request, work), headers={"Cache-Control": "no-store"})
    except (BadSettings, NoSuchEvening, ValueError):
        return Response(status_code=404)
    except (StoreError, Busy) as missing:
        log.warning("scene %r: %s", name, missing)
        return Response(status_code=503)


def render_turn(
    request: Request, playlist: Playlist, turn: Turn, shape: Shape, now: Tonight | None
) -> Markup:
    """Return one turn's scene in its frame."""
    context = SceneContext(
        release=http.release(),
        today=clock.today(),
        lang=http.language_with_digits(request, turn.lang),
        shape=shape,
        base=http.public_address(request),
        prices=playlist.prices,
        tonight=now,
    )
    return render_scene(context, MAKERS[turn.name](context))
