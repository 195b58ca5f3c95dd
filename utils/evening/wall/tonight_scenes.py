"""Tonight on the wall: the thermometer, the strip under every scene, and the thanks."""

from __future__ import annotations

from typing import Final

from utils.analysis import observations
from utils.evening import amounts
from utils.evening.prices import Price, count_affordable, sourced_prices
from utils.evening.tonight import Tonight
from utils.evening.wall import drawing as wall
from utils.evening.wall.scene import Dated, Scene, SceneContext
from utils.exports.image.svg import pattern, rect, stroke
from utils.text.html import Markup, el, join
from utils.text.locale import Translator, formats

_WIDTH: Final = 46 * wall.UNIT
_TUBE: Final = 12 * wall.UNIT
_TOP, _FOOT = 4 * wall.UNIT, 1 * wall.UNIT
_HATCH: Final = "M-2.5,2.5l5,-5M0,10l10,-10M7.5,12.5l5,-5"
_THANKED: Final = 10
_THANKED_ROOM: Final = 30
"""Hundredths of the screen's height that names may take; a line takes five, a row one more."""
_LINE_LETTERS: Final = 22
"""Letters of a name in one line of a column, on the narrowest wall (four to three)."""


def thermometer(context: SceneContext) -> Scene:
    """Goal, received and promised apart, what it opened at, milestones. Raises ``ValueError`` without."""
    _, now = context._, context.tonight
    if now is None:
        raise ValueError("no evening is named")
    currency = now.settings.currency
    goal = amounts.format_short_amount(now.settings.goal, currency, context.lang)
    rates = " · ".join(amounts.format_rate(_, used, currency) for used in now.rates[:2])
    return Scene(
        name="tonight",
        title=_("Tonight's goal: {goal}", goal=goal),
        body=el("div", _tube(context, now), _sums(context, now), class_="tonight"),
        dated=Dated(
            _(
                "Counted until {time}, by the evening's ledger",
                time=amounts.format_time(now.updated_at, context.lang),
            )
            if now.updated_at
            else _("Nothing is entered yet")
        ),
        source=rates or _("All amounts in {currency}", currency=currency),
        address=context.address("donations"),
        extra=_story(context, now),
    )


def _tube(context: SceneContext, now: Tonight) -> Markup:
    """Return the tube: opened at, received and promised stacked, the goal on top."""
    full = max(now.settings.goal, now.reached + now.promised_sum)
    base = wall.HEIGHT - _FOOT
    scale = (base - _TOP) / full
    shapes = [
        pattern("promised", _HATCH, 10, ground=wall.TUBE, stroke=wall.PROMISE, stroke_width=3.5),
        rect(0, _TOP, _TUBE, base - _TOP, fill=wall.TUBE),
    ]
    level = 0
    for amount, fill in (
        (now.settings.opened_at, wall.OPENED),
        (now.received_sum, wall.RECEIVED),
        (now.promised_sum, "url(#promised)"),
    ):
        shapes.append(rect(0, base - level * scale, _TUBE, -amount * scale, fill=fill))
        level += amount
    label = context._("Thermometer of tonight's goal")
    marks = _marks(context, now, base, scale)
    return wall.drawing(_WIDTH, *shapes, *marks, label=label, lang=context.lang)


def _marks(context: SceneContext, now: Tonight, base: float, scale: float) -> list[Markup]:
    """Return the milestones and the goal beside the tube, none over another."""
    goal, currency = now.settings.goal, now.settings.currency
    shapes: list[Markup] = []
    last = base + 30
    goal_y = base - goal * scale
    for amount in (*(step for step in now.settings.milestones if step < goal), goal):
        y = base - amount * scale
        is_goal = amount == goal
        shapes.append(stroke(0, y, _TUBE + 7.5, y, stroke=wall.INK, stroke_width=1.75))
        if last - y >= 25 and (is_goal or y - goal_y >= 25):
            reached = not is_goal and amount <= now.reached
            label = amounts.format_short_amount(amount, currency, context.lang) + (" ✓" if reached else "")
            fill = wall.INK if is_goal else wall.QUIET
            shapes.append(wall.text(label, _TUBE + 12.5, max(y + 7, _TOP), fill=fill, bold=is_goal))
            last = y
    return shapes


def _sums(context: SceneContext, now: Tonight) -> Markup:
    _, currency = context._, now.settings.currency
    rows = [
        (_("Received tonight"), now.received_sum, "received"),
        (_("Promised tonight, not yet received"), now.promised_sum, "promise"),
        (_("Stood before tonight"), now.settings.opened_at, "opened"),
    ]
    given = [amounts.format_parts(now.received, context.lang)] if len(now.received) > 1 else []
    unknown = amounts.format_parts(now.unconverted, context.lang)
    return el(
        "dl",
        *(
            el(
                "div",
                el("dt", el("span", class_=f"swatch {class_}"), name),
                el(
                    "dd",
                    amounts.format_short_amount(amount, currency, context.lang),
                    data_sum=class_,
                    data_minor=amount,
                ),
                class_=f"sum sum-{class_}",
            )
            for name, amount, class_ in rows
            if amount or class_ != "opened"
        ),
        *(el("p", _("Received as {amounts}", amounts=text), class_="say") for text in given),
        el("p", _("Not converted, no rate: {amounts}", amounts=unknown), class_="say") if unknown else None,
        el(
            "p",
            _.ngettext(
                "{count} large entry waits for a second person",
                "{count} large entries wait for a second person",
                now.totals.waiting,
            ),
            class_="say",
        )
        if now.totals.waiting
        else None,
    )


def _story(context: SceneContext, now: Tonight) -> str:
    """Return what tonight's money would pay, or that no price was found."""
    _ = context._
    prices = sourced_prices(context.release, context.prices)
    if not prices:
        return _("What one kit costs: no sourced price found.")
    price = prices[0]
    count = count_affordable(context.release, now, price)
    text = _(
        "One relief package: {price} ({publisher}, {day}).",
        price=amounts.format_short_amount(price.amount, price.currency, context.lang),
        publisher=price.source.publisher,
        day=_day(price, context.lang),
    )
    if count:
        text += " " + _.ngettext(
            "Received tonight would pay {count}.", "Received tonight would pay {count}.", count
        )
    return text


def _day(price: Price, lang: str) -> str:
    return formats.format_partial_date(price.printed_on, lang)


def render_strip(_: Translator, now: Tonight) -> Markup:
    """Return tonight's sums in one line, to stand under every scene."""
    currency = now.settings.currency
    return join(
        [
            _("Tonight"),
            " ",
            el("b", amounts.format_short_amount(now.received_sum, currency, _.lang), class_="received-text"),
            " ",
            _("received"),
            " · ",
            el("b", amounts.format_short_amount(now.promised_sum, currency, _.lang)),
            " ",
            _("promised"),
        ]
    )


def _that_fit(names: list[str]) -> list[str]:
    """Return the first names that fit into two columns of the scene; a long one takes several lines."""
    shown: list[str] = []
    taken = 0
    for start in range(0, min(len(names), _THANKED), 2):
        pair = names[start : start + 2]
        taken += 1 + 5 * max(-(-len(name) // _LINE_LETTERS) for name in pair)
        if taken > _THANKED_ROOM:
            break
        shown += pair
    return shown


def thanks(context: SceneContext) -> Scene:
    """Sources and thanks: organisations that agreed to be named, and how to check every figure."""
    _ = context._
    now = context.tonight
    named = (
        dict.fromkeys(line.organisation for line in now.lines if line.organisation and line.counts)
        if now
        else {}
    )
    sources = observations.load_sources(context.release)
    publishers = {source.publisher for source in sources.values()}
    shown = _that_fit(list(named))
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
            el("p", _.ngettext("and {count} more", "and {count} more", more), class_="say")
            if more > 0
            else None,
            None
            if shown
            else el(
                "p", _("Figures are the latest found, never “now”. Not found is not zero."), class_="say"
            ),
            class_="thanked" if shown else None,
        ),
        dated=Dated(_("Data release {release}.", release=context.release.release_id)),
        source=_("Compiled facts: CC BY 4.0. Each source keeps its rights in its text."),
        address=context.address("sources"),
    )
