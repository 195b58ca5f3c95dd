"""The guide of the night kit: one page of paper, in one language, for who runs the evening."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from utils.evening.sheet.sheet_pdf import blank_document, write_paragraph
from utils.text.locale import Message, Translator, language_of, lazy_gettext

COMMANDS: Final[Mapping[str, str]] = {
    "start": "./start.sh",
    "open": "./evening.sh open gala --currency EUR --goal 10000 --opened-at 0 --second-person-from 1000",
    "codes": "./evening.sh codes",
    "wall": "http://ADDRESS:8501/wall?evening=gala",
    "enter": "http://ADDRESS:8501/evening/gala/enter",
    "remote": "http://ADDRESS:8501/evening/gala/remote",
    "close": "./evening.sh close gala --by treasurer",
    "sheet": "./evening.sh sheet gala --lang en",
}
"""What is typed, by the name under which a line of the guide prints it."""
TITLE: Final = lazy_gettext("The evening on one laptop, without internet")
PARTS: Final[Mapping[Message, tuple[Message, ...]]] = {
    lazy_gettext("Days before"): (
        lazy_gettext(
            "The laptop needs Linux or macOS and Python 3.11. Unpack the kit, run {start} once, see that the "
            "wall opens. If the folder “wheels” is empty, this first run needs a network."
        ),
        lazy_gettext("Open the evening: {open}. The PIN is shown once: write it down."),
        lazy_gettext(
            "Scan each donation code yourself, then write in evening/codes.toml who checked it, when and "
            "until when. {codes} lists them. A code without a check is not shown."
        ),
    ),
    lazy_gettext("In the hall"): (
        lazy_gettext(
            "Start the hotspot of the laptop, or a router without internet. Run {start}: it prints the "
            "address of the laptop in this network. It stands below as ADDRESS."
        ),
        lazy_gettext(
            "On the hall's screen open {wall} and press F11. Not “localhost”: the codes on the wall carry "
            "the address that was opened."
        ),
        lazy_gettext("Phones of volunteers: {enter}. PIN, and the name of the table, never of a person."),
        lazy_gettext("Remote, with what to say to each scene: {remote}."),
    ),
    lazy_gettext("If something fails"): (
        lazy_gettext(
            "A phone without network keeps its entries and sends each of them once. Do not type them again."
        ),
        lazy_gettext(
            "The wall keeps its last picture. If the laptop was switched off, run {start} again: every entry "
            "is in evening/ledger.sqlite."
        ),
    ),
    lazy_gettext("At the end"): (
        lazy_gettext(
            "Name the cut-off: {close}. Make the sheet: {sheet}. Two people count, compare and sign."
        ),
        lazy_gettext(
            "Copy evening/ledger.sqlite and the sheets to a second place before the laptop leaves the hall."
        ),
    ),
}


def render_guide(_: Translator) -> bytes:
    """Return the guide as a PDF of one page (A4)."""
    page = blank_document(_.translate(TITLE), _.lang)
    height = 8.0 if language_of(_.lang).is_tall else 6.8
    typed = {name: line.replace("--lang en", f"--lang {_.lang}") for name, line in COMMANDS.items()}
    number = 0
    for head, steps in PARTS.items():
        page.ln(3)
        write_paragraph(page, _.translate(head), 14, height + 1, bold=True)
        for step in steps:
            number += 1
            write_paragraph(page, f"{number}. {_.translate(step).format(**typed)}", 12, height)
            page.ln(1)
    return bytes(page.output())
