"""The month and the calendar file of the page of events."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from utils.analysis import events
from utils.analysis.events import Event
from utils.components.events import month_table
from utils.text.html import el
from utils.text.locale import formats
from utils.ui import filters
from utils.ui.visitor import Visitor
from utils.views.events import write_events_calendar


def show_month(visitor: Visitor, gatherings: Sequence[Event]) -> None:
    """Draw the days of one month, chosen in the address, with what happened on each."""
    _ = visitor._
    months = events.group_by_month(gatherings)
    if not months:
        st.html(el("p", _("No event with a day matches."), class_="sk-empty"))
        return
    codes = [f"{month:%Y-%m}" for month, _acts in months]
    by_code = dict(zip(codes, months, strict=True))
    code = filters.choose_code(
        "month",
        codes,
        _("Month"),
        lang=visitor.lang,
        show=lambda code: _.ngettext(
            "{month}: {count} event",
            "{month}: {count} events",
            len(by_code[code][1]),
            month=formats.format_month(by_code[code][0], visitor.lang),
        ),
    )
    st.html(month_table(visitor.context, *by_code[code]))


def offer_calendar(visitor: Visitor, gatherings: Sequence[Event]) -> None:
    """Offer the dated events that match as an iCalendar file; say how many have no day."""
    _ = visitor._
    dated = [event for event in gatherings if event.on]
    st.download_button(
        _.ngettext(
            "Calendar file with {count} event (.ics)", "Calendar file with {count} events (.ics)", len(dated)
        ),
        lambda: write_events_calendar(visitor.context, dated),
        file_name="samaki-events.ics",
        mime="text/calendar",
        key="calendar-file",
        on_click="ignore",
    )
    undated = len(gatherings) - len(dated)
    if undated:
        left_out = _.ngettext(
            "{count} event without a day is not in it.",
            "{count} events without a day are not in it.",
            undated,
        )
        st.html(el("p", left_out, class_="sk-foot"))
