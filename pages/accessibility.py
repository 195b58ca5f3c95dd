"""Accessibility: what is aimed at, what was tested, what is known not to work yet."""

from utils.ui import about, style
from utils.ui.error_boundary import panel
from utils.ui.visitor import current_visitor

visitor = current_visitor()
_ = visitor._

style.heading(
    _("Accessibility"), _("These pages aim at the Web Content Accessibility Guidelines (WCAG) 2.2, level AA.")
)
with panel(_, _("What was tested")):
    style.heading(_("What was tested"), level=2)
    about.tested(visitor)

with panel(_, _("What is known")):
    style.heading(_("What is known"), _("Shortcomings that we know of, and the way round them."), level=2)
    about.known(visitor)

with panel(_, _("Contact")):
    style.heading(_("Contact"), level=2)
    about.contact(visitor)
