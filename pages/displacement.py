"""Displacement: how many, counted by whom and where; in sites or with hosts; who went home."""

from datetime import date

import streamlit as st

from utils.analysis import displacement, displacement_areas
from utils.components.displacement import counted_besides, publisher_key
from utils.ui import card_grid, filters, style
from utils.ui.error_boundary import draw_fragment, panel, section
from utils.ui.linked_day import draw_linked_day
from utils.ui.views import ask_filters, show_view
from utils.ui.visitor import Visitor, current_visitor
from utils.views import displacement as views
from utils.views.displacement import (
    CURVE,
    FIELD_DAYS,
    FIELD_NEWEST,
    GROUPS,
    MAP,
    MIGRANTS,
    NATIONAL,
    PROVINCE_MULTIPLES,
    PROVINCES,
    RETURNS,
    SET_ASIDE,
    SITES_HOSTS,
    THAILAND,
)

visitor = current_visitor()
_ = visitor._

card_grid.show_head(
    visitor,
    lambda: displacement.summarise_displaced(visitor.release, visitor.today),
    lambda: displacement.prepare_strip(visitor.release, visitor.today),
)


def by_province(visitor: Visitor) -> None:
    """Draw what the day and the basis move together: curve, map, bars, small charts, the day's figures."""
    style.heading(_("By province"), level=2, heard=True)
    chosen = draw_linked_day(visitor, MAP, CURVE, widths=(5, 7), leads="curve", controls="above")
    left, right = st.columns([7, 5], gap="medium")
    with left, panel(_, _("Each province over time")):
        show_view(visitor, PROVINCE_MULTIPLES, chosen)
    with right, panel(_, _("Bars by province")):
        show_view(visitor, PROVINCES, chosen)
    with panel(_, _("The day's figures")):
        day = date.fromisoformat(chosen["day"])
        finding = displacement_areas.build_day_finding(visitor.release, day, visitor.today)
        card_grid.show_folded_cards(visitor, (finding,), label=_("Every national count of the chosen day"))


draw_fragment(visitor, _("By province"), by_province)

left, right = st.columns(2, gap="medium")
with left, panel(_, _("Thailand beside Cambodia")):
    show_view(visitor, THAILAND)
with right, panel(_, _("Cumulative totals and returns")):
    show_view(visitor, RETURNS)


def chosen_series(visitor: Visitor) -> None:
    """Draw the one of several series that the reader chooses, with what belongs to it."""
    chosen = filters.ask_filters(visitor, views.SERIES)[views.SERIES.name]
    if chosen == GROUPS.name:
        show_view(visitor, GROUPS)
        if (others := counted_besides(visitor.context)) is not None:
            st.html(others)
    elif chosen == NATIONAL.name:
        show_view(visitor, NATIONAL)
        st.html(publisher_key(visitor.context))
    else:
        show_view(visitor, SITES_HOSTS)


left, right = st.columns(2, gap="medium")
with left:
    draw_fragment(visitor, _("More series"), chosen_series)
with right:
    with section(_, _("Migrants back from Thailand")):
        show_view(visitor, MIGRANTS)
    with panel(_, _("Figures one by one")):
        card_grid.show_folded_cards(
            visitor,
            (
                displacement.latest_displaced(visitor.release, visitor.today),
                displacement.peak_displaced(visitor.release, "2025-12", visitor.today),
                displacement.peak_displaced(visitor.release, "2025-07", visitor.today),
                displacement.latest_returned(visitor.release, visitor.today),
                displacement.cumulative_displaced(visitor.release, visitor.today),
                displacement.latest_open_sites(visitor.release, visitor.today),
            ),
            label=_("Figures one by one"),
        )
    with panel(_, _("Province figures set aside")):
        show_view(visitor, SET_ASIDE)
    st.page_link("pages/timeline.py", label=_("All events as a list"))


def field_observations(visitor: Visitor) -> None:
    """Draw what the choice of a line and of a province move: newest figures, one province over days."""
    if not FIELD_NEWEST.is_in(visitor.release):
        return
    style.heading(
        _("Field observations by province"),
        _("From an organisation's own monitoring table; one counter and one source at a time."),
        level=2,
    )
    chosen = ask_filters(visitor, FIELD_NEWEST)
    show_view(visitor, FIELD_NEWEST, chosen)
    show_view(visitor, FIELD_DAYS, chosen)


draw_fragment(visitor, _("Field observations by province"), field_observations)
