"""Lists that several pages print: the state of the crisis, events, sentences."""

from __future__ import annotations

from collections.abc import Iterable

from utils.analysis import observations, overview
from utils.analysis.crisis_phases import DatedEvent
from utils.components import inline
from utils.draw_context import DrawContext
from utils.text import wording
from utils.text.html import Markup, el, join
from utils.text.locale import Message, Translator, formats


def message_list(_: Translator, messages: Iterable[Message | Markup]) -> Markup:
    """Return sentences as a list; what is HTML already stays."""
    lines = (line if isinstance(line, Markup) else _.translate(line) for line in messages)
    return inline.bullets(lines, _.lang)


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


def event_list(context: DrawContext, events: Iterable[DatedEvent]) -> Markup:
    """Return events, each with its day, place and source; titles keep their language."""
    return inline.bullets((_event(context, event) for event in events), context.lang)


def _event(context: DrawContext, event: DatedEvent) -> Markup:
    _ = context._
    names = observations.load_place_names(context.release, context.lang)
    place = names.get(event.admin1_pcode) or wording.name_country(_, event.country)
    return join(
        [
            el("time", formats.format_day(event.on, context.lang), datetime=event.on.isoformat()),
            f" · {_.pgettext('kind', event.kind)} · ",
            wording.add_colon(_, place),
            el("span", event.title, lang="en"),
            " (",
            inline.link_source(event.source),
            f", {event.source.grade})",
        ]
    )
