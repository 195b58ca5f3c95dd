"""Every page of the app: its file, its address, its title, and where it stands in the navigation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from utils.text.locale import Message, lazy_gettext

SITUATION: Final = lazy_gettext("Situation")
SOLIDARITY: Final = lazy_gettext("Solidarity")
ABOUT: Final = lazy_gettext("About")
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
    Page("overview", lazy_gettext("Overview")),
    Page("displacement", lazy_gettext("Displacement")),
    Page("shelters", lazy_gettext("Shelters")),
    Page("donations", lazy_gettext("Donations")),
    Page("timeline", lazy_gettext("Timeline"), SITUATION),
    Page("places", lazy_gettext("Places"), SITUATION),
    Page("relief", lazy_gettext("Relief on the ground"), SITUATION),
    Page("diplomacy", lazy_gettext("Diplomacy"), SITUATION),
    Page("information", lazy_gettext("Verified information"), SITUATION),
    Page("solidarity", lazy_gettext("Around the world"), SOLIDARITY),
    Page("events", lazy_gettext("Events"), SOLIDARITY),
    Page("organisations", lazy_gettext("Organisations"), SOLIDARITY),
    Page("giving", lazy_gettext("The chain of giving"), SOLIDARITY),
    Page("memory", lazy_gettext("Memory and meaning"), SOLIDARITY),
    Page("systems", lazy_gettext("The article's systems"), ABOUT),
    Page("sources", lazy_gettext("Sources and methods")),
    Page("press", lazy_gettext("For the press"), hidden=True),
    Page("privacy", lazy_gettext("Privacy"), hidden=True),
    Page("accessibility", lazy_gettext("Accessibility"), hidden=True),
    Page("figure", lazy_gettext("One figure"), hidden=True),
    Page("projector", lazy_gettext("For an evening in a hall"), hidden=True),
)
FOOT: Final = ("sources", "press", "projector", "privacy", "accessibility")
"""Pages that the foot of every page links to, by name."""
PATHS: Final = tuple(find_page.path for find_page in PAGES)


def find_page(name: str) -> Page:
    """Return a page by its name. Raises ``KeyError``."""
    return {item.name: item for item in PAGES}[name]
