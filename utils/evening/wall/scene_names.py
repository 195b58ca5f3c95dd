"""The names of the wall's scenes, and what a speaker says beside each."""

from __future__ import annotations

from typing import Final

from utils.text.locale import Message, lazy_gettext

NAMES: Final[dict[str, Message]] = {
    "sentence": lazy_gettext("The crisis in one sentence"),
    "curve": lazy_gettext("The curve of displacement"),
    "map": lazy_gettext("Map of provinces"),
    "shelters": lazy_gettext("Sites by district"),
    "donations": lazy_gettext("Documented donations"),
    "tonight": lazy_gettext("Tonight's thermometer"),
    "places": lazy_gettext("From gift to place"),
    "world": lazy_gettext("Solidarity around the world"),
    "give": lazy_gettext("How to give tonight"),
    "thanks": lazy_gettext("Sources and thanks"),
    "casualties": lazy_gettext("Killed and injured"),
}
NOTES: Final[dict[str, Message]] = {
    "sentence": lazy_gettext("Read the number, then its date. It is the latest found, not today's number."),
    "curve": lazy_gettext("Two rounds of flight. Where the line stops, nobody published a count."),
    "map": lazy_gettext("These people were counted where they sheltered, not where they come from."),
    "shelters": lazy_gettext(
        "No site is named: a position can put people in danger. Do not name any yourself."
    ),
    "donations": lazy_gettext(
        "This is what could be documented, a floor. Never say it is all that was given."
    ),
    "tonight": lazy_gettext(
        "Received and promised are apart. Large gifts appear once a second person has confirmed."
    ),
    "places": lazy_gettext("Goods in numbers of gifts. They have no price here and are not added to money."),
    "world": lazy_gettext(
        "Each act has a source. Invite people to tell the committee of acts that are not here."
    ),
    "give": lazy_gettext("Ask the room to read the receiver's name on their own phone before they pay."),
    "thanks": lazy_gettext("Only organisations that agreed are named. Invite the room to scan the code."),
    "casualties": lazy_gettext("Pause before this scene. Say who counted. Do not compare the two sides."),
}
