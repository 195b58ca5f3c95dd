"""Events: marches, collections, evenings, letters; past and announced; how quickly people acted."""

import streamlit as st

from utils.analysis import events as analysis_events
from utils.components.events import announced_events
from utils.ui import style
from utils.ui.error_boundary import draw_fragment, panel, section
from utils.ui.events import offer_calendar, show_month
from utils.ui.open_tables import show_empty, show_how_to_add
from utils.ui.views import ask_filters, show_view
from utils.ui.visitor import Visitor, current_visitor
from utils.views.events import ADVOCACY, EVENTS, FIRST_ACTIONS

visitor = current_visitor()
_ = visitor._

style.heading(
    _("Events"),
    _("What people did for people. Who came is told by each source that counted, never averaged."),
)


def events(visitor: Visitor) -> None:
    """Draw what the filters of the events move: calendar file, month, list."""
    chosen = ask_filters(visitor, EVENTS)
    shown = analysis_events.filter_events(
        visitor.release, visitor.today, **EVENTS.arguments(visitor.release, chosen)
    )
    offer_calendar(visitor, shown)
    with panel(_, _("Calendar")):
        style.heading(_("Calendar"), level=2)
        show_month(visitor, shown)
    with panel(_, _("List of events")):
        style.heading(_("List of events"), level=2)
        show_view(visitor, EVENTS, chosen)


draw_fragment(visitor, _("Events"), events)

with section(_, _("Announced gatherings")):
    st.html(announced_events(visitor.context))

with section(
    _,
    _("How quickly people acted"),
    _(
        "Days from 24 July 2025 to the first dated action found of each kind. No source tells the hour, "
        "so a day means a span of hours. Earlier acts may exist that were not published."
    ),
):
    show_view(visitor, FIRST_ACTIONS)

with section(
    _,
    _("Letters, petitions, motions"),
    _("To whom, and what answer was found. “Not found” does not mean that there was none."),
):
    show_view(visitor, ADVOCACY)

with section(_, _("Livestreams")):
    show_empty(visitor, "streams")

with panel(_, _("Add yours")):
    show_how_to_add(visitor, "events", "event_figures", "event_cities", "advocacy_acts", "streams")
