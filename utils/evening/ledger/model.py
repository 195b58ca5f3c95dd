"""What the ledger holds: an evening, its entries with what became of them, who may write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from utils.text.locale import Message, lazy_gettext

Kind = Literal["gift", "pledge"]
Way = Literal["cash", "card", "transfer", "cheque", "qr", "online", "goods"]
Reason = Literal["undo", "mistyped", "duplicate", "withdrawn", "paid"]
Control = Literal["pause", "play", "next", "previous", "blank", "unblank", "dark", "light"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
WAYS: Final[tuple[Way, ...]] = get_args(Way)
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)
CONTROLS: Final[tuple[Control, ...]] = get_args(Control)
LASTING: Final[tuple[tuple[Control, ...], ...]] = (("pause", "play"), ("blank", "unblank"), ("dark", "light"))
"""Commands that hold until another of their group comes."""

KIND_NAMES: Final[dict[Kind, Message]] = {
    "gift": lazy_gettext("Gift received"),
    "pledge": lazy_gettext("Promise"),
}
WAY_NAMES: Final[dict[Way, Message]] = {
    "cash": lazy_gettext("Cash"),
    "card": lazy_gettext("Card"),
    "transfer": lazy_gettext("Bank transfer"),
    "cheque": lazy_gettext("Cheque"),
    "qr": lazy_gettext("QR code payment"),
    "online": lazy_gettext("Online collection"),
    "goods": lazy_gettext("Goods"),
}
REASON_NAMES: Final[dict[Reason, Message]] = {
    "undo": lazy_gettext("Undone"),
    "mistyped": lazy_gettext("Mistyped"),
    "duplicate": lazy_gettext("Entered twice"),
    "withdrawn": lazy_gettext("Withdrawn by the giver"),
    "paid": lazy_gettext("Promise paid"),
}
EVENING_ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut-off as it was named: the moment, when it was named, and by which post."""

    cut_off: datetime
    named_at: datetime
    volunteer: str


@dataclass(frozen=True, slots=True)
class EveningSettings:
    """What an evening is set to. Amounts are in the smallest unit of ``currency``.

    ``created_at`` is when the evening was first opened: its day gives the exchange rates, all night long.
    """

    evening_id: str
    currency: str
    goal: int
    opened_at: int
    milestones: tuple[int, ...]
    second_person_from: int
    undo_seconds: int
    pin_hash: str
    created_at: datetime
    cut_off: datetime | None = None
    cuts: tuple[Cut, ...] = ()
    """Every cut-off that was named, in order; the last one leads."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as checked, before it is written. ``amount`` is in the smallest unit."""

    kind: Kind
    way: Way
    currency: str | None
    amount: int | None
    place: str = ""
    goods: str = ""
    quantity: int | None = None
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with what became of it.

    ``confirmed_by`` is empty while a large entry waits for its second person; ``countered`` holds the
    reason once the entry no longer counts. ``late`` is true on the far side of the cut-off.
    """

    seq: int
    entry_id: str
    kind: Kind
    way: Way
    currency: str | None
    amount: int | None
    place: str
    goods: str
    quantity: int | None
    organisation: str
    volunteer: str
    key: str
    typed_at: datetime
    created_at: datetime
    needs_second: bool
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    countered: Reason | None = None
    countered_by: str = ""
    countered_at: datetime | None = None
    replaced_by: str = ""
    late: bool = False

    @property
    def waiting(self) -> bool:
        """Return whether a second person has yet to say yes."""
        return self.needs_second and not self.confirmed_by and not self.countered

    @property
    def counts(self) -> bool:
        """Return whether the entry adds to a total."""
        return not self.countered and not self.waiting


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A match; ``signed_at`` is ``None`` until it is signed, and until then it counts for nothing."""

    match_id: str
    organisation: str
    currency: str
    percent: int
    most: int
    witness: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ControlLine:
    """A command of the phone remote."""

    seq: int
    command: Control
