"""Lists of things said: the state of the crisis, events."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from utils.analysis import observations
from utils.analysis.crisis_phases import Event
from utils.text.html import Markup, el
from utils.text.locale import Message, formats
from utils.ui import downloads, words
from utils.ui.visitor import Visit


def state_line(visit: Visit, sentences: Iterable[Message]) -> None:
    """Print the state of the crisis as one line of sentences."""
    _ = visit._
    text = " ".join(_.msg(sentence) for sentence in sentences)
    st.html(el("p", text, class_="sk-state", lang=visit.lang, data_figure="state"))


def events(visit: Visit, shown: Iterable[Event], name: str, **told: str) -> None:
    """Print events, each with its day, place and source; titles keep their language.

    ``name`` is the view under which they are taken away, ``told`` what the address may not tell of it.
    """
    st.html(el("ul", *(_event(visit, event) for event in shown), class_="sk-list", lang=visit.lang))
    downloads.menu(visit, name, **told)


def _event(visit: Visit, event: Event) -> Markup:
    _ = visit._
    names = observations.place_names(visit.release, visit.lang)
    where = names.get(event.admin1_pcode) or words.country(_, event.country)
    return el(
        "li",
        el("time", formats.day(event.on, visit.lang), datetime=event.on.isoformat()),
        " · ",
        _.c("kind", event.kind),
        " · ",
        words.lead(_, where),
        el("span", event.title, lang="en"),
        " (",
        words.source_link(event.source),
        f", {event.source.grade})",
    )
