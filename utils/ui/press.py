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
from utils.components.lists import message_list
from utils.components.sources import unreviewed_languages
from utils.components.tables import table_of
from utils.settings import address
from utils.text.html import Markup, el, link
from utils.text.locale import LANGUAGES, Message, Names, language_of, lazy_gettext
from utils.ui.visitor import Visitor

_WEB: Final = ("https://", "http://")

CAUTIONS: Final = (
    lazy_gettext("Not “now”: each figure is the latest one found, and its day may be long ago."),
    lazy_gettext("Not “the total”: provinces, camps, women and children overlap and are never added."),
    lazy_gettext("Not “displaced in all” for a count of one day: running totals only grow and are others."),
    lazy_gettext("Not “confirmed by two” where two outlets printed one release: origins count, not copies."),
    lazy_gettext("Not “raised in all” for donations: the sum is a floor of what is documented."),
    lazy_gettext("Not “zero” where nothing was found or published."),
    lazy_gettext(
        "No name, picture or position of a place where people shelter now: it can get people killed."
    ),
    lazy_gettext("Casualties: name the side that published the figure; neither side confirms the other's."),
)
"""What the figures do not show."""

YOUR_VISIT: Final = (
    lazy_gettext(
        "There is no account, no form that stores anything, no audience measurement, no advertising."
    ),
    lazy_gettext("Your browser asks this server only. Fonts, maps and charts come from here too."),
    lazy_gettext(
        "One cookie, “_streamlit_xsrf”, protects against forged requests. It identifies nobody, "
        "is not used for anything else, and ends with the session."
    ),
    lazy_gettext(
        "Your browser may remember light or dark and an unfolded menu in its own storage. "
        "This server does not read it."
    ),
    lazy_gettext(
        "While a page is open the server holds your filters in memory. It forgets them about two "
        "minutes after you leave."
    ),
    lazy_gettext(
        "Filters and search words stand in the address of the page: whoever gets the link sees them."
    ),
    lazy_gettext(
        "The app writes no log of visits. Its log of errors holds a reference and no address of a "
        "visitor. A proxy in front of it may keep a log: ask those who run this copy."
    ),
    lazy_gettext("Links to sources open other sites, which are told nothing about where you come from."),
)
"""What is stored of a visitor."""

PEOPLE: Final = (
    lazy_gettext("The record holds counts, never persons: no name, contact or picture of those affected."),
    lazy_gettext("Donors are kinds and institutions. Holders of public office may be named where they gave."),
    lazy_gettext("Counts under five below province level are not shown."),
    lazy_gettext("Places where people may shelter now are not shown by name or point."),
)
"""What the record holds of people."""

TESTED: Final = (
    lazy_gettext("Every page, in English, French and Khmer, light and dark, by the checker axe: no finding."),
    lazy_gettext("Every control, and every area and mark of a map, is reached and left with the keyboard."),
    lazy_gettext(
        "Every chart has a text that describes it and the same figures as a table; maps have a list."
    ),
    lazy_gettext(
        "Texts and marks have the contrast of level AA; colour-blind readers tell the colours apart."
    ),
    lazy_gettext("On a screen 390 pixels wide nothing scrolls sideways except wide tables."),
    lazy_gettext("Who asks the system for less motion gets none."),
    lazy_gettext("The language of the page and of each text in another language is told to screen readers."),
)
"""What was tested of accessibility; each line has an automated test."""

SHORTCOMINGS: Final = (
    lazy_gettext(
        "Single points of a chart are not reached with the keyboard: their figures are in the table."
    ),
    lazy_gettext("Notes and titles of sources stay in the language they were written in, mostly English."),
    lazy_gettext("Some short texts of the software below these pages are in English."),
    lazy_gettext("The pages need JavaScript; embeds, pictures and files do not."),
    lazy_gettext("No session with people who use a screen reader has been held yet."),
)
"""The shortcomings that are known, beside the languages no native reader has read."""

_REUSE: Final = (
    lazy_gettext(
        "Under each chart, map and table “Download or embed” gives the data as shown (CSV, XLSX, "
        "JSON, HXL, Parquet, and GeoJSON where rows are places), pictures with their source on "
        "them, and a line that embeds them."
    ),
    lazy_gettext("The address of a page holds its filters: a copied link opens the same view."),
    lazy_gettext("Compiled facts: CC BY 4.0. Each source keeps its rights in its text."),
)


def show_messages(visitor: Visitor, messages: Iterable[Message | Markup]) -> None:
    """Print sentences as a list."""
    st.html(message_list(visitor._, messages))


def show_shortcomings(visitor: Visitor) -> None:
    """Print the shortcomings of accessibility that are known."""
    show_messages(visitor, [*SHORTCOMINGS, unreviewed_languages(visitor._)])


def show_reuse(visitor: Visitor) -> None:
    """Print how to take figures, charts and maps away."""
    sources = link(visitor._("Sources and methods"), f"sources?{visitor.query}")
    show_messages(visitor, [*_REUSE, sources])


def show_sentences(visitor: Visitor, findings: Iterable[Finding]) -> None:
    """Print a sentence for each figure that may be quoted as it stands, with its source below."""
    st.html(el("div", *(_sentence(visitor, finding) for finding in findings), lang=visitor.lang))


def _sentence(visitor: Visitor, finding: Finding) -> Markup:
    _ = visitor._
    row = finding.observation
    assert row is not None  # noqa: S101  # the analysis leaves out findings without a figure
    count = len(finding.contradicted_by)
    differing = " · " + _.ngettext("{count} figure differs", "{count} figures differ", count)
    page = figure_link(_, _("History, citations, link, how to challenge it"), identify_figure(finding))
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
            differing if count else None,
            " · ",
            page,
            class_="sk-foot",
        ),
        class_="sk-quote",
        data_figure=finding.key,
    )


def _spelling(names: Names, lang: str) -> Markup:
    """Return a name in a language; where it has none, the English one in Latin script, else a dash."""
    name = names.get(lang) or (names.en if language_of(lang).is_latin else "—")
    return el("span", name, lang=lang)


def show_spellings(visitor: Visitor, spellings: Sequence[PlaceSpellings]) -> None:
    """Print names of places in each language with other spellings."""
    _ = visitor._
    st.html(
        table_of(
            spellings,
            [
                *(
                    (name, lambda spelling, lang=lang: _spelling(spelling.place.names, lang))
                    for lang, name in LANGUAGES.items()
                ),
                (_("What it is"), lambda spelling: _.pgettext("kind", spelling.place.kind)),
                (_("Other spellings"), lambda spelling: ", ".join(spelling.aliases) or "—"),
            ],
            caption=_.ngettext("{count} place", "{count} places", len(spellings)),
            lang=visitor.lang,
        )
    )


def show_contact(visitor: Visitor) -> None:
    """Print how to reach those who run this copy, as they have set it; nothing is made up."""
    contact = address.contact()
    if contact:
        content = el("p", link(contact, contact) if contact.startswith(_WEB) else contact)
    else:
        missing = visitor._("Those who run this copy have not given a contact yet.")
        content = el("p", missing, class_="sk-empty")
    st.html(el("div", content, lang=visitor.lang, data_figure="contact"))
