"""What a volunteer's phone asks for: the pass, an entry, an undo, a correction, a second yes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final, cast

from starlette.requests import Request
from starlette.responses import Response

from utils.evening import amounts, http
from utils.evening.http import Answerable, NewPass, PassEnded
from utils.evening.ledger import amount_parser, sessions
from utils.evening.ledger import input_limits as texts
from utils.evening.ledger.currencies import decimal
from utils.evening.ledger.model import KIND_NAMES, REASON_NAMES, WAY_NAMES, Kind, Line, NewEntry, Reason, Way
from utils.evening.ledger.sessions import Holder
from utils.evening.security_log import write_event
from utils.evening.tonight import Tonight, add_up, load_tonight, needs_second
from utils.text.locale import Translator, lazy_gettext

NO_PASS: Final = lazy_gettext("This phone needs tonight's PIN.")
_NEWEST: Final = 40
_SHORT: Final = 40


async def give_pass(request: Request) -> Response:
    """``POST pin``: a pass for the right PIN, in a cookie."""
    content = await http.read_json(request)
    client = request.client.host if request.client else ""

    def work(_: Translator) -> NewPass:
        volunteer = _text(content, "volunteer", required=True, longest=_SHORT)
        try:
            token = sessions.give_pass(
                http.book(),
                http.evening_of(request),
                pin=str(content.get("pin", "")),
                volunteer=volunteer,
                client=client,
            )
            write_event("signed_in", request)
            return NewPass(token)
        except sessions.WrongPinGiven as wrong:
            write_event("wrong_pin", request)
            raise Answerable(status=403, message=wrong.message, field="pin", code="pin") from None
        except sessions.Locked as locked:
            write_event("locked", request)
            raise Answerable(status=429, message=locked.message, field="pin", code="locked") from None

    return await http.respond(request, work, http.PIN)


async def leave(request: Request) -> Response:
    """``POST leave``: end the pass of this phone; the next one at the table gives the PIN again."""
    await http.read_json(request)

    def work(_: Translator) -> PassEnded:
        token = request.cookies.get(http.COOKIE, "")
        if sessions.end_pass(http.book(), http.evening_of(request), token) is not None:
            write_event("signed_out", request)
        return PassEnded()

    return await http.respond(request, work)


async def enter(request: Request) -> Response:
    """``POST entries``: write an entry once; the same key again answers as the first time."""
    content = await http.read_json(request)

    def work(_: Translator) -> dict[str, Any]:
        who = require_pass(request)
        new = _new_entry(content)
        line = http.book().enter(
            who.evening_id,
            new,
            volunteer=who.volunteer,
            key=sent_key(content),
            needs_second=_large(who, new),
            age=_age(content),
        )
        return _line(_, line, who)

    return await http.respond(request, work)


async def counter(request: Request) -> Response:
    """``POST counter``: undo one's own entry, or correct one, with a new entry or without."""
    content = await http.read_json(request)

    def work(_: Translator) -> dict[str, Any]:
        who = require_pass(request)
        book, entry_id, key = http.book(), str(content.get("entry", "")), sent_key(content)
        reason = cast(Reason, str(content.get("reason", "")))
        if reason == "undo":
            return _line(_, book.undo(who.evening_id, entry_id, volunteer=who.volunteer, key=key), who)
        right = content.get("replacement")
        new = _new_entry(right) if isinstance(right, dict) else None
        if reason == "paid" and new is None:
            new = _promised_gift(book.line(who.evening_id, entry_id))
        line = book.counter(
            who.evening_id,
            entry_id,
            reason=reason,
            volunteer=who.volunteer,
            key=key,
            replacement=new,
            needs_second=new is not None and _large(who, new),
        )
        return _line(_, line, who)

    return await http.respond(request, work)


async def confirm(request: Request) -> Response:
    """``POST confirm``: the second person's yes."""
    content = await http.read_json(request)

    def work(_: Translator) -> dict[str, Any]:
        who = require_pass(request)
        entry_id = str(content.get("entry", ""))
        return _line(_, http.book().confirm(who.evening_id, entry_id, volunteer=who.volunteer), who)

    return await http.respond(request, work)


async def lines(request: Request) -> Response:
    """``GET lines``: the newest entries, what waits for a second person, the sums."""

    def work(_: Translator) -> dict[str, Any]:
        who = require_pass(request)
        now = load_tonight(http.release(), http.book(), who.evening_id)
        everything = sorted((*now.lines, *now.after_cut_off), key=lambda line: line.seq)
        return {
            "lines": [_line(_, line, who) for line in everything[-_NEWEST:][::-1]],
            "waiting": [_line(_, line, who) for line in everything if line.waiting],
            "sums": _sums(_, now),
            "volunteer": who.volunteer,
        }

    return await http.respond(request, work)


def require_pass(request: Request) -> Holder:
    """Return who holds the pass. Raises :class:`Answerable` (401) without one."""
    who = http.holder_of(request)
    if who is None:
        write_event("no_pass", request)
        raise Answerable(status=401, message=NO_PASS, code="pass")
    return who


def _sums(_: Translator, now: Tonight) -> str:
    currency = now.settings.currency
    sums = _(
        "Received tonight {received} · Promised {promised}",
        received=amounts.format_amount(now.received_sum, currency, _.lang),
        promised=amounts.format_amount(now.promised_sum, currency, _.lang),
    )
    if now.settings.cut_off is None:
        return sums
    late = amounts.format_amount(add_up(now.late_received), currency, _.lang)
    return f"{sums} · " + _("Received after the cut-off, apart: {amount}", amount=late)


def _line(_: Translator, line: Line, who: Holder) -> dict[str, Any]:
    counts = "apart" if line.late else "counts"
    state = "countered" if line.countered else "waiting" if line.waiting else counts
    about = [
        _.translate(KIND_NAMES[line.kind]),
        _.translate(WAY_NAMES[line.way]),
        line.place,
        line.organisation,
    ]
    return {
        "id": line.entry_id,
        "key": line.key,
        "given": amounts.format_entry(_, line),
        "about": " · ".join(filter(None, about)),
        "by": line.volunteer,
        "mine": line.volunteer == who.volunteer,
        "state": state,
        "reason": _.translate(REASON_NAMES[line.countered]) if line.countered else "",
        "amount": f"{decimal(line.amount, line.currency):f}" if line.amount and line.currency else "",
        "kind": line.kind,
        "way": line.way,
        "currency": line.currency or "",
        "place": line.place,
        "goods": line.goods,
        "quantity": line.quantity,
        "organisation": line.organisation,
    }


def _large(who: Holder, new: NewEntry) -> bool:
    return needs_second(http.release(), http.book().settings(who.evening_id), new)


def _promised_gift(promise: Line) -> NewEntry:
    """Return what was promised, as a gift."""
    return NewEntry(
        kind="gift",
        way=promise.way,
        currency=promise.currency,
        amount=promise.amount,
        place=promise.place,
        goods=promise.goods,
        quantity=promise.quantity,
        organisation=promise.organisation,
    )


def _new_entry(content: dict[str, Any]) -> NewEntry:
    """Return what was typed, checked. Raises :class:`Answerable` (422) naming the field."""
    way = cast(Way, str(content.get("way", "")))
    goods = way == "goods"
    currency = None if goods else str(content.get("currency", ""))
    organisation = _text(content, "organisation")
    if organisation and content.get("consent") is not True:
        raise Answerable(status=422, message=texts.TROUBLES["consent"], field="organisation", code="consent")
    return NewEntry(
        kind=cast(Kind, str(content.get("kind", ""))),
        way=way,
        currency=currency,
        amount=None if currency is None else _amount(content, currency),
        place=_text(content, "place"),
        goods=_text(content, "goods", required=True) if goods else "",
        quantity=_quantity(content) if goods else None,
        organisation=organisation,
    )


def _amount(content: dict[str, Any], currency: str) -> int:
    try:
        return amount_parser.parse(str(content.get("amount", ""))[:_SHORT], currency)
    except amount_parser.Unclear as unclear:
        raise Answerable(status=422, message=unclear.message, field="amount", code=unclear.code) from None


def _quantity(content: dict[str, Any]) -> int | None:
    written = str(content.get("quantity") or "").strip()
    if not written:
        return None
    try:
        return amount_parser.parse(written[:_SHORT], "JPY")  # pieces have no fraction either
    except amount_parser.Unclear as unclear:
        raise Answerable(status=422, message=unclear.message, field="quantity", code=unclear.code) from None


def _text(
    content: dict[str, Any], field: str, *, required: bool = False, longest: int = texts.LONGEST
) -> str:
    try:
        return texts.clean(field, str(content.get(field) or ""), required=required, longest=longest)
    except texts.Unfit as unfit:
        raise Answerable(status=422, message=unfit.message, field=field, code=unfit.code) from None


def sent_key(content: dict[str, Any]) -> str:
    """Return the key that a phone made for what it sends. Raises :class:`Answerable` (422)."""
    key = str(content.get("key", ""))
    if not (12 <= len(key) <= 70 and key.isascii() and key.isprintable()):
        raise Answerable(
            status=422, message=lazy_gettext("This could not be entered."), field="key", code="key"
        )
    return key


def _age(content: dict[str, Any]) -> timedelta:
    """Return how long the entry waited on the phone; nonsense counts as not at all."""
    age = content.get("age_ms", 0)
    usable = isinstance(age, int | float) and not isinstance(age, bool) and 0 <= age < 1e9
    return timedelta(milliseconds=age if usable else 0)
