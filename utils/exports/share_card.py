"""A checked claim, an event or a city as a picture to pass on: what, when, who says so, where to read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar
from urllib.parse import urlencode

from utils.analysis import events, information, solidarity
from utils.analysis.events import Gathering
from utils.analysis.model import SourceRef
from utils.analysis.solidarity import Adoption, CityCard, CitySum
from utils.charts import frame
from utils.exports import lettering
from utils.exports.files import UnknownView
from utils.exports.svg import Mode, Pen, block_size, picture, plain_lines, rect
from utils.product import palette
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.html import Markup
from utils.text.locale import Translator, formats

SIZE: Final = (1200, 675)
_EDGE: Final = 60.0
_LARGEST: Final = 44
_SMALLEST: Final = 28
_TITLE_LINES: Final = 4
_FACT: Final = 25.0
_FACT_LINES: Final = 2
_FOOT: Final = 19.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What a picture says, line by line. ``page`` and ``query`` are the address where it is read whole."""

    kind: str
    title: str
    facts: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    page: str
    query: Mapping[str, str]


def share_card(_: Translator, release: Release, key: str, today: date) -> ShareCard:
    """Return the card of ``claim-<id>``, ``event-<id>`` or ``city-<id>``.

    Raises :class:`utils.exports.files.UnknownView` for any other key.
    """
    kind, _dash, known = key.partition("-")
    make = _KINDS.get(kind)
    made = make(_, release, known, today) if make else None
    if made is None:
        raise UnknownView(name=key)
    return made


def _claim(_: Translator, release: Release, known: str, _today: date) -> ShareCard | None:
    one = next((item for item in information.claims(release) if item.item_id == known), None)
    if one is None:
        return None
    on = formats.short_day(one.on, _.lang) if one.on else _("no date given")
    facts = [
        _("Checked by {checker}, {day}", checker=one.checker, day=on),
        *((_("a government checks"),) if one.by_a_party else ()),
    ]
    verdict = _("Verdict: {verdict}", verdict=_.c("verdict", one.verdict))
    return ShareCard(
        " · ".join((_("Claim"), verdict)),
        f"“{one.said}”",
        tuple(facts),
        (one.source,),
        "information",
        {"item": known},
    )


def _event(_: Translator, release: Release, known: str, today: date) -> ShareCard | None:
    one = events.by_id(release).get(known)
    if one is None or one.kind not in events.SOLIDARITY:
        return None
    named = [_.value(solidarity.by_id(release)[city].called) for city in one.cities]
    country = formats.country(one.country, _.lang) if one.country else ""
    facts = [
        " · ".join(filter(None, (_day(_, one), ", ".join(filter(None, [*(named or [one.place]), country]))))),
        *((_("Announced"),) if one.is_announced(today) else ()),
        *(() if one.confirmed else (_("reported by one source"),)),
        *(
            _told(
                _,
                _("Who came, by each source"),
                f"{frame.quantity(_, figure.observation)} ({figure.claimed_by})",
            )
            for figure in one.attendance
        ),
    ]
    return ShareCard(_.c("kind", one.kind), one.title, tuple(facts), (one.source,), "events", {"q": known})


def _day(_: Translator, one: Gathering) -> str:
    if one.on is None:
        return _("no date given")
    days = [one.on] if one.until in (None, one.on) else [one.on, one.until]
    return " – ".join(formats.short_day(day, _.lang) for day in days if day)


def _city(_: Translator, release: Release, known: str, today: date) -> ShareCard | None:
    card = next((one for one in solidarity.cards(release, today) if one.city.city_id == known), None)
    if card is None:
        return None
    sums = listed(_, _("Sums announced"), card.sums, _sum, _searched(_, card))
    past = listed(_, _("What happened"), card.past, act, _("none found"))
    coming = listed(_, _("Next gathering"), card.next, act, _("none announced"), most=1)
    needs = listed(_, _("Needs adopted"), card.adopted, _need, _("none found"))
    where = ", ".join(
        filter(None, (_.c("region", card.city.region), formats.country(card.city.country, _.lang)))
    )
    return ShareCard(
        where,
        card.city.names.of(_.lang),
        (sums.said, past.said, coming.said, needs.said),
        (
            *(one.gift.source for one in sums.shown),
            *(one.source for one in (*past.shown, *coming.shown)),
            *(one.source for one in needs.shown),
        ),
        "solidarity",
        {"city": known},
    )


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A line of a card that lists things, and those that it names."""

    said: str
    shown: tuple[T, ...]


def listed(
    _: Translator,
    label: str,
    found: Sequence[T],
    write: Callable[[Translator, T], tuple[str, str]],
    nothing: str,
    *,
    most: int = 2,
) -> Listed[T]:
    """Return as many things as the lines of a fact hold, and how many more there are.

    ``write`` gives a text that may be cut, and an end that may not.
    """
    if not found:
        return Listed(_told(_, label, nothing), ())

    def said(count: int, room: int | None = None) -> str:
        listed = "; ".join(_short(*write(_, one), room) for one in found[:count])
        more = len(found) - count
        if more:
            listed = _.n("{listed} and {count} more", "{listed} and {count} more", more, listed=listed)
        return _told(_, label, listed)

    for count in range(min(most, len(found)), 0, -1):
        if _fits(said(count)):
            return Listed(said(count), tuple(found[:count]))
    longest = len(write(_, found[0])[0])
    cut = next((room for room in range(longest, 0, -1) if _fits(said(1, room))), 0)
    return Listed(said(1, cut), tuple(found[:1]))


def _fits(fact: str) -> bool:
    return len(lettering.wrap(fact, _FACT, SIZE[0] - 2 * _EDGE)) <= _FACT_LINES


def _short(text: str, end: str, room: int | None) -> str:
    """Return a text in whole words of so many signs, with an ellipsis where it is cut, and its end."""
    if room is not None and len(text) > room:
        text = text[:room].rpartition(" ")[0] + " …"
    return " ".join(filter(None, (text, end)))


def _told(_: Translator, label: str, figure: str) -> str:
    return _("{label}: {figure}", label=label, figure=figure)


def _searched(_: Translator, card: CityCard) -> str:
    none_found = _("none found")
    if card.searched_until is None:
        return none_found
    return none_found + ". " + _("Sums looked for until {day}.", day=card.searched_until)


def _sum(_: Translator, one: CitySum) -> tuple[str, str]:
    gift = one.gift
    word = "" if gift.qualifier == "exact" else _.c("qualifier", gift.qualifier) + " "
    amount = formats.money(gift.amount, gift.currency, _.lang) if gift.amount is not None else gift.goods
    on = formats.short_day(gift.day, _.lang) if gift.dated and gift.day else _("no date given")
    return f"{word}{amount}", f"({_.msg(solidarity.EVIDENCE_NAMES[one.evidence])}, {on})"


def act(_: Translator, one: Gathering) -> tuple[str, str]:
    """Return what happened, and the day in brackets."""
    return one.title, f"({_day(_, one)})"


def _need(_: Translator, one: Adoption) -> tuple[str, str]:
    return one.need, ""


_KINDS: Final[Mapping[str, Callable[[Translator, Release, str, date], ShareCard | None]]] = {
    "claim": _claim,
    "event": _event,
    "city": _city,
}


def card_address(_: Translator, card: ShareCard, base: str) -> str:
    """Return the address at which the card is read whole; empty where the app's own is not known."""
    return f"{base}{card.page}?{urlencode({'lang': _.lang, **card.query})}" if base else ""


def _foot(_: Translator, release: Release, card: ShareCard, base: str) -> list[str]:
    """Return source, release and address, each on lines of its own."""
    if len(card.sources) == 1:
        (one,) = card.sources
        named = f"{one.publisher}, {one.title} ({_published(_, one)})"
    else:
        told = dict.fromkeys(f"{one.publisher} ({_published(_, one)})" for one in card.sources)
        named = "; ".join(told)
    room = SIZE[0] - 2 * _EDGE
    said = _("Sources: {names}", names=named) if named else ""
    return [
        *_cut(lettering.wrap(said, _FOOT, room), 2),
        _("Data release {release}.", release=release.release_id),
        *lettering.wrap(
            " · ".join(filter(None, ("Samaki · សាមគ្គី", card_address(_, card, base)))), _FOOT, room
        ),
    ]


def _published(_: Translator, source: SourceRef) -> str:
    if not source.published_on:
        return _("no date given")
    return formats.partial_date(source.published_on, _.lang)


def _cut(lines: list[str], most: int) -> list[str]:
    """Return at most so many lines; an ellipsis tells that something is left out."""
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1].rstrip() + " …"]


def _title(text: str, room: float) -> tuple[list[str], float]:
    """Return the title in lines, as large as it can be in four of them."""
    for size in range(_LARGEST, _SMALLEST - 1, -4):
        lines = lettering.wrap(text, size, room, weight=lettering.BOLD)
        if len(lines) <= _TITLE_LINES:
            return lines, float(size)
    return _cut(lines, _TITLE_LINES), float(_SMALLEST)


def drawn(
    _: Translator, release: Release, card: ShareCard, base: str, theme: Theme, *, mode: Mode = "outline"
) -> Markup:
    """Return the card as SVG, 1200 by 675 pixels."""
    wide, high = float(SIZE[0]), float(SIZE[1])
    pen, room = Pen(mode), wide - 2 * _EDGE
    ink, muted = palette.INK[theme], palette.MUTED[theme]
    lines, size = _title(card.title, room)
    title = plain_lines(lines, bold=True)
    foot = plain_lines(_foot(_, release, card, base))
    foot_top = high - 28 - block_size(foot, _FOOT)[1]
    top = 150 + block_size(title, size)[1] + 16
    parts = []
    for fact in card.facts:
        block = plain_lines(_cut(lettering.wrap(fact, _FACT, room), _FACT_LINES))
        tall = block_size(block, _FACT)[1]
        if top + tall > foot_top - 10:
            break
        parts.append(pen.block(_EDGE, top, block, size=_FACT, fill=ink))
        top += tall + 6
    return picture(
        wide,
        high,
        rect(0, 0, wide, high, fill=palette.PAPER[theme]),
        rect(0, 0, 16, high, fill=palette.DISPLACED[theme]),
        pen.block(
            _EDGE,
            40,
            plain_lines([_("Cambodia–Thailand border crisis: situation dashboard")]),
            size=21,
            fill=muted,
        ),
        pen.block(_EDGE, 88, plain_lines([card.kind], bold=True), size=30, fill=ink),
        pen.block(_EDGE, 150, title, size=size, fill=ink),
        *parts,
        pen.block(_EDGE, foot_top, foot, size=_FOOT, fill=muted),
        title=card.title,
        description=" · ".join((card.kind, *card.facts)),
        lang=_.lang,
    )
