"""The lists of the page of sources and methods."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from utils.analysis import observations, sources
from utils.analysis.accepted_warnings import Accepted
from utils.analysis.crisis_phases import Break
from utils.exports import filters
from utils.text.html import el, join, link
from utils.text.locale import LANGUAGES, UNREVIEWED, formats
from utils.ui import cards, downloads, words
from utils.ui.tables import Cell, Rows, paged, twin
from utils.ui.visitor import Visit


def rules(visit: Visit) -> None:
    """Print the rules the figures follow."""
    _ = visit._
    said = [
        _("Two publishers who differ stay two figures. Both are shown, never averaged."),
        _("“Confirmed by two” counts origins: two outlets of one release are one source."),
        _(
            "A stock counts people on a day; a flow counts a period; a cumulative total only grows. "
            "They are different figures and never stand on one line."
        ),
        _(
            "What overlaps is never added: camps and all displaced, women and children, the two rounds, "
            "the province people fled from and the one where they shelter."
        ),
        _("The latest figure found is not “now”: its date stands beside it."),
        _(
            "“Not found” means that we looked and found none; “not published” that nobody gave one. "
            "Neither is zero."
        ),
        _(
            "The headline series takes the Ministry of National Defence in July 2025, then the disaster "
            "committee (NCDM), and the Ministry of Interior where the committee gave none."
        ),
        _(
            "Only gifts that are documented and counted once add up; pledges, goods and money for troops "
            "stay apart. By the standard of the UN's tracking service this is a list of leads."
        ),
        _(
            "A shelter that may be open is never shown by name or point in the public view: a position "
            "can get people killed."
        ),
        _("Borders and names are for orientation only and state no view on sovereignty."),
    ]
    if UNREVIEWED:
        unread = ", ".join(LANGUAGES[lang] for lang in sorted(UNREVIEWED))
        said.append(_("These translations await a native reader: {languages}.", languages=unread))
    st.html(el("ul", *(el("li", rule) for rule in said), class_="sk-list", lang=visit.lang))


def grades(visit: Visit) -> None:
    """Print what the grades mean."""
    _ = visit._
    st.html(
        el(
            "p",
            " · ".join(_.c("grade", grade) for grade in sources.GRADES),
            " · ",
            _("Copies, mirrors and sources of grade D are printed without a link."),
            class_="sk-foot",
            lang=visit.lang,
        )
    )


def source_list(visit: Visit, uses: Sequence[sources.SourceUse]) -> None:
    """Print sources with grade, date, language and what they feed, some at a time."""
    _ = visit._

    def written(use: sources.SourceUse) -> list[Cell]:
        return [
            use.source.publisher,
            join(
                [
                    el("span", link(use.source.title, use.source.url), lang=words.title_language(use.source)),
                ]
            ),
            formats.partial_date(use.source.published_on, visit.lang)
            if use.source.published_on
            else _("no date given"),
            use.source.grade,
            _.c("kind", use.source.kind),
            _fed(visit, use),
        ]

    paged(
        visit,
        [_("Publisher"), _("Title"), _("Published"), _("Grade"), _("Kind"), _("Feeds")],
        Rows(uses, written),
        caption=_.n("{count} source", "{count} sources", len(uses)),
        parameter="page",
        empty=_("No source matches. Clear a filter to see more."),
    )
    downloads.menu(visit, "sources")


def _fed(visit: Visit, use: sources.SourceUse) -> str:
    _ = visit._
    return "; ".join(
        f"{table_title(visit, name)} {formats.number(count, visit.lang)}"
        for name, count in sorted(use.rows.items(), key=lambda item: -item[1])
    ) or _("nothing at present")


def table_title(visit: Visit, name: str) -> str:
    """Return the title of a table in the visitor's language, from the contract."""
    return filters.table_title(visit._, visit.release, name)


def conflicts(visit: Visit, found: Sequence[sources.Conflict]) -> None:
    """Print the days on which counts differ."""
    _ = visit._

    def written(conflict: sources.Conflict) -> list[Cell]:
        return [
            formats.short_day(conflict.on, visit.lang),
            words.country(_, conflict.country),
            _.msg(conflict.indicator.name),
            el(
                "ul",
                *(
                    el(
                        "li",
                        el("b", cards.number_link(_, row)),
                        " · ",
                        cards.short_source(_, visit.release, row),
                    )
                    for row in conflict.figures
                ),
                class_="sk-differ",
            ),
            formats.percent(conflict.spread, visit.lang),
        ]

    paged(
        visit,
        [_("Day"), _("Country"), _("What was counted"), _("Figures"), _("Spread")],
        Rows(found, written),
        caption=_.n("{count} day with different totals", "{count} days with different totals", len(found)),
        parameter="conflicts",
        numeric=(4,),
    )
    downloads.menu(visit, "conflicts")


def breaks(visit: Visit, found: Sequence[Break]) -> None:
    """Print the known breaks in series."""
    _ = visit._
    known = observations.indicators(visit.release)
    st.html(
        el(
            "ul",
            *(
                el(
                    "li",
                    el("b", _.msg(known[one.indicator].name)),
                    ", ",
                    words.country(_, one.country),
                    ", ",
                    formats.day(one.starts_on, visit.lang),
                    " – ",
                    words.lead(_, formats.day(one.ends_on, visit.lang)),
                    el("span", one.note, lang="en"),
                )
                for one in found
            ),
            class_="sk-list",
            lang=visit.lang,
        )
    )
    downloads.menu(visit, "breaks")


def doubts(visit: Visit, found: Sequence[Accepted]) -> None:
    """Print the figures that a check doubted and a named person let stand."""
    _ = visit._
    paged(
        visit,
        [_("Row"), _("What was doubted"), _("Why it stays"), _("Accepted")],
        [
            [
                el("span", table_title(visit, one.table), el("br"), el("code", one.row_key)),
                _.msg(one.doubt),
                el("span", one.reason, lang="en"),
                _(
                    "{who}, {day}; to be looked at again by {until}",
                    who=one.accepted_by,
                    day=one.accepted_on,
                    until=one.expires_on,
                ),
            ]
            for one in found
        ],
        caption=_.n("{count} accepted doubt", "{count} accepted doubts", len(found)),
        parameter="doubts",
        empty=_("No figure was doubted."),
    )


def series(visit: Visit, found: Sequence[sources.Series]) -> None:
    """Print the age of every series."""
    _ = visit._

    def written(one: sources.Series) -> list[Cell]:
        return [
            _.msg(one.indicator.name),
            words.place(_, visit.release, one.newest),
            cards.number_link(_, one.newest),
            words.as_of(_, one.newest),
            words.age(_, one.freshness),
            cards.short_source(_, visit.release, one.newest),
            formats.number(one.count, visit.lang),
        ]

    paged(
        visit,
        [
            _("Series"),
            _("Where"),
            _("Newest figure"),
            _("As of"),
            _("Age"),
            _("Source"),
            _("Figures"),
        ],
        Rows(found, written),
        caption=_.n("{count} series", "{count} series", len(found)),
        parameter="series",
        numeric=(2, 6),
    )
    downloads.menu(visit, "series")


def definitions(visit: Visit, found: Sequence[observations.Indicator]) -> None:
    """Print the definitions, some at a time."""
    _ = visit._

    def written(one: observations.Indicator) -> list[Cell]:
        return [
            el("span", _.msg(one.name), el("br"), el("code", one.indicator)),
            _.c("indicator_kind", one.kind),
            _.c("unit", one.unit),
            _.c("definition", one.definition),
        ]

    paged(
        visit,
        [_("Indicator"), _("Stock, flow or cumulative"), _("Unit"), _("Definition")],
        Rows(found, written),
        caption=_.n("{count} definition", "{count} definitions", len(found)),
        parameter="definitions",
    )
    downloads.menu(visit, "definitions")


def download(visit: Visit, name: str) -> None:
    """Offer one whole table as a file in every form, and print its dictionary."""
    _ = visit._
    chosen = next(one for one in sources.dictionary(visit.release) if one.name == name)
    if chosen.streamed:
        file = el("code", f"releases/{visit.release.release_id}/{visit.release.tier}/{name}.parquet")
        reason = _("This table is too long to be sent from here. Its file in the data folder: ")
        st.html(el("p", reason, file, class_="sk-note", lang=visit.lang))
    st.html(
        el(
            "p",
            _.n("{count} row", "{count} rows", chosen.rows),
            " · ",
            _("Licence: {licence}", licence=chosen.licence or "CC-BY-4.0"),
            class_="sk-foot",
        )
    )
    if not chosen.streamed:
        downloads.menu(visit, "table")
    twin(
        _,
        [_("Column"), _("Title"), _("Type"), _("Unit"), _("Description")],
        [
            [
                el("code", column.name),
                column.titles.of(visit.lang),
                _.c("column_type", column.kind),
                _.c("unit", column.unit),
                el("span", column.description, lang="en"),
            ]
            for column in chosen.columns
        ],
        caption=_("Dictionary of “{table}”", table=table_title(visit, name)),
        label=_("Dictionary of this table"),
    )


def licences(visit: Visit) -> None:
    """Print licences and credits."""
    _ = visit._
    said = [
        _(
            "Compiled facts and figures: Creative Commons Attribution 4.0. Each source keeps its rights "
            "in its text, of which nothing is copied here."
        ),
        _("Borders, provinces and sea: © OpenStreetMap contributors, Open Database Licence 1.0."),
        _("Rivers and lakes: Natural Earth, public domain. Points of towns: GeoNames, CC BY 4.0."),
        _("Names and codes of places: lists of the Ministry of Economy and Finance of Cambodia."),
        _("Exchange rates: European Central Bank reference rates; rates of the riel are unofficial."),
        _("Code: MIT licence. Fonts: Noto, SIL Open Font License 1.1."),
    ]
    st.html(el("ul", *(el("li", line) for line in said), class_="sk-list", lang=visit.lang))
