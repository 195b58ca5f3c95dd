"""A checked claim, an event or a city as a picture to pass on: what, when, who says so, where to read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from utils import palette
from utils.analysis import cities, gatherings, information
from utils.analysis.cities import CityCard, CitySum
from utils.analysis.gatherings import Gathering
from utils.analysis.model import SourceRef
from utils.charts import frame
from utils.exports import lettering
from utils.exports.svg import Mode, Pen, block_size, picture, plain_lines, rect
from utils.exports.views import UnknownView
from utils.html import Markup
from utils.locale import Translator, formats
from utils.palette import Theme
from utils.store import Release

SIZE: Final = (1200, 675)
_EDGE: Final = 60.0
_LARGEST: Final = 44
_SMALLEST: Final = 28
_TITLE_LINES: Final = 4
_FACT: Final = 25.0
_FOOT: Final = 19.0


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

    Raises :class:`utils.exports.views.UnknownView` for any other key.
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
        f"{_('Claim')} · {verdict}",
        f"“{one.said}”",
        tuple(facts),
        (one.source,),
        "information",
        {"item": known},
    )


def _event(_: Translator, release: Release, known: str, today: date) -> ShareCard | None:
    one = gatherings.by_id(release).get(known)
    if one is None or one.kind not in gatherings.SOLIDARITY:
        return None
    named = [_.value(cities.by_id(release)[city].called) for city in one.cities]
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
    card = next((one for one in cities.cards(release, today) if one.city.city_id == known), None)
    if card is None:
        return None
    where = ", ".join(
        filter(None, (_.c("region", card.city.region), formats.country(card.city.country, _.lang)))
    )
    return ShareCard(
        where,
        card.city.names.of(_.lang),
        (
            _told(
                _, _("Sums announced"), "; ".join(_sum(_, one) for one in card.sums[:2]) or _searched(_, card)
            ),
            _told(_, _("What happened"), "; ".join(_act(_, one) for one in card.past[:2]) or _("none found")),
            _told(
                _,
                _("Next gathering"),
                "; ".join(_act(_, one) for one in card.next[:1]) or _("none announced"),
            ),
            _told(_, _("Needs adopted"), "; ".join(one.need for one in card.adopted[:2]) or _("none found")),
        ),
        tuple(
            [one.gift.source for one in card.sums[:2]]
            + [one.source for one in (*card.past[:2], *card.next[:1])]
        ),
        "solidarity",
        {"city": known},
    )


def _told(_: Translator, label: str, figure: str) -> str:
    return _("{label}: {figure}", label=label, figure=figure)


def _searched(_: Translator, card: CityCard) -> str:
    if card.searched_until is None:
        return _("none found")
    return f"{_('none found')}. {_('Sums looked for until {day}.', day=card.searched_until)}"


def _sum(_: Translator, one: CitySum) -> str:
    gift = one.gift
    word = "" if gift.qualifier == "exact" else _.c("qualifier", gift.qualifier) + " "
    amount = formats.money(gift.amount, gift.currency, _.lang) if gift.amount is not None else gift.goods
    on = formats.short_day(gift.day, _.lang) if gift.dated and gift.day else _("no date given")
    return f"{word}{amount} ({_.msg(cities.EVIDENCE_NAMES[one.evidence])}, {on})"


def _act(_: Translator, one: Gathering) -> str:
    return f"{one.title} ({_day(_, one)})"


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
    told = sorted({one.publisher for one in card.sources})
    names = [
        f"{one.publisher}, {one.title} ({one.published_on or _('no date given')})" for one in card.sources
    ]
    named = names[0] if len(names) == 1 else ", ".join(told)
    room = SIZE[0] - 2 * _EDGE
    said = _("Sources: {names}", names=named) if named else ""
    return [
        *_cut(lettering.wrap(said, _FOOT, room), 2),
        _("Data release {release}.", release=release.release_id),
        *lettering.wrap(
            " · ".join(filter(None, ("Samaki · សាមគ្គី", card_address(_, card, base)))), _FOOT, room
        ),
    ]


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
        block = plain_lines(_cut(lettering.wrap(fact, _FACT, room), 2))
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
