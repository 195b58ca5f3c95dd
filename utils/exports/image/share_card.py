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
from utils.exports.files import UnknownView
from utils.exports.image import text_shaping
from utils.exports.image.page import Page
from utils.exports.image.svg import Line, Mode, block_size, plain_lines
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


def make_share_card(_: Translator, release: Release, key: str, today: date) -> ShareCard:
    """Return the card of ``claim-<id>``, ``event-<id>`` or ``city-<id>``.

    Raises :class:`utils.exports.files.UnknownView` for any other key.
    """
    kind, _dash, code = key.partition("-")
    make = _KINDS.get(kind)
    made = make(_, release, code, today) if make else None
    if made is None:
        raise UnknownView(name=key)
    return made


def _claim(_: Translator, release: Release, code: str, _today: date) -> ShareCard | None:
    claim = next((item for item in information.claims(release) if item.item_id == code), None)
    if claim is None:
        return None
    on = formats.short_day(claim.on, _.lang) if claim.on else _("no date given")
    facts = [
        _("Checked by {checker}, {day}", checker=claim.checker, day=on),
        *((_("a government checks"),) if claim.by_a_party else ()),
    ]
    verdict = _("Verdict: {verdict}", verdict=_.pgettext("verdict", claim.verdict))
    return ShareCard(
        " · ".join((_("Claim"), verdict)),
        f"“{claim.said}”",
        tuple(facts),
        (claim.source,),
        "information",
        {"item": code},
    )


def _event(_: Translator, release: Release, code: str, today: date) -> ShareCard | None:
    event = events.by_id(release).get(code)
    if event is None or event.kind not in events.SOLIDARITY:
        return None
    named = [_.format(solidarity.by_id(release)[city].called) for city in event.cities]
    country = formats.country(event.country, _.lang) if event.country else ""
    where = ", ".join(filter(None, [*(named or [event.place]), country]))
    facts = [
        " · ".join(filter(None, (_day(_, event), where))),
        *((_("Announced"),) if event.is_announced(today) else ()),
        *(() if event.confirmed else (_("reported by one source"),)),
        *(
            _labelled(
                _,
                _("Who came, by each source"),
                f"{frame.quantity(_, figure.observation)} ({figure.claimed_by})",
            )
            for figure in event.attendance
        ),
    ]
    return ShareCard(
        _.pgettext("kind", event.kind), event.title, tuple(facts), (event.source,), "events", {"q": code}
    )


def _day(_: Translator, event: Gathering) -> str:
    if event.on is None:
        return _("no date given")
    days = [event.on] if event.until in (None, event.on) else [event.on, event.until]
    return " – ".join(formats.short_day(day, _.lang) for day in days if day)


def _city(_: Translator, release: Release, code: str, today: date) -> ShareCard | None:
    card = next((card for card in solidarity.cards(release, today) if card.city.city_id == code), None)
    if card is None:
        return None
    sums = list_items(_, _("Sums announced"), card.sums, _sum, _searched(_, card))
    past = list_items(_, _("What happened"), card.past, describe_event, _("none found"))
    coming = list_items(_, _("Next gathering"), card.next, describe_event, _("none announced"), most=1)
    needs = list_items(_, _("Needs adopted"), card.adopted, _need, _("none found"))
    where = ", ".join(
        filter(None, (_.pgettext("region", card.city.region), formats.country(card.city.country, _.lang)))
    )
    return ShareCard(
        where,
        card.city.names.of(_.lang),
        (sums.text, past.text, coming.text, needs.text),
        (
            *(shown.gift.source for shown in sums.shown),
            *(shown.source for shown in (*past.shown, *coming.shown)),
            *(shown.source for shown in needs.shown),
        ),
        "solidarity",
        {"city": code},
    )


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A line of a card that lists things, and those that it names."""

    text: str
    shown: tuple[T, ...]


def list_items(
    _: Translator,
    label: str,
    found: Sequence[T],
    write: Callable[[Translator, T], tuple[str, str]],
    nothing: str,
    *,
    most: int = 2,
) -> Listed[T]:
    """Return a line that names as many of ``found`` as fit, at most ``most``, and counts the others.

    ``write`` gives the text of an item, which may be cut, and its end, which may not.
    """
    if not found:
        return Listed(_labelled(_, label, nothing), ())

    def written(count: int, room: int | None = None) -> str:
        listed = "; ".join(_short(*write(_, item), room) for item in found[:count])
        more = len(found) - count
        if more:
            listed = _.ngettext("{listed} and {count} more", "{listed} and {count} more", more, listed=listed)
        return _labelled(_, label, listed)

    for count in range(min(most, len(found)), 0, -1):
        if _fits(written(count)):
            return Listed(written(count), tuple(found[:count]))
    longest = len(write(_, found[0])[0])
    cut = next((room for room in range(longest, 0, -1) if _fits(written(1, room))), 0)
    return Listed(written(1, cut), tuple(found[:1]))


def _fits(fact: str) -> bool:
    return len(text_shaping.wrap(fact, _FACT, SIZE[0] - 2 * _EDGE)) <= _FACT_LINES


def _short(text: str, end: str, room: int | None) -> str:
    """Return a text in whole words of so many signs, with an ellipsis where it is cut, and its end."""
    if room is not None and len(text) > room:
        text = text[:room].rpartition(" ")[0] + " …"
    return " ".join(filter(None, (text, end)))


def _labelled(_: Translator, label: str, figure: str) -> str:
    return _("{label}: {figure}", label=label, figure=figure)


def _searched(_: Translator, card: CityCard) -> str:
    none_found = _("none found")
    if card.searched_until is None:
        return none_found
    return none_found + ". " + _("Sums looked for until {day}.", day=card.searched_until)


def _sum(_: Translator, announced: CitySum) -> tuple[str, str]:
    gift = announced.gift
    word = "" if gift.qualifier == "exact" else _.pgettext("qualifier", gift.qualifier) + " "
    amount = formats.money(gift.amount, gift.currency, _.lang) if gift.amount is not None else gift.goods
    on = formats.short_day(gift.day, _.lang) if gift.dated and gift.day else _("no date given")
    return f"{word}{amount}", f"({_.translate(solidarity.EVIDENCE_NAMES[announced.evidence])}, {on})"


def describe_event(_: Translator, event: Gathering) -> tuple[str, str]:
    """Return what happened, and the day in brackets."""
    return event.title, f"({_day(_, event)})"


def _need(_: Translator, adoption: Adoption) -> tuple[str, str]:
    return adoption.need, ""


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
        (source,) = card.sources
        named = f"{source.publisher}, {source.title} ({_published(_, source)})"
    else:
        printed = [f"{source.publisher} ({_published(_, source)})" for source in card.sources]
        named = "; ".join(dict.fromkeys(printed))
    room = SIZE[0] - 2 * _EDGE
    if named:
        named = _("Sources: {names}", names=named)
    return [
        *text_shaping.clip(text_shaping.wrap(named, _FOOT, room), 2),
        _("Data release {release}.", release=release.release_id),
        *text_shaping.wrap(
            " · ".join(filter(None, ("Samaki · សាមគ្គី", card_address(_, card, base)))), _FOOT, room
        ),
    ]


def _published(_: Translator, source: SourceRef) -> str:
    if not source.published_on:
        return _("no date given")
    return formats.partial_date(source.published_on, _.lang)


def _title(page: Page, text: str) -> tuple[list[Line], float]:
    """Return the title in lines and their size, as large as it can be in four of them."""
    for size in range(_LARGEST, _SMALLEST - 1, -4):
        lines = text_shaping.wrap(text, size, page.room, weight=text_shaping.BOLD)
        if len(lines) <= _TITLE_LINES:
            break
    return page.wrap(text, size, _TITLE_LINES, bold=True), float(size)


def draw_share_card(
    _: Translator, release: Release, card: ShareCard, base: str, theme: Theme, *, mode: Mode = "outline"
) -> Markup:
    """Return the card as SVG, 1200 by 675 pixels."""
    page = Page(SIZE, theme, _EDGE, 40.0, SIZE[1] - 28.0, mode, accent=True)
    page.add_bottom(plain_lines(_foot(_, release, card, base)), _FOOT, fill=page.muted, gap=10)
    page.add_top(
        plain_lines([_("Cambodia–Thailand border crisis: situation dashboard")]), 21, fill=page.muted
    )
    page.top = 88.0
    page.add_top(plain_lines([card.kind], bold=True), 30)
    page.top = 150.0
    page.add_top(*_title(page, card.title), gap=16)
    for fact in card.facts:
        lines = page.wrap(fact, _FACT, _FACT_LINES)
        if block_size(lines, _FACT)[1] > page.left_over:
            break
        page.add_top(lines, _FACT, gap=6)
    description = " · ".join((card.kind, *card.facts))
    return page.as_svg(title=card.title, description=description, lang=_.lang)
