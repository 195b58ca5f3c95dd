"""The systems of the article this record started from: where each is on screen, or why it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from utils.text.locale import M_, Message

State = Literal["shown", "waiting", "left_out"]
STATES: Final[Mapping[State, Message]] = {
    "shown": M_("on screen"),
    "waiting": M_("waits for rows"),
    "left_out": M_("left out"),
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
    state: State = "shown"
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
    return System(number, what, "information", {"add": table}, table, why, "waiting", M_("Add yours"))


NONE_PUBLIC: Final = M_("Nothing public was found: the table and its template wait.")
SYSTEMS: Final[tuple[System, ...]] = (
    _shown(1, M_("State of the crisis: round, days since the truce, last event"), "overview"),
    _shown(2, M_("People displaced, by province and over time"), "displacement"),
    _shown(
        3, M_("Killed and injured, by side and by who counted"), "overview", part=M_("Killed and injured")
    ),
    _shown(4, M_("Solidarity on a map of the world"), "solidarity"),
    _shown(
        5,
        M_("Marches: calendar, list, who came by each source"),
        "events",
        kind="march",
        part=M_("List of events"),
    ),
    _waiting(
        6, M_("Hashtags and viral pictures"), "hashtags", M_("Press mentions are shown; no series was found.")
    ),
    _shown(7, M_("Claims checked, with a card to share"), "information", part=M_("Claims checked")),
    _shown(
        8,
        M_("Health facilities closed or strained"),
        "relief",
        M_("Counts of facilities closed, damaged or open again; no bed occupancy was found."),
        part=M_("Health facilities"),
    ),
    _shown(
        9,
        M_("Villages emptied, and who cannot go home"),
        "overview",
        M_("Flashpoints are named; villages are not, since a name can lead to people."),
    ),
    _shown(10, M_("Who does what where"), "relief", part=M_("Who does what where")),
    _shown(
        11,
        M_("Food, medicine, kits: what was brought, to whom"),
        "relief",
        status="reported",
        part=M_("List of deliveries"),
    ),
    _shown(
        12,
        M_("Ways of flight and dangers on the road"),
        "relief",
        M_("Dated list of roads, bridges and mines; no official routes were found."),
        part=M_("Access"),
    ),
    _shown(13, M_("Pagodas as shelters"), "shelters", M_("Counted by district; named only where closed.")),
    _shown(
        14,
        M_("Pagodas and places where goods are collected"),
        "relief",
        part=M_("Pagodas and collection points"),
    ),
    _shown(15, M_("Coordination, at home and abroad"), "organisations", role="coordination"),
    _shown(
        16,
        M_("Aid despite danger: refused, delayed, blocked"),
        "relief",
        status="refused",
        part=M_("List of deliveries"),
    ),
    _shown(
        17,
        M_("Needs passed on to capitals"),
        "relief",
        M_("Figures by sector with source and day."),
        part=M_("Needs and gaps"),
    ),
    _shown(18, M_("One card for each city"), "solidarity", city="paris", part=M_("Cities")),
    _shown(19, M_("Money raised, what counts and what does not"), "donations"),
    _waiting(20, M_("Collections of medicine"), "collections", NONE_PUBLIC),
    _shown(
        21,
        M_("Attention of the press abroad"),
        "sources",
        M_("The list of sources is itself a log of the press, by language and kind."),
        kind="media",
        part=M_("Sources"),
    ),
    _waiting(22, M_("Who does which task, across time zones"), "adopted_tasks", NONE_PUBLIC),
    _shown(23, M_("How quickly people acted"), "events", part=M_("How quickly people acted")),
    _shown(24, M_("Memory of exile and genocide"), "memory"),
    _shown(
        25,
        M_("Letters, petitions, motions, and their answers"),
        "events",
        kind="advocacy",
        part=M_("Letters, petitions, motions"),
    ),
    _shown(26, M_("Talks, courts, agreements"), "diplomacy"),
    _shown(
        27, M_("Japan: rallies, organisations, grants"), "events", country="JPN", part=M_("List of events")
    ),
    _shown(28, M_("Associations and who they are"), "organisations", kind="diaspora"),
    _waiting(29, M_("Calls of the first night, and how far they reached"), "streams", NONE_PUBLIC),
    _shown(
        30,
        M_("Charity evenings and what they brought"),
        "events",
        M_("No evening with a day or a sum was found: one is added as an event with its figures."),
        kind="fundraiser",
        part=M_("List of events"),
    ),
    _shown(31, M_("From donor to association, organisation and province"), "giving", part=M_("Money")),
    _shown(
        32, M_("People who came home from Thailand"), "displacement", part=M_("Migrants back from Thailand")
    ),
    _shown(33, M_("Neutrality: two sides, each claim attributed"), "sources", part=M_("Where counts differ")),
    _shown(34, M_("Verified channels to relay"), "information", part=M_("Channels")),
    _shown(
        35,
        M_("Host families beside sites"),
        "relief",
        M_("As counts, never as addresses."),
        part=M_("Hosted people beside people in sites"),
    ),
    _shown(
        36,
        M_("Transport from Bangkok, Vientiane, Kuala Lumpur"),
        "giving",
        M_("State of each corridor; no cargo was found, so none is shown."),
        part=M_("Transport corridors"),
    ),
    _shown(
        37, M_("Friends of Cambodia: what they can relay"), "information", part=M_("Friends and contributors")
    ),
    _shown(38, M_("France: statements, meetings, requests"), "diplomacy", actor="FRA", part=M_("France")),
    _shown(
        39,
        M_("Contacts between organisations, authorities and the field"),
        "information",
        M_("Institutions only; few were found."),
        part=M_("Contacts of institutions"),
    ),
    _shown(40, M_("Peace, prayers, remembrance"), "memory", part=M_("Walks, prayers and ceremonies")),
    _waiting(41, M_("Livestreams and what they brought"), "streams", NONE_PUBLIC),
    System(
        42,
        M_("Pictures and their credits"),
        why=M_("No picture is shown: none was found under a free licence, and victims are not shown."),
        state="left_out",
    ),
    System(
        43,
        M_("Comments and ratings"),
        why=M_("No open comments: a correction is a row with a source, which anyone can send."),
        state="left_out",
    ),
)
"""In the order of the article."""
