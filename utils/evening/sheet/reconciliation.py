"""The sheet at the end of the night: every sum a treasurer signs for, and what remains to be done.

One list of sections; the PDF and the workbook print the same ones. Amounts are exact, to the smallest
unit of the currency in which they were given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from utils.evening import amounts
from utils.evening.codes import UNREAD_CODES, GiftCode
from utils.evening.ledger.model import KIND_NAMES, REASON_NAMES, WAY_NAMES, Line
from utils.evening.tonight import Part, Tonight, add_up
from utils.text.locale import Translator, formats

Cell = str | int
_SHORT: Final = 8


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the smallest unit, for a workbook that adds up."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the sheet. Cells are text, counts or :class:`Money`."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | Money, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet in one language; ``facts`` stand above the tables, ``signatures`` below them."""

    title: str
    facts: tuple[str, ...]
    sections: tuple[Section, ...]
    signatures: tuple[str, str]
    lang: str


def build_sheet(_: Translator, now: Tonight, codes: Sequence[GiftCode] | None = ()) -> Sheet:
    """Return the sheet of an evening; ``codes`` is ``None`` where their file cannot be read."""
    settings = now.settings
    counted = [line for line in now.lines if line.counts]
    late = [line for line in now.after_cut_off if line.counts]
    everything = sorted((*now.lines, *now.after_cut_off), key=lambda line: line.seq)
    sections = (
        _by_currency(_, now),
        _since(_, now),
        _by_way(_, counted),
        _by_volunteer(_, counted),
        _goods(_, now),
        _pledges(_, [*counted, *late]),
        _listed(
            _, "waiting", _("Not counted: waits for a second person"), [x for x in everything if x.waiting]
        ),
        _countered(_, everything),
        _late_sums(_, now),
        _listed(_, "late", _("After the cut-off, counted apart: entries"), late),
        _codes(
            _, codes or (), (settings.cut_off or now.updated_at or settings.created_at).astimezone().date()
        ),
        _listed(_, "entries", _("Every entry that counts"), counted),
    )
    return Sheet(
        title=_("Reconciliation sheet: {evening}", evening=settings.evening_id),
        facts=(*_facts(_, now), *([_.translate(UNREAD_CODES)] if codes is None else [])),
        sections=tuple(section for section in sections if section.rows),
        signatures=(_("Treasurer: name, date, signature"), _("Second person: name, date, signature")),
        lang=_.lang,
    )


def _facts(_: Translator, now: Tonight) -> Iterable[str]:
    settings, currency = now.settings, now.settings.currency
    for earlier in now.signed[:-1]:
        yield _(
            "Earlier cut-off, moved: {moment}, named by {post}. Received then: {amount}",
            moment=_moment(_, earlier.cut.cut_off),
            post=earlier.cut.volunteer,
            amount=amounts.format_amount(earlier.received_sum, currency, _.lang),
        )
    if settings.cut_off:
        moment = settings.cut_off.astimezone()
        yield _("Cut-off: {day}, {time}", day=moment.date(), time=amounts.format_time(moment, _.lang))
    else:
        yield _("The evening is not closed: these sums may still change.")
    if now.signed and (change := now.received_sum - now.signed[-1].received_sum):
        yield _(
            "Received when the cut-off was named: {amount}. Corrected since: {change}",
            amount=amounts.format_amount(now.signed[-1].received_sum, currency, _.lang),
            change=("+" if change > 0 else "") + amounts.format_amount(change, currency, _.lang),
        )
    yield _("Received tonight: {amount}", amount=amounts.format_amount(now.received_sum, currency, _.lang))
    yield _(
        "Promised tonight, not yet received: {amount}",
        amount=amounts.format_amount(now.promised_sum, currency, _.lang),
    )
    yield _(
        "Stood before tonight: {amount}", amount=amounts.format_amount(settings.opened_at, currency, _.lang)
    )
    if late := add_up(now.late_received):
        yield _(
            "Received after the cut-off, apart: {amount}",
            amount=amounts.format_amount(late, currency, _.lang),
        )
    for rate in now.rates:
        yield amounts.format_rate(_, rate, currency)
    if now.unconverted:
        yield _("Not converted, no rate: {amounts}", amounts=amounts.format_parts(now.unconverted, _.lang))


def _by_currency(_: Translator, now: Tonight) -> Section:
    named = (
        (_("Received"), now.received),
        (_("Promised"), now.promised),
        (_("Matched, signed"), now.matched),
    )
    columns = (_("What"), _("As given"), _("In {currency}", currency=now.settings.currency))
    return Section("currencies", _("By currency"), columns, _parts(_, now, named))


def _since(_: Translator, now: Tonight) -> Section:
    """Return what changed since the cut-off was named: nothing where all stands as it was signed for."""
    rows: list[tuple[Cell | Money, ...]] = []
    for name, then, today in (
        (
            (_("Received"), now.signed[-1].received, now.received),
            (_("Promised"), now.signed[-1].promised, now.promised),
            (_("Matched, signed"), now.signed[-1].matched, now.matched),
        )
        if now.signed
        else ()
    ):
        before = {part.currency: part.amount for part in then}
        after = {part.currency: part.amount for part in today}
        for currency in sorted(before | after):
            was, is_now = before.get(currency, 0), after.get(currency, 0)
            if was != is_now:
                change = Money(is_now - was, currency)
                rows.append((name, Money(was, currency), change, Money(is_now, currency)))
    columns = (_("What"), _("At the cut-off"), _("Corrected since"), _("Now"))
    return Section("since", _("Corrected since the cut-off was named"), columns, tuple(rows))


def _late_sums(_: Translator, now: Tonight) -> Section:
    rows = _parts(_, now, ((_("Received"), now.late_received), (_("Promised"), now.late_promised)))
    columns = (_("What"), _("As given"), _("In {currency}", currency=now.settings.currency))
    return Section("late_sums", _("After the cut-off, counted apart: sums"), columns, rows)


def _parts(
    _: Translator, now: Tonight, named: Iterable[tuple[str, tuple[Part, ...]]]
) -> tuple[tuple[Cell | Money, ...], ...]:
    into = now.settings.currency
    return tuple(
        (
            name,
            Money(part.amount, part.currency),
            Money(part.converted, into) if part.converted is not None else "—",
        )
        for name, parts in named
        for part in parts
    )


def _moment(_: Translator, moment: datetime) -> str:
    here = moment.astimezone()
    return f"{formats.format_day(here.date(), _.lang)}, {amounts.format_time(here, _.lang)}"


def _money_by(lines: Iterable[Line], key: Callable[[Line], str]) -> list[tuple[Line, int, Money]]:
    """Return entries of money by ``key``, kind and currency: one of them, their number, their sum."""
    groups: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        if line.amount is not None and line.currency:
            groups.setdefault((key(line), line.kind, line.currency), []).append(line)
    return [
        (found[0], len(found), Money(sum(line.amount or 0 for line in found), currency))
        for (_key, _kind, currency), found in sorted(groups.items())
    ]


def _by_way(_: Translator, counted: list[Line]) -> Section:
    rows = tuple(
        (_.translate(WAY_NAMES[line.way]), _.translate(KIND_NAMES[line.kind]), count, money)
        for line, count, money in _money_by(counted, lambda line: line.way)
    )
    return Section("ways", _("By way of giving"), (_("Way"), _("What"), _("Entries"), _("Sum")), rows)


def _by_volunteer(_: Translator, counted: list[Line]) -> Section:
    rows = tuple(
        (line.volunteer, _.translate(KIND_NAMES[line.kind]), count, money)
        for line, count, money in _money_by(counted, lambda line: line.volunteer)
    )
    columns = (_("Post"), _("What"), _("Entries"), _("Sum"))
    return Section("volunteers", _("By table or post"), columns, rows)


def _goods(_: Translator, now: Tonight) -> Section:
    rows = tuple(
        (item, _.translate(KIND_NAMES["gift" if kind == "gift" else "pledge"]), count)
        for (item, kind), count in sorted(now.totals.goods.items())
    )
    return Section("goods", _("Goods, in pieces"), (_("Goods"), _("What"), _("Pieces")), rows)


def _pledges(_: Translator, counted: list[Line]) -> Section:
    found = [line for line in counted if line.kind == "pledge"]
    return _listed(_, "pledges", _("Promises to follow up"), found)


def _listed(_: Translator, key: str, title: str, lines: Iterable[Line]) -> Section:
    rows = tuple(
        (
            line.entry_id[:_SHORT],
            amounts.format_time(line.typed_at, _.lang),
            line.volunteer,
            _.translate(KIND_NAMES[line.kind]),
            _.translate(WAY_NAMES[line.way]),
            " · ".join(filter(None, (line.place, line.organisation))),
            _given(_, line),
        )
        for line in lines
    )
    columns = (_("No."), _("Time"), _("Post"), _("What"), _("Way"), _("Table, organisation"), _("Given"))
    return Section(key, title, columns, rows)


def _countered(_: Translator, lines: Iterable[Line]) -> Section:
    rows = tuple(
        (
            line.entry_id[:_SHORT],
            line.volunteer,
            _given(_, line),
            _.translate(REASON_NAMES[line.countered]),
            line.countered_by,
            line.replaced_by[:_SHORT] or "—",
        )
        for line in lines
        if line.countered
    )
    columns = (_("No."), _("Post"), _("Given"), _("Reason"), _("Countered by"), _("Replaced by"))
    return Section("countered", _("Not counted: undone and corrected"), columns, rows)


def _codes(_: Translator, codes: Iterable[GiftCode], day: date) -> Section:
    rows = []
    for code in codes:
        good = code.state(day) == "good"
        rows.append(
            (
                code.institution,
                code.address if good else "—",
                amounts.describe_check(_, code) if good else amounts.explain_hidden_code(_, code, day),
            )
        )
    columns = (_("Organisation"), _("Address"), _("Check"))
    return Section("codes", _("Donation codes of the evening"), columns, tuple(rows))


def _given(_: Translator, line: Line) -> Cell | Money:
    if line.amount is not None and line.currency:
        return Money(line.amount, line.currency)
    count = f"{formats.format_number(line.quantity, _.lang)} × " if line.quantity else ""
    return f"{count}{line.goods}"


def format_cell(cell: Cell | Money, lang: str) -> str:
    """Return a cell as text."""
    if isinstance(cell, Money):
        return amounts.format_amount(cell.minor, cell.currency, lang)
    return formats.format_number(cell, lang) if isinstance(cell, int) else cell
