"""For the press: figures with wording that is safe to print, what not to say, spellings, contact."""

from utils.analysis import overview, places
from utils.settings import clock
from utils.ui import about, style
from utils.ui.error_boundary import panel
from utils.ui.visitor import current_visitor

visitor = current_visitor()
_ = visitor._

style.heading(
    _("For the press"),
    _("Sentences that are safe to print, each with its date and source. Please print both."),
)
with panel(_, _("Figures and wording")):
    style.heading(_("Figures and wording"), level=2)
    about.sentences(visitor, overview.list_key_figures(visitor.release, clock.today()))

with panel(_, _("What the figures do not say")):
    style.heading(_("What the figures do not say"), level=2)
    about.cautions(visitor)

with panel(_, _("Spellings")):
    style.heading(_("Spellings"), _("Names of places in three languages and as others spell them."), level=2)
    about.spellings(visitor, places.list_spellings(visitor.release))

with panel(_, _("Cite, download, embed")):
    style.heading(_("Cite, download, embed"), level=2)
    about.reuse(visitor)

with panel(_, _("Contact")):
    style.heading(_("Contact"), level=2)
    about.contact(visitor)
