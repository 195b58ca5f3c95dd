"""For the press: figures with wording that is safe to print, what not to say, spellings, contact."""

from utils.analysis import overview, places
from utils.settings import clock
from utils.ui import press, style
from utils.ui.error_boundary import section
from utils.ui.visitor import current_visitor

visitor = current_visitor()
_ = visitor._

style.heading(
    _("For the press"),
    _("Sentences that are safe to print, each with its date and source. Please print both."),
)
with section(_, _("Figures and wording")):
    press.show_sentences(visitor, overview.list_key_figures(visitor.release, clock.today()))

with section(_, _("What the figures do not say")):
    press.show_messages(visitor, press.CAUTIONS)

with section(_, _("Spellings"), _("Names of places in three languages and as others spell them.")):
    press.show_spellings(visitor, places.list_spellings(visitor.release))

with section(_, _("Cite, download, embed")):
    press.show_reuse(visitor)

with section(_, _("Contact")):
    press.show_contact(visitor)
