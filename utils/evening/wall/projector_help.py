"""What the page about the wall says: where to open it, its scenes, its keys."""

from __future__ import annotations

from utils.components.tables import table
from utils.evening.settings import BadSettings
from utils.evening.wall.playlist import load
from utils.evening.wall.scene_names import NAMES, NOTES
from utils.text.html import Markup, el, join, link
from utils.text.locale import LANGUAGES, Translator, formats


def links(_: Translator) -> Markup:
    """Return links to the wall for a dark hall and for a bright one."""
    return el(
        "ul",
        el("li", link(_("The wall, dark hall"), "/wall?theme=dark", target="_blank")),
        el("li", link(_("The wall, bright hall"), "/wall?theme=light", target="_blank")),
        el(
            "li",
            _("With tonight's gifts: add the name of the evening, for example"),
            " ",
            el("code", "/wall?evening=gala"),
        ),
        class_="sk-list",
        lang=_.lang,
    )


def scene_list(_: Translator) -> Markup:
    """Return the scenes in order; every problem of their file where it cannot be read."""
    try:
        playlist = load()
    except BadSettings as bad:
        return el("ul", *(el("li", problem, lang="en") for problem in bad.problems))
    rows = [
        (
            _.translate(NAMES[scene.name]),
            formats.format_number(scene.seconds, _.lang),
            LANGUAGES[scene.lang]
            if scene.lang
            else ", ".join(LANGUAGES[code] for code in playlist.languages),
            _.translate(NOTES[scene.name]),
        )
        for scene in playlist.scenes
    ]
    columns = (_("Scene"), _("Seconds"), _("Language"), _("What to say"))
    return table(columns, rows, caption=_("Scenes"), numeric=(1,), lang=_.lang)


def keys(_: Translator) -> Markup:
    """Return the keys of the wall and what its address may say."""
    pairs = (
        (_("Space"), _("pause, go on")),
        ("→ ←", _("next, previous scene")),
        ("b", _("blank, show again")),
        ("scenes=sentence:20,map:30:fr", _("scenes, their seconds, their language")),
        ("lang=km,fr", _("languages of the rounds")),
        ("theme=light", _("for a washed-out projector")),
    )
    return el(
        "dl",
        join([join([el("dt", el("code", key)), el("dd", text)]) for key, text in pairs]),
        class_="sk-facts",
        lang=_.lang,
    )
