"""Which scenes the wall shows, in which order, for how long, in which language.

Read from one TOML file; the wall's address may say otherwise. All problems are reported together.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, cast, get_args

from utils.evening import settings
from utils.evening.settings import BadSettings
from utils.text.locale import LANGUAGES

Hall = Literal["dark", "light"]
THEMES: Final[tuple[Hall, ...]] = get_args(Hall)
SCENES: Final = (
    "sentence",
    "curve",
    "map",
    "shelters",
    "donations",
    "tonight",
    "places",
    "world",
    "give",
    "thanks",
    "casualties",
)
SECONDS: Final = (5, 600)
FILE: Final = Path(__file__).parents[3] / "data" / "evening" / "scenes.toml"
_KEYS: Final = ("seconds", "languages", "theme", "casualties", "prices", "scene")
_SCENE_KEYS: Final = ("name", "seconds", "lang")


@dataclass(frozen=True, slots=True)
class Turn:
    """One scene in one language for some seconds."""

    name: str
    seconds: int
    lang: str


@dataclass(frozen=True, slots=True)
class SceneLine:
    """A scene of the list; ``lang`` is empty where it takes the language of the round."""

    name: str
    seconds: int
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Playlist:
    """The list of scenes and how it is shown."""

    scenes: tuple[SceneLine, ...]
    languages: tuple[str, ...]
    theme: Hall
    seconds: int
    casualties: bool
    prices: tuple[str, ...]

    def turns(self, *, evening: bool) -> tuple[Turn, ...]:
        """Return one round in each language; without an evening, tonight's scene is left out."""
        return tuple(
            Turn(scene.name, scene.seconds, scene.lang or lang)
            for lang in self.languages
            for scene in self.scenes
            if evening or scene.name != "tonight"
        )


def path() -> Path:
    """Return the file of scenes: ``SAMAKI_SCENES``, else the one of the product."""
    return Path(os.environ.get("SAMAKI_SCENES") or FILE)


def read(text: str, *, where: str = "scenes.toml") -> Playlist:
    """Read a file of scenes. Raises :class:`BadSettings` with every problem."""
    content = settings.parse_toml(text, where=where)
    problems = settings.unknown_keys(content, _KEYS)
    seconds = _seconds(content.get("seconds", 20), "seconds", problems)
    languages = _languages(content.get("languages", list(LANGUAGES)), problems)
    theme = content.get("theme", "dark")
    if theme not in THEMES:
        problems.append(f"theme {theme!r}: one of {', '.join(THEMES)}")
    casualties = content.get("casualties", False)
    if not isinstance(casualties, bool):
        problems.append("casualties: true or false")
    prices = content.get("prices", [])
    if not (isinstance(prices, list) and all(isinstance(row, str) for row in prices)):
        problems.append("prices: a list of row ids")
    rows = settings.read_tables(content, "scene", problems)
    if content.get("scene", []) == []:
        problems.append("no [[scene]] is named")
    scenes = [_scene(row, number, seconds, problems) for number, row in enumerate(rows, 1)]
    _casualties(scenes, casualties is True, problems)
    if problems:
        raise BadSettings(where=where, problems=problems)
    return Playlist(tuple(scenes), languages, cast(Hall, theme), seconds, bool(casualties), tuple(prices))


def load() -> Playlist:
    """Read the file of scenes. Raises :class:`BadSettings`."""
    return read(settings.read_text(path()), where=path().name)


def apply_query(playlist: Playlist, query: Mapping[str, str]) -> Playlist:
    """Return the playlist as the wall's address asks: ``scenes``, ``lang``, ``seconds``, ``theme``.

    ``scenes=sentence:20,curve:15:fr,map``: name, seconds, language. Raises :class:`BadSettings`.
    """
    problems: list[str] = []
    found = playlist
    if wish := query.get("seconds"):
        found = replace(found, seconds=_seconds(_number(wish), "seconds", problems))
        found = replace(found, scenes=tuple(replace(line, seconds=found.seconds) for line in found.scenes))
    if wish := query.get("lang"):
        found = replace(found, languages=_languages(wish.split(","), problems))
    if wish := query.get("theme"):
        if wish not in THEMES:
            problems.append(f"theme {wish!r}: one of {', '.join(THEMES)}")
        else:
            found = replace(found, theme=wish)
    if wish := query.get("scenes"):
        scenes = []
        for number, written in enumerate(wish.split(",")[:40], 1):
            name, _colon, rest = written.partition(":")
            seconds, _colon, lang = rest.partition(":")
            row: dict[str, Any] = {"name": name}
            if seconds:
                row["seconds"] = _number(seconds)
            if lang:
                row["lang"] = lang
            scenes.append(_scene(row, number, found.seconds, problems))
        found = replace(found, scenes=tuple(scenes))
    _casualties(found.scenes, playlist.casualties, problems)
    if problems:
        raise BadSettings(where="address", problems=problems)
    return found


def _number(written: str) -> object:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else written


def _seconds(value: object, where: str, problems: list[str]) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and SECONDS[0] <= value <= SECONDS[1]:
        return value
    problems.append(f"{where} {value!r}: a whole number from {SECONDS[0]} to {SECONDS[1]}")
    return SECONDS[0]


def _languages(value: object, problems: list[str]) -> tuple[str, ...]:
    if (
        isinstance(value, list)
        and value
        and all(isinstance(lang, str) and lang in LANGUAGES for lang in value)
    ):
        return tuple(dict.fromkeys(value))
    problems.append(f"languages {value!r}: some of {', '.join(LANGUAGES)}")
    return ("en",)


def _scene(row: Mapping[str, object], number: int, seconds: int, problems: list[str]) -> SceneLine:
    name, lang = row.get("name"), row.get("lang", "")
    problems += settings.unknown_keys(row, _SCENE_KEYS, f"scene {number}: ")
    if name not in SCENES:
        problems.append(f"scene {number}: {name!r} is none of {', '.join(SCENES)}")
    if lang and lang not in tuple(LANGUAGES):
        problems.append(f"scene {number}: language {lang!r} is none of {', '.join(LANGUAGES)}")
    lasts = _seconds(row["seconds"], f"scene {number}: seconds", problems) if "seconds" in row else seconds
    return SceneLine(str(name), lasts, str(lang))


def _casualties(scenes: Sequence[SceneLine], allowed: bool, problems: list[str]) -> None:
    if not allowed and any(scene.name == "casualties" for scene in scenes):
        problems.append("the scene 'casualties' is shown only where the file says casualties = true")
