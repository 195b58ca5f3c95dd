"""Privacy: what is stored of those who look, what is not, and what the record holds of people."""

from utils.ui import about, style
from utils.ui.error_boundary import panel
from utils.ui.visitor import current_visitor

visitor = current_visitor()
_ = visitor._

style.heading(_("Privacy"), _("What is stored of you when you look at these pages: as little as can be."))
with panel(_, _("Your visit")):
    style.heading(_("Your visit"), level=2)
    about.your_visit(visitor)

with panel(_, _("People in the record")):
    style.heading(_("People in the record"), level=2)
    about.people_in_the_record(visitor)

with panel(_, _("Contact")):
    style.heading(_("Contact"), level=2)
    about.contact(visitor)
