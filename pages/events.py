"""Events: marches, collections, evenings, letters; past and announced; how quickly people acted."""

import streamlit as st

from utils.analysis import events as analysis_events
from utils.components.events import announced
from utils.ui import style
from utils.ui.error_boundary import panel, redrawn
from utils.ui.events import calendar_button, month_view
from utils.ui.open_tables import empty_notice, how_to_add
from utils.ui.views import ask, show
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
    chosen = ask(visitor, EVENTS)
    shown = analysis_events.filter_events(
        visitor.release, visitor.today, **EVENTS.arguments(visitor.release, chosen)
    )
    calendar_button(visitor, shown)
    with panel(_, _("Calendar")):
        style.heading(_("Calendar"), level=2)
        month_view(visitor, shown)
    with panel(_, _("List of events")):
        style.heading(_("List of events"), level=2)
        show(visitor, EVENTS, chosen)


redrawn(visitor, _("Events"), events)

with panel(_, _("Announced gatherings")):
    style.heading(_("Announced gatherings"), level=2)
    st.html(announced(visitor.context))

with panel(_, _("How quickly people acted")):
    style.heading(
        _("How quickly people acted"),
        _(
            "Days from 24 July 2025 to the first dated action found of each kind. No source tells the hour, "
            "so a day means a span of hours. Earlier acts may exist that were not published."
        ),
        level=2,
    )
    show(visitor, FIRST_ACTIONS)

with panel(_, _("Letters, petitions, motions")):
    style.heading(
        _("Letters, petitions, motions"),
        _("To whom, and what answer was found. “Not found” does not mean that there was none."),
        level=2,
    )
    show(visitor, ADVOCACY)

with panel(_, _("Livestreams")):
    style.heading(_("Livestreams"), level=2)
    empty_notice(visitor, "streams")

with panel(_, _("Add yours")):
    how_to_add(visitor, "events", "event_figures", "event_cities", "advocacy_acts", "streams")
