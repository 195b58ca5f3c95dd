"""Diplomacy: statements, meetings, requests, with how far each went; France; the article's claims."""

from utils.analysis import diplomacy, donations
from utils.ui import diplomacy as lists
from utils.ui import donations as gifts
from utils.ui import style, visitor
from utils.ui.error_boundary import panel, redrawn
from utils.ui.open_tables import how_to_add

me = visitor.current()
_ = me._

style.heading(
    _("Diplomacy"),
    _("Who said, met, asked or signed what. The level of commitment is what the source says, no more."),
)


def found_acts() -> None:
    """Draw what the filters of the acts move."""
    lists.act_list(me, diplomacy.matching(me.release, **lists.filter_bar(me)), "diplomatic-acts")


redrawn(me, _("Diplomatic acts"), found_acts)

style.heading(
    _("France"),
    _("What France said and offered, and what was asked of it, from the first to the last."),
    level=2,
)
redrawn(
    me,
    _("France"),
    lambda: lists.act_list(me, diplomacy.france(me.release), "france", parameter="france"),
)
with panel(_, _("France")):
    missing = [one for one in donations.looked_for(me.release) if one.country == "FRA"]
    gifts.looked_for_list(me, missing, "not-found-france")

with panel(_, _("The article's claims beside what others say")):
    style.heading(
        _("The article's claims beside what others say"),
        _("The article this record started from was written in the first days. Both versions stay."),
        level=2,
    )
    lists.claim_table(me, diplomacy.claims(me.release))

with panel(_, _("Add yours")):
    how_to_add(me, "diplomatic_acts")
