"""The names of the wall's scenes, and what a speaker says beside each."""

from __future__ import annotations

from typing import Final

from utils.text.locale import M_, Message

NAMES: Final[dict[str, Message]] = {
    "sentence": M_("The crisis in one sentence"),
    "curve": M_("The curve of displacement"),
    "map": M_("Map of provinces"),
    "shelters": M_("Sites by district"),
    "donations": M_("Documented donations"),
    "tonight": M_("Tonight's thermometer"),
    "places": M_("From gift to place"),
    "world": M_("Solidarity around the world"),
    "give": M_("How to give tonight"),
    "thanks": M_("Sources and thanks"),
    "casualties": M_("Killed and injured"),
}
NOTES: Final[dict[str, Message]] = {
    "sentence": M_("Read the number, then its date. It is the latest found, not today's number."),
    "curve": M_("Two rounds of flight. Where the line stops, nobody published a count."),
    "map": M_("These people were counted where they sheltered, not where they come from."),
    "shelters": M_("No site is named: a position can put people in danger. Do not name any yourself."),
    "donations": M_("This is what could be documented, a floor. Never say it is all that was given."),
    "tonight": M_("Received and promised are apart. Large gifts appear once a second person has confirmed."),
    "places": M_("Goods in numbers of gifts. They have no price here and are not added to money."),
    "world": M_("Each act has a source. Invite people to tell the committee of acts that are not here."),
    "give": M_("Ask the room to read the receiver's name on their own phone before they pay."),
    "thanks": M_("Only organisations that agreed are named. Invite the room to scan the code."),
    "casualties": M_("Pause before this scene. Say who counted. Do not compare the two sides."),
}
