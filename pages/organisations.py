"""Organisations: every association, agency, pagoda, company and institution of the record."""

from utils.analysis import directory
from utils.ui import directory as lists
from utils.ui import style, visit
from utils.ui.entries import how_to_add
from utils.ui.panel import panel, redrawn

me = visit.current()
_ = me._

style.heading(
    _("Organisations"),
    _(
        "Who gave, carried, sheltered or spoke. What each did is found by its name in the record's rows: "
        "“none found” means that no row names it."
    ),
)


def found_organisations() -> None:
    """Draw what the filters of the organisations move."""
    lists.organisation_list(me, directory.matching(me.release, **lists.filter_bar(me)))


redrawn(me, _("Organisations"), found_organisations)

with panel(_, _("Add yours")):
    how_to_add(me, "organisations", "organisation_roles")
