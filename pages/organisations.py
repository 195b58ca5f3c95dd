"""Organisations: every association, agency, pagoda, company and institution of the record."""

from utils.analysis import organisations
from utils.ui import organisations as lists
from utils.ui import style, visitor
from utils.ui.error_boundary import panel, redrawn
from utils.ui.open_tables import how_to_add

me = visitor.current()
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
    lists.organisation_list(me, organisations.matching(me.release, **lists.filter_bar(me)))


redrawn(me, _("Organisations"), found_organisations)

with panel(_, _("Add yours")):
    how_to_add(me, "organisations", "organisation_roles")
