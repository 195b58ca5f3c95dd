"""The lists of the page of sources and methods."""

from __future__ import annotations

from utils.analysis import accepted_warnings, crisis_phases, observations, sources
from utils.components import cards, words
from utils.components.tables import Cell, Listing, Rows
from utils.draw_context import DrawContext
from utils.releases import Release
from utils.text.html import Markup, el, join, link
from utils.text.locale import LANGUAGES, UNREVIEWED, Translator, formats


def rules(context: DrawContext) -> Markup:
    """Return the rules the figures follow."""
    _ = context._
    sentences = [
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
        sentences.append(_("These translations await a native reader: {languages}.", languages=unread))
    return el("ul", *(el("li", rule) for rule in sentences), class_="sk-list", lang=context.lang)


def grades(context: DrawContext) -> Markup:
    """Return what the grades mean."""
    _ = context._
    return el(
        "p",
        " · ".join(_.pgettext("grade", grade) for grade in sources.GRADES),
        " · ",
        _("Copies, mirrors and sources of grade D are printed without a link."),
        class_="sk-foot",
        lang=context.lang,
    )


def source_list(context: DrawContext, **filters: str) -> Listing:
    """Return sources with grade, date, language and what they feed."""
    uses = sources.matching(context.release, **filters)
    _ = context._

    def written(use: sources.SourceUse) -> list[Cell]:
        return [
            use.source.publisher,
            join([el("span", link(use.source.title, use.source.url), lang=words.title_language(use.source))]),
            formats.partial_date(use.source.published_on, context.lang)
            if use.source.published_on
            else _("no date given"),
            use.source.grade,
            _.pgettext("kind", use.source.kind),
            _fed(context, use),
        ]

    return Listing(
        [_("Publisher"), _("Title"), _("Published"), _("Grade"), _("Kind"), _("Feeds")],
        Rows(uses, written),
        caption=_.ngettext("{count} source", "{count} sources", len(uses)),
        parameter="page",
        empty=_("No source matches. Clear a filter to see more."),
    )


def _fed(context: DrawContext, use: sources.SourceUse) -> str:
    _ = context._
    return "; ".join(
        f"{table_title(_, context.release, name)} {formats.number(count, context.lang)}"
        for name, count in sorted(use.rows.items(), key=lambda item: -item[1])
    ) or _("nothing at present")


def table_title(_: Translator, release: Release, name: str) -> str:
    """Return the title of a table in the reader's language, from the contract."""
    for table in sources.dictionary(release):
        if table.name == name:
            return table.titles.of(_.lang)
    return name


def conflicts(context: DrawContext) -> Listing:
    """Return the days on which counts differ."""
    found = sources.conflicts(context.release)
    _ = context._

    def written(conflict: sources.Conflict) -> list[Cell]:
        return [
            formats.short_day(conflict.on, context.lang),
            words.country(_, conflict.country),
            _.translate(conflict.indicator.name),
            el(
                "ul",
                *(
                    el(
                        "li",
                        el("b", cards.number_link(_, row)),
                        " · ",
                        cards.short_source(_, context.release, row),
                    )
                    for row in conflict.figures
                ),
                class_="sk-differ",
            ),
            formats.percent(conflict.spread, context.lang),
        ]

    return Listing(
        [_("Day"), _("Country"), _("What was counted"), _("Figures"), _("Spread")],
        Rows(found, written),
        caption=_.ngettext(
            "{count} day with different totals", "{count} days with different totals", len(found)
        ),
        parameter="conflicts",
        numeric=(4,),
    )


def series_breaks(context: DrawContext) -> Markup:
    """Return the known breaks in series."""
    found = crisis_phases.breaks(context.release)
    _ = context._
    known = observations.indicators(context.release)
    return el(
        "ul",
        *(
            el(
                "li",
                el("b", _.translate(known[gap.indicator].name)),
                ", ",
                words.country(_, gap.country),
                ", ",
                formats.day(gap.starts_on, context.lang),
                " – ",
                words.lead(_, formats.day(gap.ends_on, context.lang)),
                el("span", gap.note, lang="en"),
            )
            for gap in found
        ),
        class_="sk-list",
        lang=context.lang,
    )


def accepted_doubts(context: DrawContext) -> Listing:
    """Return the figures that a check doubted and a named person let stand."""
    found = accepted_warnings.accepted(context.release)
    _ = context._
    return Listing(
        [_("Row"), _("What was doubted"), _("Why it stays"), _("Accepted")],
        [
            [
                el("span", table_title(_, context.release, doubt.table), el("br"), el("code", doubt.row_key)),
                _.translate(doubt.doubt),
                el("span", doubt.reason, lang="en"),
                _(
                    "{who}, {day}; to be looked at again by {until}",
                    who=doubt.accepted_by,
                    day=doubt.accepted_on,
                    until=doubt.expires_on,
                ),
            ]
            for doubt in found
        ],
        caption=_.ngettext("{count} accepted doubt", "{count} accepted doubts", len(found)),
        parameter="doubts",
        empty=_("No figure was doubted."),
    )


def series(context: DrawContext) -> Listing:
    """Return the age of every series."""
    found = sources.series(context.release, context.today)
    _ = context._

    def written(line: sources.Series) -> list[Cell]:
        return [
            _.translate(line.indicator.name),
            words.place(_, context.release, line.newest),
            cards.number_link(_, line.newest),
            words.as_of(_, line.newest),
            words.age(_, line.freshness),
            cards.short_source(_, context.release, line.newest),
            formats.number(line.count, context.lang),
        ]

    return Listing(
        [_("Series"), _("Where"), _("Newest figure"), _("As of"), _("Age"), _("Source"), _("Figures")],
        Rows(found, written),
        caption=_.ngettext("{count} series", "{count} series", len(found)),
        parameter="series",
        numeric=(2, 6),
    )


def definitions(context: DrawContext) -> Listing:
    """Return the definitions."""
    found = sources.definitions(context.release)
    _ = context._

    def written(indicator: observations.Indicator) -> list[Cell]:
        return [
            el("span", _.translate(indicator.name), el("br"), el("code", indicator.indicator)),
            _.pgettext("indicator_kind", indicator.kind),
            _.pgettext("unit", indicator.unit),
            _.pgettext("definition", indicator.definition),
        ]

    return Listing(
        [_("Indicator"), _("Stock, flow or cumulative"), _("Unit"), _("Definition")],
        Rows(found, written),
        caption=_.ngettext("{count} definition", "{count} definitions", len(found)),
        parameter="definitions",
    )


def licences(context: DrawContext) -> Markup:
    """Return licences and credits."""
    _ = context._
    sentences = [
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
    return el("ul", *(el("li", line) for line in sentences), class_="sk-list", lang=context.lang)
