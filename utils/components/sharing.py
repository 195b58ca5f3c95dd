"""The pictures of a claim, event or city to pass on."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from utils.components.addresses import carried
from utils.exports.image.share_card import SIZE
from utils.text.html import Markup, el, link
from utils.text.locale import LANGUAGES, Translator


def card_address(lang: str, key: str, card_lang: str = "") -> str:
    """Return the address of the picture of a claim, event or city, in the language of the card."""
    query = dict(parse_qsl(carried(lang))) | {"lang": card_lang or lang}
    return f"image/share-{key}-{SIZE[0]}x{SIZE[1]}.png?{urlencode(query)}"


def card_links(_: Translator, key: str) -> Markup:
    """Return the pictures of a claim, event or city to pass on, one a language."""
    return el(
        "div",
        el("p", _("Pictures with title, source, date and address on them:")),
        download_links(
            (f"PNG · {name}", card_address(_.lang, key, lang)) for lang, name in LANGUAGES.items()
        ),
        progress(_),
        class_="sk-away",
    )


def download_links(files: Iterable[tuple[str, str]]) -> Markup:
    """Return a list of files to download, given as label and address."""
    return el("ul", *(el("li", link(label, address, download=True)) for label, address in files))


def progress(_: Translator) -> Markup:
    """Return where ``static/js/downloads.js`` shows how far a file is, and the words it has for that."""
    return el(
        "div",
        class_="sk-underway",
        role="status",
        data_begun=_("being made…"),
        data_saved=_("made: your browser saves it"),
        data_failed=_("could not be made; please try again in a minute"),
    )
