"""Sources and methods: who says so, what is counted, where counts conflict, how old each series is."""

import streamlit as st

from utils.components.lists import message_list
from utils.components.sources import LICENCES, grades, list_accepted_doubts, open_addresses, rules
from utils.ui import style
from utils.ui.changelog import show_changelog
from utils.ui.error_boundary import draw_fragment, panel, section
from utils.ui.listings import show_listing
from utils.ui.tables import show_tables
from utils.ui.views import show_view
from utils.ui.visitor import current_visitor
from utils.views.sources import BREAKS, CONFLICTS, DEFINITIONS, SERIES, SOURCES

visitor = current_visitor()
_ = visitor._

style.heading(
    _("Sources and methods"),
    _("Every figure on every page comes from the rows below: one figure, one date, one source."),
)
with panel(_, _("How to read the figures")):
    st.html(rules(_))

st.page_link("pages/systems.py", label=_("The article's systems, one by one"))

with section(_, _("Sources")):
    st.html(grades(_))
draw_fragment(visitor, _("Sources"), show_view, SOURCES)

style.heading(
    _("What was corrected"),
    _("Each release tells which figures it corrected or withdrew, when and why, and keeps an address."),
    level=2,
)
draw_fragment(visitor, _("What was corrected"), show_changelog)

style.heading(
    _("Where counts differ"),
    _("Days on which publishers printed different totals. Both stay; none is averaged."),
    level=2,
)
draw_fragment(visitor, _("Where counts differ"), show_view, CONFLICTS)

with section(_, _("Known breaks")):
    show_view(visitor, BREAKS)

with section(
    _,
    _("Doubted, and left as printed"),
    _("Figures that a check found hardly plausible. A named person looked at the source and let them stand."),
):
    show_listing(visitor, list_accepted_doubts(visitor.context))

style.heading(
    _("How old each series is"),
    _("Ages are computed today, by the thresholds of the Humanitarian Data Exchange."),
    level=2,
)
draw_fragment(visitor, _("How old each series is"), show_view, SERIES)

style.heading(_("Definitions"), level=2)
draw_fragment(visitor, _("Definitions"), show_view, DEFINITIONS)

style.heading(_("Downloads"), _("Each file comes with its dictionary and the sources it names."), level=2)
draw_fragment(visitor, _("Downloads"), show_tables)

with section(_, _("For programs, feeds and calendars"), _("Plain addresses that need no key and no script.")):
    st.html(open_addresses(_))

with section(_, _("Licences and credits")):
    st.html(message_list(_, LICENCES))
