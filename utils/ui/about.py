"""What stands on the pages for the press, on privacy and on accessibility."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import streamlit as st

from utils.analysis import press_guidance
from utils.analysis.figures import identify_figure
from utils.analysis.model import Finding
from utils.analysis.places import PlaceSpellings
from utils.components import cards
from utils.components.addresses import figure_link
from utils.components.tables import table
from utils.settings import address
from utils.text.html import Markup, el, link
from utils.text.locale import LANGUAGES, UNREVIEWED, Names, language_of
from utils.ui.visitor import Visitor

_WEB: Final = ("https://", "http://")


def sentences(visitor: Visitor, findings: Iterable[Finding]) -> None:
    """Print a sentence for each figure that may be quoted as it stands, with its source below."""
    st.html(el("div", *(_sentence(visitor, finding) for finding in findings), lang=visitor.lang))


def _sentence(visitor: Visitor, finding: Finding) -> Markup:
    _ = visitor._
    row = finding.observation
    assert row is not None  # noqa: S101  # the analysis leaves out findings without a figure
    differing = len(finding.contradicted_by)
    return el(
        "blockquote",
        *(
            el("p", _.translate(sentence))
            for sentence in press_guidance.write_safe_sentences(visitor.release, finding)
        ),
        el(
            "p",
            _("Source: "),
            cards.sources(_, row),
            " · " + _.ngettext("{count} figure differs", "{count} figures differ", differing)
            if differing
            else None,
            " · ",
            figure_link(_, _("History, citations, link, how to challenge it"), identify_figure(finding)),
            class_="sk-foot",
        ),
        class_="sk-quote",
        data_figure=finding.key,
    )


def _list(visitor: Visitor, sentences: Sequence[str | Markup]) -> None:
    st.html(el("ul", *(el("li", line) for line in sentences), class_="sk-list", lang=visitor.lang))


def cautions(visitor: Visitor) -> None:
    """Print what the figures do not show."""
    _ = visitor._
    _list(
        visitor,
        [
            _("Not “now”: each figure is the latest one found, and its day may be long ago."),
            _("Not “the total”: provinces, camps, women and children overlap and are never added."),
            _("Not “displaced in all” for a count of one day: running totals only grow and are others."),
            _("Not “confirmed by two” where two outlets printed one release: origins count, not copies."),
            _("Not “raised in all” for donations: the sum is a floor of what is documented."),
            _("Not “zero” where nothing was found or published."),
            _("No name, picture or position of a place where people shelter now: it can get people killed."),
            _("Casualties: name the side that published the figure; neither side confirms the other's."),
        ],
    )


def _spelling(names: Names, lang: str) -> str:
    """Return a name in a language; where it has none, the English one in Latin script, else a dash."""
    return names.get(lang) or (names.en if language_of(lang).is_latin else "—")


def spellings(visitor: Visitor, shown: Sequence[PlaceSpellings]) -> None:
    """Print names of places in each language with other spellings."""
    _ = visitor._
    st.html(
        table(
            [*LANGUAGES.values(), _("What it is"), _("Other spellings")],
            [
                [
                    *(el("span", _spelling(spelling.place.names, lang), lang=lang) for lang in LANGUAGES),
                    _.pgettext("kind", spelling.place.kind),
                    ", ".join(spelling.aliases) or "—",
                ]
                for spelling in shown
            ],
            caption=_.ngettext("{count} place", "{count} places", len(shown)),
            lang=visitor.lang,
        )
    )


def reuse(visitor: Visitor) -> None:
    """Print how to take figures, charts and maps away."""
    _ = visitor._
    _list(
        visitor,
        [
            _(
                "Under each chart, map and table “Download or embed” gives the data as shown (CSV, XLSX, "
                "JSON, HXL, Parquet, and GeoJSON where rows are places), pictures with their source on "
                "them, and a line that embeds them."
            ),
            _("The address of a page holds its filters: a copied link opens the same view."),
            _("Compiled facts: CC BY 4.0. Each source keeps its rights in its text."),
            link(_("Sources and methods"), f"sources?{visitor.query}"),
        ],
    )


def contact(visitor: Visitor) -> None:
    """Print how to reach those who run this copy, as they have set it; nothing is made up."""
    _ = visitor._
    contact_address = address.contact()
    if contact_address:
        content: Markup = el(
            "p",
            link(contact_address, contact_address) if contact_address.startswith(_WEB) else contact_address,
        )
    else:
        content = el("p", _("Those who run this copy have not given a contact yet."), class_="sk-empty")
    st.html(el("div", content, lang=visitor.lang, data_figure="contact"))


def your_visit(visitor: Visitor) -> None:
    """Print what is stored of a visitor."""
    _ = visitor._
    _list(
        visitor,
        [
            _("There is no account, no form that stores anything, no audience measurement, no advertising."),
            _("Your browser asks this server only. Fonts, maps and charts come from here too."),
            _(
                "One cookie, “_streamlit_xsrf”, protects against forged requests. It identifies nobody, "
                "is not used for anything else, and ends with the session."
            ),
            _(
                "Your browser may remember light or dark and an unfolded menu in its own storage. "
                "This server does not read it."
            ),
            _(
                "While a page is open the server holds your filters in memory. It forgets them about two "
                "minutes after you leave."
            ),
            _("Filters and search words stand in the address of the page: whoever gets the link sees them."),
            _(
                "The app writes no log of visits. Its log of errors holds a reference and no address of a "
                "visitor. A proxy in front of it may keep a log: ask those who run this copy."
            ),
            _("Links to sources open other sites, which are told nothing about where you come from."),
        ],
    )


def people_in_the_record(visitor: Visitor) -> None:
    """Print what the record holds of people."""
    _ = visitor._
    _list(
        visitor,
        [
            _("The record holds counts, never persons: no name, contact or picture of those affected."),
            _("Donors are kinds and institutions. Holders of public office may be named where they gave."),
            _("Counts under five below province level are not shown."),
            _("Places where people may shelter now are not shown by name or point."),
        ],
    )


def tested(visitor: Visitor) -> None:
    """Print what was tested of accessibility; each line has an automated test."""
    _ = visitor._
    _list(
        visitor,
        [
            _("Every page, in English, French and Khmer, light and dark, by the checker axe: no finding."),
            _("Every control, and every area and mark of a map, is reached and left with the keyboard."),
            _("Every chart has a text that describes it and the same figures as a table; maps have a list."),
            _("Texts and marks have the contrast of level AA; colour-blind readers tell the colours apart."),
            _("On a screen 390 pixels wide nothing scrolls sideways except wide tables."),
            _("Who asks the system for less motion gets none."),
            _("The language of the page and of each text in another language is told to screen readers."),
        ],
    )


def known(visitor: Visitor) -> None:
    """Print the shortcomings that are known."""
    _ = visitor._
    unread = ", ".join(LANGUAGES[lang] for lang in sorted(UNREVIEWED))
    _list(
        visitor,
        [
            _("Single points of a chart are not reached with the keyboard: their figures are in the table."),
            _("Notes and titles of sources stay in the language they were written in, mostly English."),
            _("Some short texts of the software below these pages are in English."),
            _("The pages need JavaScript; embeds, pictures and files do not."),
            _("No session with people who use a screen reader has been held yet."),
            _("These translations await a native reader: {languages}.", languages=unread),
        ],
    )
