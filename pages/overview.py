"""Overview: the state of the crisis, its figures, where people shelter, both rounds, what came last."""

import streamlit as st

from utils.analysis import overview
from utils.charts.displacement import overview_curve
from utils.maps.overview import overview_map
from utils.ui import cards, charts, gaps, lists, style, visitor
from utils.ui.error_boundary import panel
from utils.ui.map import show_map

me = visitor.current()
_ = me._

style.heading(_("Cambodia–Thailand border crisis"))
with panel(_, _("State of the crisis")):
    lists.state_line(me, overview.sentences(me.release, me.today))
with panel(_, _("People and donations")):
    style.heading(_("People and donations"), level=2, heard=True)
    cards.show_each(
        me,
        {_.msg(name): make for name, make in overview.figures(me.release, me.today).items()},
        label=_("People and donations"),
    )

with panel(_, _("What is not known")):
    style.heading(
        _("What is not known"),
        _("The gaps before the figures: how old, how contested, and where nothing was found."),
        level=2,
    )
    gaps.grid(me)

with panel(_, _("Where people shelter")):
    show_map(me, overview_map(me.release, me.lang, me.theme))

with panel(_, _("Killed and injured")):
    style.heading(
        _("Killed and injured"),
        _("Each figure with who counted it. Parts of different scope are never added."),
        level=2,
    )
    cards.show_cards(me, overview.casualties(me.release, me.today), label=_("Killed and injured"), grave=True)

with panel(_, _("Both rounds")):
    style.heading(_("Both rounds"), level=2)
    charts.show_drawing(me, "overview-curve", overview_curve(me.release, me.lang, me.theme))

with panel(_, _("What happened last")):
    style.heading(_("What happened last"), _("The newest events in the record."), level=2)
    lists.events(me, overview.last_events(me.release), "last-events")

st.page_link("pages/sources.py", label=_("All sources, definitions and downloads"))
