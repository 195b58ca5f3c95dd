"""Timeline: what happened, searchable; killed and injured behind a note; claims that were checked."""

from utils.analysis import overview, timeline
from utils.ui import style, visitor
from utils.ui import timeline as pieces
from utils.ui.error_boundary import panel, redrawn

me = visitor.current()
_ = me._

style.heading(
    _("Timeline"),
    _("What happened, as sources reported it. Each event and each figure keeps who said so."),
)


def events() -> None:
    """Draw what the filters of the events move."""
    chosen = pieces.filter_bar(me)
    pieces.events(me, timeline.matching(me.release, **chosen))


def claims() -> None:
    """Draw what the filters of the checked claims move."""
    pieces.checked(me, timeline.checked_matching(me.release, **pieces.claim_bar(me)))


redrawn(me, _("Events"), events)

with panel(_, _("Killed and injured")):
    style.heading(_("Killed and injured"), level=2)
    pieces.casualties(me, overview.casualties(me.release, me.today))

style.heading(
    _("Claims checked"),
    _("Claims of both sides, each with the verdict, who checked it and the source of the check."),
    level=2,
)
redrawn(me, _("Claims checked"), claims)

with panel(_, _("One article, checked figure by figure")):
    style.heading(
        _("One article, checked figure by figure"),
        _("Figures of one article on solidarity, each beside what the record holds of the same question."),
        level=2,
    )
    pieces.seed(me, timeline.of_seed(me.release))
