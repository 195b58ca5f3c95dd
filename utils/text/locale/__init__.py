"""Languages of the interface: catalogues (gettext, read by Babel) and deferred messages.

A page asks for ``_ = translator(lang)`` and writes ``_("People displaced")``. Layers that know no
language return a :class:`Message` made by :func:`lazy_gettext`; the translator turns it into text later.
Numbers and dates among the parameters are formatted for the language on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from utils.text.locale import formats
from utils.text.locale.digits import strip_digits, write_text_digits
from utils.text.locale.languages import LANGUAGES, SOURCE_LANGUAGE, UNREVIEWED, language_of
from utils.text.locale.names import TITLE, Names, name_column, name_columns

__all__ = [
    "LANGUAGES",
    "SOURCE_LANGUAGE",
    "TITLE",
    "UNREVIEWED",
    "Message",
    "Names",
    "Parameter",
    "Translator",
    "catalogue_path",
    "language_of",
    "lazy_gettext",
    "lazy_ngettext",
    "lazy_pgettext",
    "list_choices",
    "name_column",
    "name_columns",
    "read_titles",
    "resolve_language",
    "translator",
]

_FOLDER: Final = Path(__file__).parent / "catalogues"

Parameter: TypeAlias = "str | int | float | date | Names | Message"


@dataclass(frozen=True, slots=True)
class Message:
    """A text to be translated later: English ``msgid`` with named parameters.

    ``plural`` with ``count`` selects the plural form of the language.
    """

    msgid: str
    parameters: tuple[tuple[str, Parameter], ...] = ()
    context: str = ""
    plural: str = ""
    count: int = 1


def lazy_gettext(msgid: str, /, **parameters: Parameter) -> Message:
    """Mark ``msgid`` for translation and defer it."""
    return Message(msgid, tuple(parameters.items()))


def lazy_ngettext(singular: str, plural: str, count: int, /, **parameters: Parameter) -> Message:
    """Mark a counted text; ``{count}`` is available to both forms."""
    return Message(singular, (("count", count), *parameters.items()), plural=plural, count=count)


def lazy_pgettext(context: str, msgid: str, /) -> Message:
    """Mark a value of the data (an indicator, a closed list, a place) for translation."""
    return Message(msgid, context=context)


def catalogue_path(lang: str) -> Path:
    """Return the .po file of ``lang``."""
    return _FOLDER / f"{lang}.po"


@cache
def _entries(lang: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    path = catalogue_path(strip_digits(lang))
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue: Catalog = read_po(file, locale=strip_digits(lang))
    entries = {}
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        msgid = message.id if isinstance(message.id, str) else message.id[0]
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if all(forms):
            entries[(message.context or "", msgid)] = tuple(
                write_text_digits(typeset(str(form), lang), lang) for form in forms
            )
    return entries


def typeset(text: str, lang: str) -> str:
    """Return a text as printers of ``lang`` set it: in French no line begins with a sign or a quote ends."""
    for plain, printed in language_of(lang).typography:
        text = text.replace(plain, printed)
    return text


class Translator:
    """Texts, numbers and dates of one language. Hashable and shared; holds no state of a visitor."""

    __slots__ = ("_catalogue", "lang")

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._catalogue = _entries(lang)

    def __call__(self, msgid: str, /, **parameters: Parameter) -> str:
        """Translate ``msgid`` and fill its parameters."""
        return self.translate(lazy_gettext(msgid, **parameters))

    def ngettext(self, singular: str, plural: str, count: int, /, **parameters: Parameter) -> str:
        """Translate a counted text."""
        return self.translate(lazy_ngettext(singular, plural, count, **parameters))

    def pgettext(self, context: str, value: str, /) -> str:
        """Translate a value of the data within its context (``indicator``, ``status``…)."""
        return self.translate(lazy_pgettext(context, value)) if value else ""

    def translate(self, message: Message) -> str:
        """Turn a deferred message into text; falls back to English where a text is missing."""
        template = self._template(message)
        if not message.parameters:
            return template
        return template.format(**{name: self.format(value) for name, value in message.parameters})

    def format(self, value: Parameter) -> str:
        """Format one parameter: messages are translated, numbers and dates localised."""
        if isinstance(value, Message):
            return self.translate(value)
        if isinstance(value, Names):
            return value.of(self.lang)
        if isinstance(value, date):
            return formats.format_day(value, self.lang)
        if isinstance(value, str):
            return value
        return formats.format_number(value, self.lang)

    def has(self, msgid: str, context: str = "") -> bool:
        """Return whether the catalogue holds a translation of a text."""
        return (context, msgid) in self._catalogue

    def _template(self, message: Message) -> str:
        forms = self._catalogue.get((message.context, message.msgid))
        if forms is None:
            if message.plural and message.count != 1:
                return message.plural
            return message.msgid
        if message.plural and len(forms) > 1:
            return forms[formats.choose_plural_form(message.count, self.lang)]
        return forms[0]


@cache
def translator(lang: str) -> Translator:
    """Return the shared translator of a code: one of :data:`LANGUAGES`, or one with its own digits.

    Raises ``KeyError`` for another code.
    """
    language_of(lang)
    return Translator(lang)


def list_choices(lang: str) -> dict[str, str]:
    """Return the languages by code, with the digits of its own that the language of ``lang`` offers."""
    own = language_of(lang)
    return {**LANGUAGES, **({own.digits_code: own.digits.label} if own.digits else {})}


def read_titles(described: Mapping[str, Any], default: str = "") -> Names:
    """Return the titles of a table or column of the contract: its ``title`` and ``title_*``.

    What it does not hold in a language is looked up in the catalogue, in the context ``title``, and is
    English where that has none.
    ``default`` stands for an English title that is missing.
    """
    held = Names.of_row(described, stem=TITLE)
    english = held.en or default
    from_catalogue = {
        lang: translator(lang).pgettext(TITLE, english)
        for lang in LANGUAGES
        if lang not in held and translator(lang).has(english, TITLE)
    }
    return Names({**from_catalogue, **held, SOURCE_LANGUAGE: english})


def resolve_language(*wishes: str | None) -> str:
    """Return the first wish that is a language we have (``fr-CA`` counts as ``fr``), else English."""
    for wish in wishes:
        lang = (wish or "").replace("_", "-").split("-")[0].casefold()
        if lang in LANGUAGES:
            return lang
    return SOURCE_LANGUAGE


def load_catalogues(languages: Iterable[str] = LANGUAGES) -> None:
    """Read all catalogues now, so that no visitor waits for them."""
    for lang in languages:
        translator(lang)
        formats.load_locale(lang)
