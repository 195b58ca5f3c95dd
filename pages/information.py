"""Verified information: checked claims and cards to share, channels, contacts; what anyone can add."""

from utils.analysis import events, information, open_tables
from utils.ui import events as acts
from utils.ui import information as lists
from utils.ui import open_tables as adding
from utils.ui import style, visitor
from utils.ui.error_boundary import panel, redrawn

me = visitor.current()
_ = me._

style.heading(
    _("Verified information"),
    _("What was checked, by whom and when; channels to follow; and how to add what you know."),
)


def found_claims() -> None:
    """Draw what the filters of the claims move."""
    lists.claim_list(me, information.claims(me.release, **lists.filter_bar(me)))


style.heading(
    _("Claims checked"),
    _("False claims of both sides. A check by a government is marked: it may be a party."),
    level=2,
)
redrawn(me, _("Claims checked"), found_claims)

style.heading(_("A card to share"), level=2)
redrawn(me, _("A card to share"), lambda: lists.share(me))

with panel(_, _("Channels")):
    style.heading(_("Channels"), _("Independent ones first, official ones after them."), level=2)
    lists.channel_list(me, information.channels(me.release))

with panel(_, _("Contacts of institutions")):
    style.heading(_("Contacts of institutions"), _("Confirm each before you pass it on."), level=2)
    lists.contact_list(me, information.contacts(me.release))

with panel(_, _("Digital mobilisation")):
    style.heading(
        _("Digital mobilisation"),
        _("What the press said of hashtags and pictures. No measured series was found."),
        level=2,
    )
    acts.lines(me, events.media(me.release))
    adding.rows(me, open_tables.table(me.release, "hashtags"))
    adding.rows(me, open_tables.table(me.release, "streams"))

with panel(_, _("Friends and contributors")):
    style.heading(
        _("Friends and contributors"),
        _("What a committee, a student or a friend of Cambodia can take on."),
        level=2,
    )
    adding.tasks(me)

style.heading(_("Add yours"), level=2)
redrawn(me, _("Add yours"), lambda: adding.add_panel(me))
