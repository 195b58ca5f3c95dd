"""Why the ledger refuses to write: each error carries what was asked for and a message."""

from __future__ import annotations

from datetime import datetime

from utils.text.locale import Message, lazy_gettext


class Refused(Exception):
    """Nothing was written. ``message`` is for the volunteer."""

    message: Message = lazy_gettext("This could not be entered.")


class NoSuchEvening(Refused):
    """There is no evening of this name."""

    message = lazy_gettext("There is no evening of this name.")

    def __init__(self, *, evening_id: str) -> None:
        super().__init__(evening_id)
        self.evening_id = evening_id


class NoSuchEntry(Refused):
    """There is no such entry or match in this evening."""

    message = lazy_gettext("There is no such entry in this evening.")

    def __init__(self, *, entry_id: str) -> None:
        super().__init__(entry_id)
        self.entry_id = entry_id


class UnfitEntry(Refused):
    """A field holds what no form of ours sends."""

    message = lazy_gettext("This entry is not complete. Check the way of giving, the amount or the goods.")

    def __init__(self, *, field: str) -> None:
        super().__init__(field)
        self.field = field


class KeyTaken(Refused):
    """The key was used for something else."""

    message = lazy_gettext("This entry was sent before with other content. Type it anew.")

    def __init__(self, *, key: str) -> None:
        super().__init__(key)
        self.key = key


class AlreadyCountered(Refused):
    """The entry was taken back or corrected before."""

    message = lazy_gettext("This entry was already taken back or corrected.")

    def __init__(self, *, entry_id: str) -> None:
        super().__init__(entry_id)
        self.entry_id = entry_id


class TooLate(Refused):
    """The time for an undo is over; a correction is still possible."""

    message = lazy_gettext("The time to undo is over. Use “Correct”: it stays in the list with its reason.")

    def __init__(self, *, seconds: int) -> None:
        super().__init__(f"after {seconds} seconds")
        self.seconds = seconds


class SamePerson(Refused):
    """Another person is needed (``needed`` false), or only the same one may (``needed`` true)."""

    def __init__(self, *, needed: bool) -> None:
        super().__init__("only the same person" if needed else "another person")
        self.message = (
            lazy_gettext("Only the volunteer who typed an entry may undo it. Use “Correct”.")
            if needed
            else lazy_gettext("A second person must confirm this, on another phone.")
        )


class ClosedBefore(Refused):
    """The evening has its cut-off; another one is named only where that is asked for."""

    message = lazy_gettext("The evening is closed already. Its cut-off stays as it was.")

    def __init__(self, *, cut_off: datetime) -> None:
        super().__init__(f"cut-off {cut_off.astimezone():%Y-%m-%d %H:%M %Z}; --move names another")
        self.cut_off = cut_off


class CutOffAhead(Refused):
    """The cut-off lies ahead: sums would change after they were signed."""

    message = lazy_gettext("The cut-off lies ahead. Close the evening when it is over.")

    def __init__(self, *, cut_off: datetime) -> None:
        super().__init__(cut_off.isoformat())
        self.cut_off = cut_off


class CutOffBack(Refused):
    """Entries were typed after this cut-off; they are put apart only where that is asked for."""

    message = lazy_gettext("Entries that count were typed after this cut-off. They would be put apart.")

    def __init__(self, *, entries: int) -> None:
        super().__init__(f"{entries} entries; --move puts them apart")
        self.entries = entries


class NothingToConfirm(Refused):
    """The entry needs no second person, or no longer counts."""

    message = lazy_gettext("There is nothing to confirm here any more.")

    def __init__(self, *, entry_id: str) -> None:
        super().__init__(entry_id)
        self.entry_id = entry_id


class Busy(Refused):
    """The database is locked or away; the phone keeps the entry and sends it again."""

    message = lazy_gettext("The ledger is busy. The entry is kept on this phone and sent again.")


class NoRoom(Busy):
    """The disk of the ledger is full; the phone keeps the entry and sends it again."""

    message = lazy_gettext(
        "The disk of the evening's computer is full. Tell the committee: free some space. "
        "The entry is kept on this phone and sent again."
    )
