"""Memory and meaning: short, neutral, sourced."""

from utils.analysis import events, memory, overview
from utils.ui import cards, style, visitor
from utils.ui import events as lists
from utils.ui import memory as texts
from utils.ui.error_boundary import panel

me = visitor.current()
_ = me._

style.heading(_("Memory and meaning"), _("What people remember and hope for, as they said it."))
with panel(_, _("Memory and meaning")):
    texts.paragraphs(me, memory.paragraphs(me.release))

with panel(_, _("Killed and injured")):
    style.heading(
        _("Killed and injured"),
        _("Each figure with who counted it. Parts of different scope are never added."),
        level=2,
    )
    cards.show_cards(me, overview.casualties(me.release, me.today), label=_("Killed and injured"))

with panel(_, _("Walks, prayers and ceremonies")):
    style.heading(_("Walks, prayers and ceremonies"), level=2)
    lists.lines(me, events.remembrance(me.release))
