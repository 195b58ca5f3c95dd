"""``python -m tests.pseudo``: the app with every text of its catalogues forty per cent longer.

What overflows here would overflow in a language with longer words than ours.
"""

from __future__ import annotations

import re
import sys
from typing import Final
from unittest.mock import patch

from utils.server import app
from utils.text.locale import Message, Translator

LONGER: Final = 0.4
_WORDS: Final = re.compile(r"[A-Za-z]{3,}(?![^{]*\})")
_ACCENTS: Final = str.maketrans("aeiouAEIOU", "àéîôûÀÉÎÔÛ")


def pseudo(text: str) -> str:
    """Return ``text`` with accents and longer words; parameters in braces stay as they are."""

    def longer(match: re.Match[str]) -> str:
        word = match[0].translate(_ACCENTS)
        return word + word[-1] * round(len(word) * LONGER)

    return _WORDS.sub(longer, text)


def main() -> int:
    """Start the server with the longer texts."""
    plain = Translator._template

    def template(translator: Translator, message: Message) -> str:
        return pseudo(plain(translator, message))

    with patch.object(Translator, "_template", template):
        return app.main()


if __name__ == "__main__":
    sys.exit(main())
