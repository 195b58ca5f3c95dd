"""Sources and methods: who says so, what is counted, where counts conflict, how old each series is."""

import streamlit as st

from utils.components.sources import grades, licences, rules
from utils.ui import changelog, style
from utils.ui.error_boundary import panel, redrawn
from utils.ui.sources import accepted_doubts, whole_tables
from utils.ui.views import show
from utils.ui.visitor import current_visitor
from utils.views.sources import BREAKS, CONFLICTS, DEFINITIONS, SERIES, SOURCES

visitor = current_visitor()
_ = visitor._

style.heading(
    _("Sources and methods"),
    _("Every figure on every page comes from the rows below: one figure, one date, one source."),
)
with panel(_, _("How to read the figures")):
    st.html(rules(visitor.context))

st.page_link("pages/systems.py", label=_("The article's systems, one by one"))

with panel(_, _("Sources")):
    style.heading(_("Sources"), level=2)
    st.html(grades(visitor.context))
redrawn(visitor, _("Sources"), show, SOURCES)

style.heading(
    _("What was corrected"),
    _("Each release tells which figures it corrected or withdrew, when and why, and keeps an address."),
    level=2,
)
redrawn(visitor, _("What was corrected"), changelog.releases)

style.heading(
    _("Where counts differ"),
    _("Days on which publishers printed different totals. Both stay; none is averaged."),
    level=2,
)
redrawn(visitor, _("Where counts differ"), show, CONFLICTS)

with panel(_, _("Known breaks")):
    style.heading(_("Known breaks"), level=2)
    show(visitor, BREAKS)

with panel(_, _("Doubted, and left as printed")):
    style.heading(
        _("Doubted, and left as printed"),
        _(
            "Figures that a check found hardly plausible. A named person looked at the source and let "
            "them stand."
        ),
        level=2,
    )
    accepted_doubts(visitor)

style.heading(
    _("How old each series is"),
    _("Ages are computed today, by the thresholds of the Humanitarian Data Exchange."),
    level=2,
)
redrawn(visitor, _("How old each series is"), show, SERIES)

style.heading(_("Definitions"), level=2)
redrawn(visitor, _("Definitions"), show, DEFINITIONS)

style.heading(_("Downloads"), _("Each file comes with its dictionary and the sources it names."), level=2)
redrawn(visitor, _("Downloads"), whole_tables)

with panel(_, _("Licences and credits")):
    style.heading(_("Licences and credits"), level=2)
    st.html(licences(visitor.context))
