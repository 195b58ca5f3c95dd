"""Every page of the app: its file, its address, its title, and where it stands in the navigation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from utils.text.locale import M_, Message

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
    Page("relief", M_("Relief on the ground"), SITUATION),
    Page("diplomacy", M_("Diplomacy"), SITUATION),
    Page("information", M_("Verified information"), SITUATION),
    Page("solidarity", M_("Around the world"), SOLIDARITY),
    Page("events", M_("Events"), SOLIDARITY),
    Page("organisations", M_("Organisations"), SOLIDARITY),
    Page("giving", M_("The chain of giving"), SOLIDARITY),
    Page("memory", M_("Memory and meaning"), SOLIDARITY),
    Page("systems", M_("The article's systems"), ABOUT),
    Page("sources", M_("Sources and methods")),
    Page("press", M_("For the press"), hidden=True),
    Page("privacy", M_("Privacy"), hidden=True),
    Page("accessibility", M_("Accessibility"), hidden=True),
    Page("figure", M_("One figure"), hidden=True),
    Page("projector", M_("For an evening in a hall"), hidden=True),
)
FOOT: Final = ("sources", "press", "projector", "privacy", "accessibility")
"""Pages that the foot of every page links to, by name."""
PATHS: Final = tuple(page.path for page in PAGES)


def page(name: str) -> Page:
    """Return a page by its name. Raises ``KeyError``."""
    return {one.name: one for one in PAGES}[name]
