"""Accessibility: what is aimed at, what was tested, what is known not to work yet."""

from utils.ui import press, style
from utils.ui.error_boundary import section
from utils.ui.visitor import current_visitor

visitor = current_visitor()
_ = visitor._

style.heading(
    _("Accessibility"), _("These pages aim at the Web Content Accessibility Guidelines (WCAG) 2.2, level AA.")
)
with section(_, _("What was tested")):
    press.show_messages(visitor, press.TESTED)

with section(_, _("What is known"), _("Shortcomings that we know of, and the way round them.")):
    press.show_shortcomings(visitor)

with section(_, _("Contact")):
    press.show_contact(visitor)
