"""The systems of the article this record started from: where each is on screen, or why it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from utils.text.locale import Message, lazy_gettext

SystemState = Literal["shown", "waiting", "left_out"]
STATES: Final[Mapping[SystemState, Message]] = {
    "shown": lazy_gettext("on screen"),
    "waiting": lazy_gettext("waits for rows"),
    "left_out": lazy_gettext("left out"),
}


@dataclass(frozen=True, slots=True)
class System:
    """One system: its number in the order of the article, what it is, and where it is found.

    ``page`` and ``query`` are the address; ``table`` is the table to fill in where nothing was found.
    ``part`` is the heading on that page under which it stands; empty where the whole page is it.
    ``why`` says what is lacking, or why it is left out.
    """

    number: int
    what: Message
    page: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    table: str = ""
    why: Message | None = None
    state: SystemState = "shown"
    part: Message | None = None


def _shown(
    number: int,
    what: Message,
    page: str,
    why: Message | None = None,
    *,
    part: Message | None = None,
    **query: str,
) -> System:
    return System(number, what, page, query, why=why, part=part)


def _waiting(number: int, what: Message, table: str, why: Message) -> System:
    return System(
        number, what, "information", {"add": table}, table, why, "waiting", lazy_gettext("Add yours")
    )


NONE_PUBLIC: Final = lazy_gettext("Nothing public was found: the table and its template wait.")
SYSTEMS: Final[tuple[System, ...]] = (
    _shown(1, lazy_gettext("State of the crisis: round, days since the truce, last event"), "overview"),
    _shown(2, lazy_gettext("People displaced, by province and over time"), "displacement"),
    _shown(
        3,
        lazy_gettext("Killed and injured, by side and by who counted"),
        "overview",
        part=lazy_gettext("Killed and injured"),
    ),
    _shown(4, lazy_gettext("Solidarity on a map of the world"), "solidarity"),
    _shown(
        5,
        lazy_gettext("Marches: calendar, list, who came by each source"),
        "events",
        kind="march",
        part=lazy_gettext("List of events"),
    ),
    _waiting(
        6,
        lazy_gettext("Hashtags and viral pictures"),
        "hashtags",
        lazy_gettext("Press mentions are shown; no series was found."),
    ),
    _shown(
        7,
        lazy_gettext("Claims checked, with a card to share"),
        "information",
        part=lazy_gettext("Claims checked"),
    ),
    _shown(
        8,
        lazy_gettext("Health facilities closed or strained"),
        "relief",
        lazy_gettext("Counts of facilities closed, damaged or open again; no bed occupancy was found."),
        part=lazy_gettext("Health facilities"),
    ),
    _shown(
        9,
        lazy_gettext("Villages emptied, and who cannot go home"),
        "overview",
        lazy_gettext("Flashpoints are named; villages are not, since a name can lead to people."),
    ),
    _shown(10, lazy_gettext("Who does what where"), "relief", part=lazy_gettext("Who does what where")),
    _shown(
        11,
        lazy_gettext("Food, medicine, kits: what was brought, to whom"),
        "relief",
        status="reported",
        part=lazy_gettext("List of deliveries"),
    ),
    _shown(
        12,
        lazy_gettext("Ways of flight and dangers on the road"),
        "relief",
        lazy_gettext("Dated list of roads, bridges and mines; no official routes were found."),
        part=lazy_gettext("Access"),
    ),
    _shown(
        13,
        lazy_gettext("Pagodas as shelters"),
        "shelters",
        lazy_gettext("Counted by district; named only where closed."),
    ),
    _shown(
        14,
        lazy_gettext("Pagodas and places where goods are collected"),
        "relief",
        part=lazy_gettext("Pagodas and collection points"),
    ),
    _shown(15, lazy_gettext("Coordination, at home and abroad"), "organisations", role="coordination"),
    _shown(
        16,
        lazy_gettext("Aid despite danger: refused, delayed, blocked"),
        "relief",
        status="refused",
        part=lazy_gettext("List of deliveries"),
    ),
    _shown(
        17,
        lazy_gettext("Needs passed on to capitals"),
        "relief",
        lazy_gettext("Figures by sector with source and day."),
        part=lazy_gettext("Needs and gaps"),
    ),
    _shown(
        18, lazy_gettext("One card for each city"), "solidarity", city="paris", part=lazy_gettext("Cities")
    ),
    _shown(19, lazy_gettext("Money raised, what counts and what does not"), "donations"),
    _waiting(20, lazy_gettext("Collections of medicine"), "collections", NONE_PUBLIC),
    _shown(
        21,
        lazy_gettext("Attention of the press abroad"),
        "sources",
        lazy_gettext("The list of sources is itself a log of the press, by language and kind."),
        kind="media",
        part=lazy_gettext("Sources"),
    ),
    _waiting(22, lazy_gettext("Who does which task, across time zones"), "adopted_tasks", NONE_PUBLIC),
    _shown(
        23, lazy_gettext("How quickly people acted"), "events", part=lazy_gettext("How quickly people acted")
    ),
    _shown(24, lazy_gettext("Memory of exile and genocide"), "memory"),
    _shown(
        25,
        lazy_gettext("Letters, petitions, motions, and their answers"),
        "events",
        kind="advocacy",
        part=lazy_gettext("Letters, petitions, motions"),
    ),
    _shown(26, lazy_gettext("Talks, courts, agreements"), "diplomacy"),
    _shown(
        27,
        lazy_gettext("Japan: rallies, organisations, grants"),
        "events",
        country="JPN",
        part=lazy_gettext("List of events"),
    ),
    _shown(28, lazy_gettext("Associations and who they are"), "organisations", kind="diaspora"),
    _waiting(29, lazy_gettext("Calls of the first night, and how far they reached"), "streams", NONE_PUBLIC),
    _shown(
        30,
        lazy_gettext("Charity evenings and what they brought"),
        "events",
        lazy_gettext("No evening with a day or a sum was found: one is added as an event with its figures."),
        kind="fundraiser",
        part=lazy_gettext("List of events"),
    ),
    _shown(
        31,
        lazy_gettext("From donor to association, organisation and province"),
        "giving",
        part=lazy_gettext("Money"),
    ),
    _shown(
        32,
        lazy_gettext("People who came home from Thailand"),
        "displacement",
        part=lazy_gettext("Migrants back from Thailand"),
    ),
    _shown(
        33,
        lazy_gettext("Neutrality: two sides, each claim attributed"),
        "sources",
        part=lazy_gettext("Where counts differ"),
    ),
    _shown(34, lazy_gettext("Verified channels to relay"), "information", part=lazy_gettext("Channels")),
    _shown(
        35,
        lazy_gettext("Host families beside sites"),
        "relief",
        lazy_gettext("As counts, never as addresses."),
        part=lazy_gettext("Hosted people beside people in sites"),
    ),
    _shown(
        36,
        lazy_gettext("Transport from Bangkok, Vientiane, Kuala Lumpur"),
        "giving",
        lazy_gettext("State of each corridor; no cargo was found, so none is shown."),
        part=lazy_gettext("Transport corridors"),
    ),
    _shown(
        37,
        lazy_gettext("Friends of Cambodia: what they can relay"),
        "information",
        part=lazy_gettext("Friends and contributors"),
    ),
    _shown(
        38,
        lazy_gettext("France: statements, meetings, requests"),
        "diplomacy",
        actor="FRA",
        part=lazy_gettext("France"),
    ),
    _shown(
        39,
        lazy_gettext("Contacts between organisations, authorities and the field"),
        "information",
        lazy_gettext("Institutions only; few were found."),
        part=lazy_gettext("Contacts of institutions"),
    ),
    _shown(
        40,
        lazy_gettext("Peace, prayers, remembrance"),
        "memory",
        part=lazy_gettext("Walks, prayers and ceremonies"),
    ),
    _waiting(41, lazy_gettext("Livestreams and what they brought"), "streams", NONE_PUBLIC),
    System(
        42,
        lazy_gettext("Pictures and their credits"),
        why=lazy_gettext(
            "No picture is shown: none was found under a free licence, and victims are not shown."
        ),
        state="left_out",
    ),
    System(
        43,
        lazy_gettext("Comments and ratings"),
        why=lazy_gettext("No open comments: a correction is a row with a source, which anyone can send."),
        state="left_out",
    ),
)
"""In the order of the article."""
