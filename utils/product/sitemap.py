"""Every page of the app: its file, its address, its title, and where it stands in the navigation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from utils.text.locale import Message, lazy_gettext

SITUATION: Final = lazy_gettext("The crisis")
SOLIDARITY: Final = lazy_gettext("Solidarity")
USE: Final = lazy_gettext("Use the figures")
SECTIONS: Final = (SITUATION, SOLIDARITY, USE)
"""The groups of the menu, in order."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``name`` is its file in ``pages/`` and its address; the first page is ``/``.

    ``section`` is the group of the menu it stands in; without one it stands in the bar itself, under its
    ``short`` name where it has one. A ``hidden`` page opens by its address but is not in the navigation.
    """

    name: str
    title: Message
    section: Message | None = None
    hidden: bool = False
    short: Message | None = None

    @property
    def path(self) -> str:
        """The address below the root."""
        return "" if self is PAGES[0] else self.name

    @property
    def label(self) -> Message:
        """How the navigation calls it."""
        return self.short or self.title


PAGES: Final = (
    Page("overview", lazy_gettext("Overview")),
    Page("displacement", lazy_gettext("Displacement")),
    Page("shelters", lazy_gettext("Shelters")),
    Page("relief", lazy_gettext("Relief on the ground"), short=lazy_gettext("Relief")),
    Page("donations", lazy_gettext("Donations")),
    Page("timeline", lazy_gettext("Timeline")),
    Page("places", lazy_gettext("Places")),
    Page("solidarity", lazy_gettext("Solidarity around the world"), short=SOLIDARITY),
    Page("sources", lazy_gettext("Sources and methods"), short=lazy_gettext("Data")),
    Page("diplomacy", lazy_gettext("Diplomacy"), SITUATION),
    Page("information", lazy_gettext("Verified information"), SITUATION),
    Page("giving", lazy_gettext("The chain of giving"), SOLIDARITY),
    Page("events", lazy_gettext("Events"), SOLIDARITY),
    Page("organisations", lazy_gettext("Organisations"), SOLIDARITY),
    Page("memory", lazy_gettext("Memory and meaning"), SOLIDARITY),
    Page("press", lazy_gettext("For the press"), USE),
    Page("projector", lazy_gettext("For an evening in a hall"), USE),
    Page("privacy", lazy_gettext("Privacy"), hidden=True),
    Page("accessibility", lazy_gettext("Accessibility"), hidden=True),
    Page("systems", lazy_gettext("The article's systems"), hidden=True),
    Page("figure", lazy_gettext("One figure"), hidden=True),
)
BAR: Final = tuple(page for page in PAGES if page.section is None and not page.hidden)
"""Pages that stand in the bar, from left to right."""
FOOT: Final = ("sources", "press", "projector", "privacy", "accessibility", "systems")
"""Pages that the foot of every page links to, by name."""
PATHS: Final = tuple(find_page.path for find_page in PAGES)


def find_page(name: str) -> Page:
    """Return a page by its name. Raises ``KeyError``."""
    return {item.name: item for item in PAGES}[name]
