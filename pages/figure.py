"""One figure: everything that is known of it, how to cite it, and what changed since it was quoted."""

from utils.analysis import figures
from utils.ui import figure as pieces
from utils.ui import style
from utils.ui.error_boundary import panel
from utils.ui.visitor import current_visitor

visitor = current_visitor()
_ = visitor._

asked = pieces.asked()
found = figures.find_figure(visitor.release, asked, visitor.today) if asked else None
if found is None:
    style.heading(_("One figure"))
    pieces.not_found(visitor, asked)
else:
    style.heading(pieces.title(visitor, found), _("Everything the record holds about one figure."))
    with panel(_, _("The figure")):
        pieces.card(visitor, found)
    with panel(_, _("What may be printed")):
        pieces.sayings(visitor, found)
    with panel(_, _("Figures that differ")):
        pieces.differences(visitor, found)
    with panel(_, _("Facts")):
        pieces.facts(visitor, found)
    with panel(_, _("History of this figure")):
        pieces.history(visitor, found)
    with panel(_, _("Cite this figure")):
        pieces.citations(visitor, found)
    with panel(_, _("Embed this figure")):
        pieces.embed(visitor, found)
    with panel(_, _("Challenge this figure")):
        pieces.challenge(visitor, found)
with panel(_, _("What changed since the release I quoted")):
    pieces.since_quoted(visitor)
