"""Ready citations of a figure: APA, Chicago, BibTeX, and press sentences in each language.

Scholarly styles are in English, as their manuals are; a press sentence is in the language of the
paper. Each names the figure's row, the release it was read in, and the day it was consulted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import figures, observations, press_guidance
from utils.analysis.figures import Figure
from utils.analysis.model import Observation
from utils.releases import Release
from utils.text.locale import LANGUAGES, Translator, formats, translator

PRESS: Final[Mapping[str, str]] = {f"press_{lang}": lang for lang in LANGUAGES}
"""The language of each press sentence, by its style."""
STYLES: Final = (*PRESS, "apa", "chicago", "bibtex")
WORK: Final = "Samaki: Cambodia–Thailand border crisis, situation dashboard"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation is made of, in English; nothing in it is empty."""

    author: str
    title: str
    figure: str
    figure_id: str
    as_of: date | None
    day: str
    reported: str
    release: str
    accessed: date
    address: str


def cited(release: Release, figure: Figure, *, accessed: date, address: str) -> Cited:
    """Return what the scholarly styles cite."""
    _ = translator("en")
    row = figure.observation
    counter = observations.counters(release).get(row.counted_by)
    publisher = row.source.publisher if row.source else "Samaki"
    return Cited(
        author=counter.names.en if counter else figure.claimed_by or publisher,
        title=_sentence_case(_.translate(figures.title(release, figure))),
        figure=_figure(_, row),
        figure_id=figure.figure_id,
        as_of=row.as_of,
        day=_day(row),
        reported=_reported(_, row),
        release=release.release_id,
        accessed=accessed,
        address=address,
    )


def citation(style: str, release: Release, figure: Figure, *, accessed: date, address: str) -> str:
    """Return the citation of a figure in one style, ready to be pasted."""
    if style in PRESS:
        return press(release, figure, translator(PRESS[style]), accessed=accessed, address=address)
    known = cited(release, figure, accessed=accessed, address=address)
    return {"apa": apa, "chicago": chicago, "bibtex": bibtex}[style](known)


def press(release: Release, figure: Figure, _: Translator, *, accessed: date, address: str) -> str:
    """Return a sentence that is safe to print, with its source line, in the language of ``_``."""
    said = press_guidance.may_say(release, figure.finding, claimed_by=figure.claimed_by)
    return _(
        "{sentence} Source: {source}. Samaki, row {row}, release {release}, consulted on {day}, {address}",
        sentence=" ".join(_.translate(message) for message in said),
        source=_reported(_, figure.observation),
        row=figure.figure_id,
        release=release.release_id,
        day=accessed,
        address=address,
    )


def apa(known: Cited) -> str:
    """Return the citation in the style of the American Psychological Association."""
    day = f"{known.as_of.year}, {known.day}" if known.as_of else known.day
    return (
        f"{_ended(known.author)} ({day}). {known.title}: {known.figure} [Data row {known.figure_id}]. "
        f"Reported by {known.reported}. In {WORK} (Release {known.release}). "
        f"Retrieved {formats.month_day(known.accessed)}, {known.accessed.year}, from {known.address}"
    )


def chicago(known: Cited) -> str:
    """Return the citation in the style of the Chicago Manual, for a bibliography."""
    day = f"{known.day}, {known.as_of.year}" if known.as_of else known.day
    return (
        f"{_ended(known.author)} “{known.title}: {known.figure}.” Data row {known.figure_id}, as of {day}. "
        f"Reported by {known.reported}. In {WORK}, release {known.release}. "
        f"Accessed {formats.month_day(known.accessed)}, {known.accessed.year}. {known.address}."
    )


def bibtex(known: Cited) -> str:
    """Return a BibTeX entry. Text is escaped; the address is percent-encoded where it must be."""
    fields = {
        "author": f"{{{escaped(known.author)}}}",
        "title": f"{{{escaped(f'{known.title}: {known.figure}')}}}",
        "howpublished": escaped(WORK),
        "version": escaped(known.release),
        "note": escaped(f"Data row {known.figure_id}. Reported by {known.reported}"),
        "url": _plain_address(known.address),
        "urldate": known.accessed.isoformat(),
    }
    if known.as_of:
        fields["year"] = str(known.as_of.year)
        fields["month"] = _MONTHS[known.as_of.month - 1]
    written = ",\n".join(
        f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items()
    )
    return f"@misc{{samaki-{known.figure_id},\n{written}\n}}"


def escaped(text: str) -> str:
    """Return text that BibTeX and LaTeX print as it stands; line ends become spaces."""
    return "".join(_ESCAPES.get(letter, letter) for letter in " ".join(text.split()))


def _plain_address(address: str) -> str:
    unsafe = {letter: f"%{ord(letter):02X}" for letter in '\\{}^~"<> `'}
    return "".join(unsafe.get(letter, letter) for letter in address)


def _ended(name: str) -> str:
    return name if name.endswith(".") else f"{name}."


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _day(row: Observation) -> str:
    if row.as_of is None:
        return "n.d."
    if row.as_of_precision == "month":
        return formats.month(row.as_of, "en").split(" ")[0]
    day = formats.month_day(row.as_of)
    return f"ca. {day}" if row.as_of_precision == "approx" else day


def _figure(_: Translator, row: Observation) -> str:
    return _.format(press_guidance.counted(row))


def _reported(_: Translator, row: Observation) -> str:
    """Return who printed the figure and when; for a sum how many sources, or our own record."""
    source = row.source
    if source is None:
        count = len(row.sources)
        return (
            _.ngettext("{count} source", "{count} sources", count)
            if count
            else _("our own count from the record")
        )
    if source.published_on:
        published = formats.partial_date(source.published_on, _.lang)
    else:
        published = _("no date given")
    return f"{source.publisher}, {published}"
