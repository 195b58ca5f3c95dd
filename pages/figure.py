"""One figure: everything that is known of it, how to cite it, and what changed since it was quoted."""

from utils.analysis import figures
from utils.ui import figure as pieces
from utils.ui import style, visitor
from utils.ui.error_boundary import panel

me = visitor.current()
_ = me._

asked = pieces.asked()
found = figures.figure(me.release, asked, me.today) if asked else None
if found is None:
    style.heading(_("One figure"))
    pieces.not_found(me, asked)
else:
    style.heading(pieces.title(me, found), _("Everything the record holds about one figure."))
    with panel(_, _("The figure")):
        pieces.card(me, found)
    with panel(_, _("What may be printed")):
        pieces.sayings(me, found)
    with panel(_, _("Figures that differ")):
        pieces.differences(me, found)
    with panel(_, _("Facts")):
        pieces.facts(me, found)
    with panel(_, _("History of this figure")):
        pieces.history(me, found)
    with panel(_, _("Cite this figure")):
        pieces.citations(me, found)
    with panel(_, _("Embed this figure")):
        pieces.embed(me, found)
    with panel(_, _("Challenge this figure")):
        pieces.challenge(me, found)
with panel(_, _("What changed since the release I quoted")):
    pieces.since_quoted(me)
