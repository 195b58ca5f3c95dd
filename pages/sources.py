"""Sources and methods: who says so, what is counted, where counts conflict, how old each series is."""

import streamlit as st

from utils import releases
from utils.analysis import accepted_warnings, crisis_phases, sources
from utils.analysis.changelog import entries
from utils.exports import filters as by
from utils.ui import changelog, filters, style, visitor
from utils.ui import sources as ui_sources
from utils.ui.error_boundary import panel, redrawn

me = visitor.current()
_ = me._

style.heading(
    _("Sources and methods"),
    _("Every figure on every page comes from the rows below: one figure, one date, one source."),
)
with panel(_, _("How to read the figures")):
    ui_sources.rules(me)

st.page_link("pages/systems.py", label=_("The article's systems, one by one"))


def source_list() -> None:
    """Draw what the filters of the sources move."""
    chosen = filters.bar(me, by.SOURCES, _("Search sources"), _("Publisher or title"), beside=True)
    ui_sources.source_list(me, sources.matching(me.release, **chosen))


with panel(_, _("Sources")):
    style.heading(_("Sources"), level=2)
    ui_sources.grades(me)
redrawn(me, _("Sources"), source_list)

style.heading(
    _("What was corrected"),
    _("Each release tells which figures it corrected or withdrew, when and why, and keeps an address."),
    level=2,
)
redrawn(me, _("What was corrected"), lambda: changelog.releases(me, entries(releases.changelog(me.tier))))

style.heading(
    _("Where counts differ"),
    _("Days on which publishers printed different totals. Both stay; none is averaged."),
    level=2,
)
redrawn(me, _("Where counts differ"), lambda: ui_sources.conflicts(me, sources.conflicts(me.release)))

with panel(_, _("Known breaks")):
    style.heading(_("Known breaks"), level=2)
    ui_sources.breaks(me, crisis_phases.breaks(me.release))

with panel(_, _("Doubted, and left as printed")):
    style.heading(
        _("Doubted, and left as printed"),
        _(
            "Figures that a check found hardly plausible. A named person looked at the source and let "
            "them stand."
        ),
        level=2,
    )
    ui_sources.doubts(me, accepted_warnings.accepted(me.release))

style.heading(
    _("How old each series is"),
    _("Ages are computed today, by the thresholds of the Humanitarian Data Exchange."),
    level=2,
)
redrawn(me, _("How old each series is"), lambda: ui_sources.series(me, sources.series(me.release, me.today)))

style.heading(_("Definitions"), level=2)
redrawn(me, _("Definitions"), lambda: ui_sources.definitions(me, sources.definitions(me.release)))


def whole_tables() -> None:
    """Draw one table's files and dictionary."""
    table = filters.choice(
        "table",
        [one.name for one in sources.dictionary(me.release)],
        _("Table"),
        lang=me.lang,
        show=lambda name: ui_sources.table_title(me, name),
        default="displacement",
    )
    ui_sources.download(me, table)


style.heading(
    _("Downloads"),
    _("Each file comes with its dictionary and the sources it names."),
    level=2,
)
redrawn(me, _("Downloads"), whole_tables)

with panel(_, _("Licences and credits")):
    style.heading(_("Licences and credits"), level=2)
    ui_sources.licences(me)
