"""Privacy: what is stored of those who look, what is not, and what the record holds of people."""

from utils.ui import press, style
from utils.ui.error_boundary import section
from utils.ui.visitor import current_visitor

visitor = current_visitor()
_ = visitor._

style.heading(_("Privacy"), _("What is stored of you when you look at these pages: as little as can be."))
with section(_, _("Your visit")):
    press.show_messages(visitor, press.YOUR_VISIT)

with section(_, _("People in the record")):
    press.show_messages(visitor, press.PEOPLE)

with section(_, _("Contact")):
    press.show_contact(visitor)
