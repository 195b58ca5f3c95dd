"""Tonight in one currency: what came in, what was promised, what stood before, each apart.

The wall and the sheet read this and nothing else, so they cannot differ. The rate is that of the day
the evening opened, rounded to the digits that are shown: anyone can check the sum by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, cast, get_args

from utils.analysis import exchange_rates
from utils.analysis.exchange_rates import Currency, NoRate
from utils.evening.ledger import matches
from utils.evening.ledger.book import Book
from utils.evening.ledger.currencies import DECIMALS, decimal
from utils.evening.ledger.model import Cut, EveningSettings, Line, MatchLine, NewEntry
from utils.evening.ledger.sides import as_named
from utils.evening.ledger.totals import Totals, totals
from utils.releases import Release
from utils.settings.clock import PHNOM_PENH

CURRENCIES: Final[tuple[Currency, ...]] = get_args(Currency)
"""What an evening may be counted in: the currencies the record converts into."""
_SHOWN: Final = Context(prec=6, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of the evening's currency for one unit of ``currency``; six digits, as shown."""

    currency: str
    value: Decimal
    day: date
    official: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What came in one currency: smallest units as given, and in the evening's currency.

    ``converted`` is ``None`` where no rate is known: it is shown, but adds to no total.
    """

    currency: str
    amount: int
    converted: int | None


@dataclass(frozen=True, slots=True)
class Signed:
    """What stood when a cut-off was named, which people signed for."""

    cut: Cut
    received: tuple[Part, ...]
    promised: tuple[Part, ...]
    matched: tuple[Part, ...]

    @property
    def received_sum(self) -> int:
        """What had come in."""
        return add_up(self.received)


@dataclass(frozen=True, slots=True)
class Tonight:
    """The evening's sums in the smallest unit of its currency.

    Those of the closed part, corrected up to now; what came after the cut-off stands apart.
    """

    settings: EveningSettings
    lines: tuple[Line, ...]
    totals: Totals
    matches: tuple[MatchLine, ...]
    received: tuple[Part, ...]
    promised: tuple[Part, ...]
    matched: tuple[Part, ...]
    rates: tuple[Rate, ...]
    updated_at: datetime | None
    after_cut_off: tuple[Line, ...]
    late_received: tuple[Part, ...] = ()
    late_promised: tuple[Part, ...] = ()
    signed: tuple[Signed, ...] = ()
    """What stood when each cut-off was named, in order."""

    @property
    def received_sum(self) -> int:
        """What came in tonight."""
        return add_up(self.received)

    @property
    def promised_sum(self) -> int:
        """What was promised tonight, signed matches included."""
        return add_up(self.promised) + add_up(self.matched)

    @property
    def reached(self) -> int:
        """What came in, with what the evening opened at."""
        return self.settings.opened_at + self.received_sum

    @property
    def unconverted(self) -> tuple[Part, ...]:
        """Parts without a rate."""
        return tuple(
            part for part in (*self.received, *self.promised, *self.matched) if part.converted is None
        )


def add_up(parts: tuple[Part, ...]) -> int:
    """Return the sum of the parts that have a rate, in the evening's currency."""
    return sum(part.converted or 0 for part in parts)


def load_tonight(release: Release, book: Book, evening_id: str) -> Tonight:
    """Return the evening as the ledger holds it now.

    What was typed after the cut-off stands apart and adds to nothing. Raises
    :class:`utils.evening.ledger.errors.NoSuchEvening` and :class:`utils.evening.ledger.errors.Busy`.
    """
    settings = book.settings(evening_id)
    everything = book.lines(evening_id)
    late = tuple(line for line in everything if line.late)
    lines = tuple(line for line in everything if not line.late)
    offered = matches.matches(book, evening_id)
    sums = totals(lines, offered)
    rates: dict[str, Rate | None] = {}

    def parts(given: Mapping[str, int]) -> tuple[Part, ...]:
        found = []
        for currency, amount in sorted(given.items()):
            if currency not in rates:
                rates[currency] = opening_rate(release, settings, currency)
            found.append(Part(currency, amount, convert(amount, settings, currency, rates[currency])))
        return tuple(found)

    apart = totals(late)

    def signed(cut: Cut) -> Signed:
        agreed = [match for match in offered if match.signed_at and match.signed_at <= cut.named_at]
        then = totals(as_named(everything, cut), agreed)
        return Signed(cut, parts(then.received), parts(then.promised), parts(then.matched))

    return Tonight(
        settings=settings,
        lines=lines,
        totals=sums,
        matches=offered,
        received=parts(sums.received),
        promised=parts(sums.promised),
        matched=parts(sums.matched),
        late_received=parts(apart.received),
        late_promised=parts(apart.promised),
        signed=tuple(signed(cut) for cut in settings.cuts),
        rates=tuple(known for known in rates.values() if known and known.currency != settings.currency),
        updated_at=max((line.created_at for line in everything), default=None),
        after_cut_off=late,
    )


def opening_rate(release: Release, settings: EveningSettings, currency: str) -> Rate | None:
    """Return the rate of the day the evening opened; ``None`` where none is known."""
    day = settings.created_at.astimezone(PHNOM_PENH).date()
    try:
        found = exchange_rates.convert_amount(
            release, amount=1.0, currency=currency, to=cast(Currency, settings.currency), on=day
        )
    except NoRate:
        return None
    return Rate(currency, _SHOWN.create_decimal(repr(found.rate)), found.rate_day, found.official)


def convert(amount: int, settings: EveningSettings, currency: str, known: Rate | None) -> int | None:
    """Return an amount in the smallest unit of the evening's currency, halves rounded up."""
    if currency == settings.currency:
        return amount
    if known is None:
        return None
    exact = decimal(amount, currency) * known.value
    return int(exact.scaleb(DECIMALS[settings.currency]).quantize(Decimal(1), ROUND_HALF_UP))


def needs_second(release: Release, settings: EveningSettings, new: NewEntry) -> bool:
    """Return whether a second person must say yes: from the evening's threshold on.

    Without a rate the amount cannot be compared, and a second person is asked.
    """
    if new.amount is None or new.currency is None or not settings.second_person_from:
        return False
    known = opening_rate(release, settings, new.currency)
    worth = convert(new.amount, settings, new.currency, known)
    return worth is None or worth >= settings.second_person_from
