"""Displacement: how many, counted by whom and where; in sites or with hosts; who went home."""

from datetime import date

import streamlit as st

from utils.analysis import (
    displacement,
    displacement_areas,
    displacement_groups,
)
from utils.analysis import (
    field_observations as analysis_field_observations,
)
from utils.charts import displacement as curves
from utils.charts import displacement_areas as area_charts
from utils.charts import displacement_groups as group_charts
from utils.charts import field_observations as field_charts
from utils.exports import filters as by
from utils.maps.displacement import province_map
from utils.ui import cards, charts, filters, style, visitor
from utils.ui import displacement as pieces
from utils.ui.error_boundary import panel, redrawn
from utils.ui.map import show_map

me = visitor.current()
_ = me._

style.heading(
    _("Displacement"),
    _("People who fled the fighting, counted by several publishers. Latest figure found, never “now”."),
)
with panel(_, _("Figures")):
    style.heading(_("Figures"), level=2, heard=True)
    cards.show_cards(
        me,
        (
            displacement.latest(me.release, me.today),
            displacement.peak(me.release, "2025-12", me.today),
            displacement.peak(me.release, "2025-07", me.today),
        ),
        label=_("Figures"),
    )


def by_province() -> None:
    """Draw what the date control and the basis move together: figures, map, bars, small charts."""
    style.heading(
        _("By province"),
        _("Where people shelter and where they come from are two counts: one is shown at a time."),
        level=2,
    )
    basis = filters.ask(me, by.BASIS, draw=filters.segments)
    chosen = displacement_areas.basis_of(basis)
    day = date.fromisoformat(filters.ask(me, by.DAY, {"basis": basis}, draw=filters.stepper))
    left, right = st.columns([3, 2], gap="medium")
    with left, panel(_, _("Map by province")):
        show_map(me, province_map(me.release, me.lang, me.theme, day, chosen))
    with right:
        with panel(_, _("The day's figures")):
            found = displacement_areas.day_finding(me.release, day, me.today)
            cards.show_cards(me, (found,), label=_("The day's figures"))
        with panel(_, _("Bars by province")):
            drawn = area_charts.province_bars(me.release, me.lang, me.theme, day, chosen)
            charts.show_drawing(me, "provinces", drawn)
    with panel(_, _("Each province over time")):
        small = area_charts.province_multiples(me.release, me.lang, me.theme, day, chosen)
        if small is not None:
            charts.show_drawing(me, "province-multiples", small)


redrawn(me, _("By province"), by_province)
with panel(_, _("Province figures set aside")):
    pieces.set_aside(me, displacement_areas.set_aside(me.release))

with panel(_, _("All national figures")):
    style.heading(_("All national figures"), level=2)
    drawn = curves.national_chart(me.release, me.lang, me.theme)
    pieces.publisher_key(me)
    charts.show_drawing(me, "national", drawn)
    st.page_link("pages/timeline.py", label=_("All events as a list"))

with panel(_, _("In sites and with host families")):
    style.heading(_("In sites and with host families"), level=2)
    hosts = area_charts.sites_and_hosts(me.release, me.lang, me.theme)
    charts.show_drawing(me, "sites-hosts", hosts)

with panel(_, _("Cumulative totals and returns")):
    style.heading(
        _("Cumulative totals and returns"),
        _("Totals that only grow, apart from the counts of people away from home on a day."),
        level=2,
    )
    cards.show_cards(
        me,
        (
            displacement.returned(me.release, me.today),
            displacement.ever_displaced(me.release, me.today),
            displacement.sites_open(me.release, me.today),
        ),
        label=_("Cumulative totals and returns"),
    )
    charts.show_drawing(me, "returns", group_charts.returns_chart(me.release, me.lang, me.theme))

with panel(_, _("Thailand beside Cambodia")):
    style.heading(_("Thailand beside Cambodia"), level=2)
    charts.show_drawing(me, "thailand", group_charts.thailand_chart(me.release, me.lang, me.theme))

with panel(_, _("Women and children")):
    style.heading(_("Women and children"), level=2)
    charts.show_drawing(me, "groups", group_charts.groups_chart(me.release, me.lang, me.theme))
    pieces.counted_besides(me, _("Others counted, each once:"), displacement_groups.others(me.release))

with panel(_, _("Migrants back from Thailand")):
    style.heading(_("Migrants back from Thailand"), level=2)
    charts.show_drawing(me, "migrants", group_charts.migrants_chart(me.release, me.lang, me.theme))


def field_observations() -> None:
    """Draw what the choice of a line and of a province move: newest figures, one province over days."""
    if not analysis_field_observations.is_there(me.release):
        return
    style.heading(
        _("Field observations by province"),
        _("From an organisation's own monitoring table; one counter and one source at a time."),
        level=2,
    )
    code = filters.ask(me, by.FIELD)
    line = analysis_field_observations.line_of(me.release, code)
    charts.show_drawing(me, "field-newest", field_charts.newest_bars(me.release, me.lang, me.theme, line))
    province = filters.ask(me, by.FIELD_PROVINCE, {"field": code})
    days = field_charts.province_days(me.release, me.lang, me.theme, line, province)
    charts.show_drawing(me, "field-days", days)


redrawn(me, _("Field observations by province"), field_observations)
