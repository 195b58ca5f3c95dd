"""The systems of the article this record started from, one by one: where each is, or why it is not."""

from utils.analysis.systems import SYSTEMS
from utils.ui import style, systems, visitor
from utils.ui.error_boundary import panel

me = visitor.current()
_ = me._

style.heading(
    _("The article's systems, one by one"),
    _(
        "The record started from an article on solidarity. Each thing it tells of is on a screen, in a table "
        "that waits for rows, or left out for a reason."
    ),
)
with panel(_, _("The article's systems, one by one")):
    systems.system_table(me, SYSTEMS)
