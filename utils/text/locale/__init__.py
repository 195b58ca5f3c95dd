"""Languages of the interface: catalogues (gettext, read by Babel) and deferred messages.

A page asks for ``_ = translator(lang)`` and writes ``_("People displaced")``. Layers that know no
language return a :class:`Message` made by :func:`M_`; the translator turns it into text later.
Numbers and dates among the parameters are formatted for the language on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from utils.text.locale import formats
from utils.text.locale.digits import KHMER_DIGITS, LABEL, in_text, spoken

__all__ = [
    "LANGUAGES",
    "MC_",
    "MN_",
    "M_",
    "Message",
    "Names",
    "Parameter",
    "Translator",
    "catalogue_path",
    "choices",
    "resolve",
    "translator",
]

LANGUAGES: Final[Mapping[str, str]] = {"en": "English", "fr": "Français", "km": "ខ្មែរ"}
SOURCE_LANGUAGE: Final = "en"
UNREAD: Final = frozenset({"km"})
"""Languages whose catalogue awaits a native reader; the interface says so."""

_FRENCH: Final = (
    *(("'", "’"), ("« ", "«\u00a0"), (" »", "\u00a0»"), (" :", "\u00a0:")),
    *((" ;", "\u202f;"), (" !", "\u202f!"), (" ?", "\u202f?")),
)
_FOLDER: Final = Path(__file__).parent / "catalogues"


Parameter: TypeAlias = "str | int | float | date | Names | Message"


@dataclass(frozen=True, slots=True)
class Names:
    """A name the record holds in each language; a missing one falls back to English."""

    en: str
    fr: str = ""
    km: str = ""

    def of(self, lang: str) -> str:
        """Return the name in ``lang``."""
        own = str(getattr(self, spoken(lang)))
        return in_text(own, lang) if own else self.en


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


def M_(msgid: str, /, **parameters: Parameter) -> Message:
    """Mark ``msgid`` for translation and defer it."""
    return Message(msgid, tuple(parameters.items()))


def MN_(singular: str, plural: str, count: int, /, **parameters: Parameter) -> Message:
    """Mark a counted text; ``{count}`` is available to both forms."""
    return Message(singular, (("count", count), *parameters.items()), plural=plural, count=count)


def MC_(context: str, msgid: str, /) -> Message:
    """Mark a value of the data (an indicator, a closed list, a place) for translation."""
    return Message(msgid, context=context)


def catalogue_path(lang: str) -> Path:
    """Return the .po file of ``lang``."""
    return _FOLDER / f"{lang}.po"


@cache
def _entries(lang: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    path = catalogue_path(spoken(lang))
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue: Catalog = read_po(file, locale=spoken(lang))
    entries = {}
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        msgid = message.id if isinstance(message.id, str) else message.id[0]
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if all(forms):
            entries[(message.context or "", msgid)] = tuple(
                in_text(typeset(str(form), lang), lang) for form in forms
            )
    return entries


def typeset(text: str, lang: str) -> str:
    """Return a text as printers of ``lang`` set it: in French no line begins with a sign or a quote ends."""
    if lang != "fr":
        return text
    for plain, set_ in _FRENCH:
        text = text.replace(plain, set_)
    return text


class Translator:
    """Texts, numbers and dates of one language. Hashable and shared; holds no state of a visitor."""

    __slots__ = ("_catalogue", "lang", "missing")

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._catalogue = _entries(lang)
        self.missing: set[tuple[str, str]] = set()

    def __call__(self, msgid: str, /, **parameters: Parameter) -> str:
        """Translate ``msgid`` and fill its parameters."""
        return self.msg(Message(msgid, tuple(parameters.items())))

    def n(self, singular: str, plural: str, count: int, /, **parameters: Parameter) -> str:
        """Translate a counted text."""
        return self.msg(MN_(singular, plural, count, **parameters))

    def c(self, context: str, value: str, /) -> str:
        """Translate a value of the data within its context (``indicator``, ``status``…)."""
        return self.msg(Message(value, context=context)) if value else ""

    def msg(self, message: Message) -> str:
        """Turn a deferred message into text; falls back to English where a text is missing."""
        template = self._template(message)
        if not message.parameters:
            return template
        return template.format(**{name: self.value(value) for name, value in message.parameters})

    def value(self, value: Parameter) -> str:
        """Format one parameter: messages are translated, numbers and dates localised."""
        if isinstance(value, Message):
            return self.msg(value)
        if isinstance(value, Names):
            return value.of(self.lang)
        if isinstance(value, date):
            return formats.day(value, self.lang)
        if isinstance(value, str):
            return value
        return formats.number(value, self.lang)

    def _template(self, message: Message) -> str:
        forms = self._catalogue.get((message.context, message.msgid))
        if forms is None:
            if self.lang != SOURCE_LANGUAGE or message.context:
                self.missing.add((message.context, message.msgid))
            if message.plural and message.count != 1:
                return message.plural
            return message.msgid
        if message.plural and len(forms) > 1:
            return forms[formats.plural_form(message.count, self.lang)]
        return forms[0]


@cache
def translator(lang: str) -> Translator:
    """Return the shared translator of ``lang``: one of :data:`LANGUAGES`, or Khmer with its own digits."""
    if spoken(lang) not in LANGUAGES:
        raise KeyError(f"no catalogue for language {lang!r}; known: {', '.join(LANGUAGES)}")
    return Translator(lang)


def choices(lang: str) -> dict[str, str]:
    """Return what a reader of ``lang`` may choose, in its own words: a language, in Khmer its digits too."""
    return {**LANGUAGES, **({KHMER_DIGITS: LABEL} if spoken(lang) == "km" else {})}


def resolve(*wishes: str | None) -> str:
    """Return the first wish that is a language we have (``fr-CA`` counts as ``fr``), else English."""
    for wish in wishes:
        lang = (wish or "").replace("_", "-").split("-")[0].casefold()
        if lang in LANGUAGES:
            return lang
    return SOURCE_LANGUAGE


def warm(languages: Iterable[str] = LANGUAGES) -> None:
    """Read all catalogues now, so that no visitor waits for them."""
    for lang in languages:
        translator(lang)
        formats.warm(lang)
