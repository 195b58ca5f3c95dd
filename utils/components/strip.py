"""The strip of key figures at the head of a page: label, number, day and age, nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from utils.analysis.figures import find_figure, identify_figure
from utils.analysis.model import Age, Finding, Observation
from utils.components import addresses
from utils.draw_context import DrawContext
from utils.releases import TableUnavailable
from utils.text import wording
from utils.text.html import Markup, el, join, link
from utils.text.locale import Message, Translator

_NUMBER: Final = re.compile(r"\d[\d\s.,\u00a0\u202f]*\d|\d|[០-៩][០-៩\s.,\u00a0\u202f]*[០-៩]|[០-៩]")
_OLD: Final = frozenset({Age.OVERDUE, Age.DELINQUENT, Age.UNDATED})


def strip(
    context: DrawContext, figures: Mapping[Message, Callable[[], Finding]], *, label: str
) -> tuple[Markup, list[tuple[Message, TableUnavailable]]]:
    """Return the figures as one card of columns, and those that could not be made with the reason.

    A missing table takes down its figure only: its column says that it is not available.
    """
    missing: list[tuple[Message, TableUnavailable]] = []
    cells = []
    for name, make in figures.items():
        try:
            cells.append(_figure(context, name, make()))
        except TableUnavailable as reason:
            missing.append((name, reason))
            cells.append(_cell(context._.translate(name), el("span", context._("not available")), None))
    drawn = el(
        "div",
        *cells,
        class_="sk-strip",
        role="list",
        aria_label=label,
        lang=context.lang,
        style=f"--n:{len(cells)}",
    )
    return drawn, missing


def _figure(context: DrawContext, name: Message, finding: Finding) -> Markup:
    _ = context._
    row = finding.observation
    if row is None or row.value is None:
        reasons = {"not_published": _("not published"), "withheld": _("withheld")}
        return _cell(_.translate(name), el("span", reasons.get(finding.absence, _("not found"))), None)
    identity = identify_figure(finding)
    known = find_figure(context.release, identity, context.today) is not None
    number = link(
        _number(_, row),
        addresses.figure_address(_.lang, identity) if known else None,
        title=_.translate(finding.label),
    )
    return _cell(_.translate(name), number, _day(_, finding, row), key=finding.key)


def _cell(name: str, number: Markup, day: Markup | None, *, key: str | None = None) -> Markup:
    return el(
        "div",
        el("p", name, class_="sk-strip-label"),
        el("p", number, class_="sk-strip-number" if key else "sk-strip-number sk-strip-absent"),
        day,
        role="listitem",
        data_strip=key,
    )


def _number(_: Translator, row: Observation) -> Markup:
    """Return a figure with its digits large and its unit small, on one line."""
    written = wording.format_value(_, row)
    found = _NUMBER.search(written)
    before, digits, after = (
        (written[: found.start()], found.group(), written[found.end() :]) if found else ("", written, "")
    )
    plus = "+" if row.qualifier == "at_least" else ""
    return join(
        [
            el("small", before.strip(), " ") if before.strip() else None,
            el("b", digits + plus),
            el("small", " ", after.strip()) if after.strip() else None,
        ]
    )


def _day(_: Translator, finding: Finding, row: Observation) -> Markup:
    age = finding.freshness
    words = {"about": _("about"), "at_most": _("at most")}.get(row.qualifier)
    day = wording.format_as_of(_, row)
    if words and not day.startswith(words):
        day = f"{words} · {day}"
    if age.age not in _OLD or age.days is None:
        return el("p", day, class_="sk-strip-day")
    days = _.ngettext("{count} day old", "{count} days old", age.days)
    return el(
        "p",
        day,
        el("span", " · ", class_="sk-strip-dot"),
        el("span", days, class_="sk-strip-age"),
        class_="sk-strip-day",
    )
