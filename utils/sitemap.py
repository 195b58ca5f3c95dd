"""Every page of the app: its file, its address, its title, and where it stands in the navigation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from utils.locale import M_, Message

SITUATION: Final = M_("Situation")
SOLIDARITY: Final = M_("Solidarity")
ABOUT: Final = M_("About")
SECTIONS: Final = (SITUATION, SOLIDARITY, ABOUT)
"""The groups of the navigation, in order."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``name`` is its file in ``pages/`` and its address; the first page is ``/``.

    ``section`` is the group it stands in; without one it stands in the bar itself. A ``hidden`` page
    opens by its address but is not in the navigation.
    """

    name: str
    title: Message
    section: Message | None = None
    hidden: bool = False

    @property
    def path(self) -> str:
        """The address below the root."""
        return "" if self is PAGES[0] else self.name


PAGES: Final = (
    Page("overview", M_("Overview")),
    Page("displacement", M_("Displacement")),
    Page("shelters", M_("Shelters")),
    Page("donations", M_("Donations")),
    Page("timeline", M_("Timeline"), SITUATION),
    Page("places", M_("Places"), SITUATION),
    Page("sources", M_("Sources and methods")),
    Page("figure", M_("One figure"), hidden=True),
)
PATHS: Final = tuple(page.path for page in PAGES)
