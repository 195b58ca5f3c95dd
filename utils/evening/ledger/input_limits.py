"""Short texts typed by volunteers: an organisation's name, a table, goods. No personal data.

A text is text: what looks like a script is stored and shown as it was typed, escaped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from utils.text.locale import Message, lazy_gettext

LONGEST: Final = 80
TROUBLES: Final[Mapping[str, Message]] = {
    "missing": lazy_gettext("This may not be empty."),
    "too_long": lazy_gettext("This is too long: at most 80 characters."),
    "unseen": lazy_gettext("This holds signs that cannot be seen. Type it anew."),
    "email": lazy_gettext("No e-mail addresses: this list keeps no personal data."),
    "phone": lazy_gettext("No telephone or account numbers: this list keeps no personal data."),
    "address": lazy_gettext("No web addresses here."),
    "consent": lazy_gettext("A name is shown only if it is an organisation's and it has agreed."),
}
"""Why a text is refused, by code."""

_EMAIL: Final = re.compile(r"\S@\S|\b(at|arobase)\b.{0,40}\b(dot|point)\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?:|www\.|\w\.(com|org|net|info|fr|kh)\b", re.IGNORECASE)
_RUN: Final = re.compile(r"\+?\d(?:[\s().\-/]*\d){5,}")
"""Six digits or more with nothing but telephone punctuation between them, in any script."""


def same_label(first: str, second: str) -> bool:
    """Return whether two labels of a table read alike: case, spaces and signs that nobody sees apart."""
    return _plain_label(first) == _plain_label(second)


def _plain_label(label: str) -> str:
    letters = unicodedata.normalize("NFKC", label).casefold()
    return "".join(sign for sign in letters if unicodedata.category(sign)[0] not in "CZPS")


class Unfit(Exception):
    """A text may not stand in the ledger; ``code`` is one of :data:`TROUBLES`."""

    def __init__(self, *, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code

    @property
    def message(self) -> Message:
        """Return the message for the volunteer."""
        return TROUBLES[self.code]


def clean(field: str, written: str, *, required: bool = False, longest: int = LONGEST) -> str:
    """Return ``written`` in one line and one form of Unicode. Raises :class:`Unfit`."""
    text = " ".join(unicodedata.normalize("NFC", written).split())
    if not text:
        if required:
            raise Unfit(field=field, code="missing")
        return ""
    if len(text) > longest:
        raise Unfit(field=field, code="too_long")
    # the joiners of Khmer (zero width space, non-joiner, joiner) are letters of its writing
    if any(
        unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "Cn"} and c not in "\u200b\u200c\u200d"
        for c in text
    ):
        raise Unfit(field=field, code="unseen")
    plain = unicodedata.normalize("NFKC", text)
    if _EMAIL.search(plain):
        raise Unfit(field=field, code="email")
    if _ADDRESS.search(plain):
        raise Unfit(field=field, code="address")
    if _RUN.search(plain):
        raise Unfit(field=field, code="phone")
    return text
