"""Events: marches, collections, evenings, letters; past and announced; how quickly people acted."""

from utils.analysis import advocacy, events
from utils.ui import advocacy as acts
from utils.ui import events as lists
from utils.ui import style, visitor
from utils.ui.error_boundary import panel, redrawn
from utils.ui.open_tables import empty_notice, how_to_add

me = visitor.current()
_ = me._

style.heading(
    _("Events"),
    _("What people did for people. Who came is told by each source that counted, never averaged."),
)


def found_events() -> None:
    """Draw what the filters of the events move: calendar file, month, list."""
    shown = events.matching(me.release, me.today, **lists.filter_bar(me))
    lists.calendar_button(me, shown)
    with panel(_, _("Calendar")):
        style.heading(_("Calendar"), level=2)
        lists.month_view(me, shown)
    with panel(_, _("List of events")):
        style.heading(_("List of events"), level=2)
        lists.event_list(me, shown)


redrawn(me, _("Events"), found_events)

with panel(_, _("Announced gatherings")):
    style.heading(_("Announced gatherings"), level=2)
    lists.announced(me, events.matching(me.release, me.today, when="announced"))

with panel(_, _("How quickly people acted")):
    style.heading(
        _("How quickly people acted"),
        _(
            "Days from 24 July 2025 to the first dated action found of each kind. No source tells the hour, "
            "so a day means a span of hours. Earlier acts may exist that were not published."
        ),
        level=2,
    )
    lists.speed_table(me, events.speed(me.release))

with panel(_, _("Letters, petitions, motions")):
    style.heading(
        _("Letters, petitions, motions"),
        _("To whom, and what answer was found. “Not found” does not mean that there was none."),
        level=2,
    )
    acts.advocacy_table(me, advocacy.acts(me.release))

with panel(_, _("Livestreams")):
    style.heading(_("Livestreams"), level=2)
    empty_notice(me, "streams")

with panel(_, _("Add yours")):
    how_to_add(me, "events", "event_figures", "event_cities", "advocacy_acts", "streams")
