"""Lists of things said: the state of the crisis, events."""

from __future__ import annotations

from collections.abc import Iterable

from utils.analysis import observations, overview
from utils.analysis.crisis_phases import DatedEvent
from utils.components import words
from utils.draw_context import DrawContext
from utils.text.html import Markup, el
from utils.text.locale import formats


def state_line(context: DrawContext) -> Markup:
    """Return the state of the crisis as one line of sentences."""
    _ = context._
    text = " ".join(
        _.translate(sentence) for sentence in overview.summarise_crisis(context.release, context.today)
    )
    return el("p", text, class_="sk-state", lang=context.lang, data_figure="state")


def last_events(context: DrawContext) -> Markup:
    """Return the newest events of the record."""
    return event_list(context, overview.list_last_events(context.release))


def event_list(context: DrawContext, shown: Iterable[DatedEvent]) -> Markup:
    """Return events, each with its day, place and source; titles keep their language."""
    return el("ul", *(_event(context, event) for event in shown), class_="sk-list", lang=context.lang)


def _event(context: DrawContext, event: DatedEvent) -> Markup:
    _ = context._
    names = observations.load_place_names(context.release, context.lang)
    where = names.get(event.admin1_pcode) or words.country(_, event.country)
    return el(
        "li",
        el("time", formats.format_day(event.on, context.lang), datetime=event.on.isoformat()),
        " · ",
        _.pgettext("kind", event.kind),
        " · ",
        words.lead(_, where),
        el("span", event.title, lang="en"),
        " (",
        words.source_link(event.source),
        f", {event.source.grade})",
    )
