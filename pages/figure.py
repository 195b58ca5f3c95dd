"""One figure: everything that is known of it, how to cite it, and what changed since it was quoted."""

from utils.analysis import figures
from utils.ui import figure as pieces
from utils.ui import style
from utils.ui.error_boundary import panel
from utils.ui.visitor import current_visitor

visitor = current_visitor()
_ = visitor._

figure_id = pieces.read_figure_id()
figure = figures.find_figure(visitor.release, figure_id, visitor.today) if figure_id else None
if figure is None:
    style.heading(_("One figure"))
    pieces.show_not_found(visitor, figure_id)
else:
    style.heading(pieces.title_figure(visitor, figure), _("Everything the record holds about one figure."))
    for title, show in (
        (_("The figure"), pieces.show_card),
        (_("What may be printed"), pieces.show_guidance),
        (_("Figures that differ"), pieces.show_differences),
        (_("Facts"), pieces.show_facts),
        (_("History of this figure"), pieces.show_history),
        (_("Cite this figure"), pieces.show_citations),
        (_("Embed this figure"), pieces.show_embed),
        (_("Challenge this figure"), pieces.show_challenge),
    ):
        with panel(_, title):
            show(visitor, figure)
with panel(_, _("What changed since the release I quoted")):
    pieces.show_changes_since(visitor)
