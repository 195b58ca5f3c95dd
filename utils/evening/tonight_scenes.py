"""Tonight on the wall: the thermometer, the strip under every scene, and the thanks."""

from __future__ import annotations

from typing import Final

from utils.analysis import observations
from utils.evening import drawing, say
from utils.evening.drawing import Box
from utils.evening.prices import Price, enough_for, sourced_prices
from utils.evening.scene import Dated, Scene, Stage
from utils.evening.tonight import Tonight
from utils.text.html import Markup, el, join
from utils.text.locale import Translator, formats

_HEIGHT: Final = 46.0
_TUBE: Final = 12.0
_THANKED: Final = 10


def thermometer(stage: Stage) -> Scene:
    """Goal, received and promised apart, what it opened at, milestones. Raises ``ValueError`` without."""
    _, now = stage._, stage.tonight
    if now is None:
        raise ValueError("no evening is named")
    currency = now.settings.currency
    goal = say.whole(now.settings.goal, currency, stage.lang)
    rates = " · ".join(say.rate(_, one, currency) for one in now.rates[:2])
    return Scene(
        name="tonight",
        title=_("Tonight's goal: {goal}", goal=goal),
        body=el("div", _tube(stage, now), _sums(stage, now), class_="tonight"),
        dated=Dated(
            _(
                "Counted until {time}, by the evening's ledger",
                time=say.clock_time(now.updated_at, stage.lang),
            )
            if now.updated_at
            else _("Nothing is entered yet")
        ),
        source=rates or _("All amounts in {currency}", currency=currency),
        address=stage.address("donations"),
        extra=_story(stage, now),
    )


def _tube(stage: Stage, now: Tonight) -> Markup:
    """Return the tube: opened at, received and promised stacked, the goal on top."""
    box = Box(46.0, _HEIGHT)
    top, foot = 4.0, 1.0
    full = max(now.settings.goal, now.reached + now.promised_sum)
    scale = (box.height - top - foot) / full
    base = box.height - foot
    shapes = [
        drawing.hatch("promised"),
        drawing.rect(0, top, _TUBE, box.height - top - foot, "tube"),
    ]
    level = 0
    for amount, class_ in (
        (now.settings.opened_at, "opened"),
        (now.received_sum, "received"),
        (now.promised_sum, "promise"),
    ):
        height = amount * scale
        shapes.append(drawing.rect(0, base - level * scale - height, _TUBE, height, class_))
        level += amount
    marks = [(step, step <= now.reached) for step in now.settings.milestones]
    shapes += _marks(stage, now, marks, base, scale, top)
    return box.svg(*shapes, label=stage._("Thermometer of tonight's goal"))


def _marks(
    stage: Stage, now: Tonight, steps: list[tuple[int, bool]], base: float, scale: float, top: float
) -> list[Markup]:
    """Return the milestones and the goal beside the tube, none over another."""
    shapes: list[Markup] = []
    last = base + 6.0
    goal_y = base - now.settings.goal * scale
    for amount, reached in (*((a, r) for a, r in steps if a < now.settings.goal), (now.settings.goal, False)):
        y = base - amount * scale
        is_goal = amount == now.settings.goal
        shapes.append(drawing.line([(0, y), (_TUBE + 1.5, y)], "mark"))
        if last - y >= 5.0 and (is_goal or y - goal_y >= 5.0):
            label = say.whole(amount, now.settings.currency, stage.lang) + (" ✓" if reached else "")
            class_ = "strong" if is_goal else "quiet"
            shapes.append(drawing.text(label, _TUBE + 2.5, max(y + 1.4, top), class_=class_))
            last = y
    return shapes


def _sums(stage: Stage, now: Tonight) -> Markup:
    _, currency = stage._, now.settings.currency
    rows = [
        (_("Received tonight"), now.received_sum, "received"),
        (_("Promised tonight, not yet received"), now.promised_sum, "promise"),
        (_("Stood before tonight"), now.settings.opened_at, "opened"),
    ]
    given = [say.parts(now.received, stage.lang)] if len(now.received) > 1 else []
    unknown = say.parts(now.unconverted, stage.lang)
    return el(
        "dl",
        *(
            el(
                "div",
                el("dt", el("span", class_=f"swatch {class_}"), name),
                el("dd", say.whole(amount, currency, stage.lang), data_sum=class_, data_minor=amount),
                class_=f"sum sum-{class_}",
            )
            for name, amount, class_ in rows
            if amount or class_ != "opened"
        ),
        *(el("p", _("Received as {amounts}", amounts=text), class_="say") for text in given),
        el("p", _("Not converted, no rate: {amounts}", amounts=unknown), class_="say") if unknown else None,
        el(
            "p",
            _.n(
                "{count} large entry waits for a second person",
                "{count} large entries wait for a second person",
                now.totals.waiting,
            ),
            class_="say",
        )
        if now.totals.waiting
        else None,
    )


def _story(stage: Stage, now: Tonight) -> str:
    """Return what tonight's money would pay, or that no price was found."""
    _ = stage._
    prices = sourced_prices(stage.release, stage.prices)
    if not prices:
        return _("What one kit costs: no sourced price found.")
    price = prices[0]
    count = enough_for(stage.release, now, price)
    text = _(
        "One relief package: {price} ({publisher}, {day}).",
        price=say.whole(price.amount, price.currency, stage.lang),
        publisher=price.source.publisher,
        day=_day(price, stage.lang),
    )
    if count:
        text += " " + _.n("Received tonight would pay {count}.", "Received tonight would pay {count}.", count)
    return text


def _day(price: Price, lang: str) -> str:
    return formats.partial_date(price.printed_on, lang)


def strip(_: Translator, now: Tonight) -> Markup:
    """Return tonight's sums in one line, to stand under every scene."""
    currency = now.settings.currency
    return join(
        [
            _("Tonight"),
            " ",
            el("b", say.whole(now.received_sum, currency, _.lang), class_="received-text"),
            " ",
            _("received"),
            " · ",
            el("b", say.whole(now.promised_sum, currency, _.lang)),
            " ",
            _("promised"),
        ]
    )


def thanks(stage: Stage) -> Scene:
    """Sources and thanks: organisations that agreed to be named, and how to check every figure."""
    _ = stage._
    now = stage.tonight
    named = (
        dict.fromkeys(line.organisation for line in now.lines if line.organisation and line.counts)
        if now
        else {}
    )
    sources = observations.sources(stage.release)
    publishers = {source.publisher for source in sources.values()}
    shown = list(named)[:_THANKED]
    more = len(named) - len(shown)
    return Scene(
        name="thanks",
        title=_("Thank you. Every figure on this wall has its source"),
        body=el(
            "div",
            el(
                "p",
                _(
                    "{sources} sources of {publishers} publishers, each with its date. "
                    "Scan the code to read and to check them.",
                    sources=len(sources),
                    publishers=len(publishers),
                ),
                class_="say",
            ),
            el("ul", *(el("li", name) for name in shown), class_="names") if shown else None,
            el("p", _.n("and {count} more", "and {count} more", more), class_="say") if more > 0 else None,
            el("p", _("Figures are the latest found, never “now”. Not found is not zero."), class_="say"),
        ),
        dated=Dated(_("Data release {release}.", release=stage.release.release_id)),
        source=_("Compiled facts: CC BY 4.0. Each source keeps its rights in its text."),
        address=stage.address("sources"),
    )
