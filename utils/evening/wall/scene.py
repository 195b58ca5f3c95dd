"""A scene of the wall: what it shows, and the frame with date, source and code that none goes without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Final, Literal
from urllib.parse import urlencode

import segno

from utils.analysis.freshness import stale_from
from utils.analysis.model import Age, Freshness, Observation
from utils.components import words
from utils.evening.tonight import Tonight
from utils.exports.image.foot import list_names
from utils.releases import Release
from utils.text.html import Markup, el, join
from utils.text.html import drawn as as_drawn
from utils.text.locale import Message, Translator, translator
from utils.text.locale.digits import parameters

Shape = Literal["wide", "classic"]
WIDTHS: Final[dict[Shape, int]] = {"wide": 160, "classic": 120}
"""Width of the safe area in hundredths of the screen's height: 16:9 and 4:3, less 5 % on each side."""
_PUBLISHERS: Final = 3
_OLD: Final = frozenset({Age.OVERDUE, Age.DELINQUENT})


@dataclass(frozen=True, slots=True)
class SceneContext:
    """What every scene is made from. ``base`` is the address of the public view, without a slash."""

    release: Release
    today: date
    lang: str
    shape: Shape
    base: str
    prices: tuple[str, ...] = ()
    tonight: Tonight | None = None

    @property
    def _(self) -> Translator:
        """Return the translator of the scene's language."""
        return translator(self.lang)

    def address(self, page: str, **more: str) -> str:
        """Return the address of a page of the public view, in the scene's language."""
        return f"{page}?{urlencode({**parameters(self.lang), **more})}"

    @property
    def width(self) -> int:
        """Return the width of the safe area in hundredths of the screen's height."""
        return WIDTHS[self.shape]


@dataclass(frozen=True, slots=True)
class Dated:
    """The date line of a scene; ``amber_from`` is the day from which the figure counts as old."""

    text: str
    amber: bool = False
    amber_from: date | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene, ready to be framed. ``address`` opens the same figure on the public view."""

    name: str
    title: str
    body: Markup
    dated: Dated
    source: str
    address: str
    extra: str = ""


def date_line(_: Translator, observation: Observation, freshness: Freshness, frequency: str = "") -> Dated:
    """Return the date of a figure, with its age where it is past its limit."""
    text = _("Date: {day}", day=words.as_of(_, observation))
    amber = freshness.age in _OLD
    if amber:
        text = f"{text} · {words.age(_, freshness)}"
    limit = stale_from(observation.as_of, frequency) if observation.as_of and frequency else None
    return Dated(text, amber, limit)


def source_line(_: Translator, release: Release, rows: Iterable[Observation]) -> str:
    """Return who counted and who printed it, in one line."""
    shown = list(rows)
    counters = sorted({words.counter_short(_, release, row) for row in shown if row.counted_by})
    publishers = sorted({source.publisher for row in shown for source in row.sources})
    counted = [_("Counted by: {names}", names=", ".join(counters[:_PUBLISHERS]))] if counters else []
    named = publishers_line(_, publishers) if publishers else _("our own count from the record")
    return " · ".join((*counted, named))


def publishers_line(_: Translator, publishers: Sequence[str]) -> str:
    """Return the line of sources of a scene."""
    return _("Sources: {names}", names=list_names(_, publishers, _PUBLISHERS))


def render_scene(context: SceneContext, scene: Scene) -> Markup:
    """Return the scene as HTML: title, body, date, source and the code to scan."""
    _ = context._
    when = scene.dated
    return el(
        "article",
        el("h1", scene.title),
        el("div", scene.body, class_="body"),
        el(
            "footer",
            el(
                "div",
                el(
                    "p",
                    when.text,
                    class_="asof amber" if when.amber else "asof",
                    data_amber_from=when.amber_from.isoformat() if when.amber_from else None,
                ),
                el("p", _begun(scene.source), class_="source"),
                el("p", _begun(scene.extra), class_="source") if scene.extra else None,
                class_="facts",
            ),
            el(
                "figure",
                qr_code(f"{context.base}/{scene.address}"),
                class_="code",
                aria_label=_("Code that opens this figure on a phone"),
                data_address=f"{context.base}/{scene.address}",
            ),
        ),
        class_=f"scene scene-{scene.name}",
        lang=context.lang,
        data_scene=scene.name,
    )


def _begun(text: str) -> str:
    """Return a line that begins with a capital letter: its text may be part of a sentence elsewhere."""
    return text[:1].upper() + text[1:]


def qr_code(address: str) -> Markup:
    """Return an address as a QR code (SVG), black on white in every theme, with its quiet zone."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4, light="#ffffff", dark="#000000"
    )
    return as_drawn(out.getvalue().decode())


def paragraphs(items: Sequence[Markup | str | None], class_: str) -> Markup:
    """Return paragraphs of one class."""
    return join([el("p", item, class_=class_) for item in items if item])


def keep_together(amount: str) -> str:
    """Return an amount in words that no title breaks in two."""
    return amount.replace(" ", "\u00a0")


def translated(_: Translator, message: Message | str) -> str:
    """Return a text that may wait for its language."""
    return message if isinstance(message, str) else _.translate(message)
