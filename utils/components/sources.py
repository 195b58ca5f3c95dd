"""The lists of the page of sources and methods."""

from __future__ import annotations

from typing import Final

from utils.analysis import accepted_warnings, crisis_phases, observations, sources
from utils.components import cards, inline
from utils.components.addresses import language_address
from utils.components.lists import message_list
from utils.components.tables import Listing, listing
from utils.draw_context import DrawContext
from utils.releases import Release
from utils.text import wording
from utils.text.html import Markup, el, join, link
from utils.text.locale import LANGUAGES, UNREVIEWED, Translator, formats, lazy_gettext

RULES: Final = (
    lazy_gettext("Two publishers who differ stay two figures. Both are shown, never averaged."),
    lazy_gettext("“Confirmed by two” counts origins: two outlets of one release are one source."),
    lazy_gettext(
        "A stock counts people on a day; a flow counts a period; a cumulative total only grows. "
        "They are different figures and never stand on one line."
    ),
    lazy_gettext(
        "What overlaps is never added: camps and all displaced, women and children, the two rounds, "
        "the province people fled from and the one where they shelter."
    ),
    lazy_gettext("The latest figure found is not “now”: its date stands beside it."),
    lazy_gettext(
        "“Not found” means that we looked and found none; “not published” that nobody gave one. "
        "Neither is zero."
    ),
    lazy_gettext(
        "The headline series takes the Ministry of National Defence in July 2025, then the disaster "
        "committee (NCDM), and the Ministry of Interior where the committee gave none."
    ),
    lazy_gettext(
        "Only gifts that are documented and counted once add up; pledges, goods and money for troops "
        "stay apart. By the standard of the UN's tracking service this is a list of leads."
    ),
    lazy_gettext(
        "A shelter that may be open is never shown by name or point in the public view: a position "
        "can get people killed."
    ),
    lazy_gettext("Borders and names are for orientation only and state no view on sovereignty."),
)
"""The rules the figures follow."""

LICENCES: Final = (
    lazy_gettext(
        "Compiled facts and figures: Creative Commons Attribution 4.0. Each source keeps its rights "
        "in its text, of which nothing is copied here."
    ),
    lazy_gettext("Borders, provinces and sea: © OpenStreetMap contributors, Open Database Licence 1.0."),
    lazy_gettext("Rivers and lakes: Natural Earth, public domain. Points of towns: GeoNames, CC BY 4.0."),
    lazy_gettext("Names and codes of places: lists of the Ministry of Economy and Finance of Cambodia."),
    lazy_gettext("Exchange rates: European Central Bank reference rates; rates of the riel are unofficial."),
    lazy_gettext("Code: MIT licence. Fonts: Noto, SIL Open Font License 1.1."),
)
"""Licences and credits."""


def rules(_: Translator) -> Markup:
    """Return the rules the figures follow, and which translations nobody reviewed yet."""
    unreviewed = [unreviewed_languages(_)] if UNREVIEWED else []
    return message_list(_, [*RULES, *unreviewed])


def open_addresses(_: Translator) -> Markup:
    """Return the links to the data that programs read by themselves."""
    links = (
        (_("Data for programs (API, no key)"), "api/v1/docs"),
        (_("The contract: every table, column and unit"), "datapackage.json"),
        (_("New figures and corrections, as a feed (Atom)"), language_address(_.lang, "feeds/all.atom")),
        (_("Calendar of dated events, to subscribe to"), language_address(_.lang, "calendar.ics")),
        (_("The week in 150 words, to send on"), language_address(_.lang, "digest.txt")),
    )
    return el("ul", *(el("li", link(label, address)) for label, address in links))


def unreviewed_languages(_: Translator) -> Markup:
    """Return the sentence that names the languages no native reader has read."""
    names = ", ".join(LANGUAGES[lang] for lang in sorted(UNREVIEWED))
    return join([_("These translations await a native reader: {languages}.", languages=names)])


def grades(_: Translator) -> Markup:
    """Return what the grades mean."""
    unlinked = _("Copies, mirrors and sources of grade D are printed without a link.")
    meanings = (_.pgettext("grade", grade) for grade in sources.GRADES)
    return el("p", " · ".join([*meanings, unlinked]), class_="sk-foot", lang=_.lang)


def list_sources(context: DrawContext, **filters: str) -> Listing:
    """Return sources with grade, date, language and what they feed."""
    uses = sources.filter_sources(context.release, **filters)
    _ = context._
    return listing(
        uses,
        [
            (_("Publisher"), lambda use: use.source.publisher),
            (_("Title"), lambda use: inline.link_title(use.source)),
            (_("Published"), lambda use: inline.published_on(_, use.source) or _("no date given")),
            (_("Grade"), lambda use: use.source.grade),
            (_("Kind"), lambda use: _.pgettext("kind", use.source.kind)),
            (_("Feeds"), lambda use: _format_fed_tables(context, use)),
        ],
        caption=_.ngettext("{count} source", "{count} sources", len(uses)),
        parameter="page",
        empty=_("No source matches. Clear a filter to see more."),
    )


def _format_fed_tables(context: DrawContext, use: sources.SourceUse) -> str:
    _ = context._
    return "; ".join(
        f"{table_title(_, context.release, name)} {formats.format_number(count, context.lang)}"
        for name, count in sorted(use.rows.items(), key=lambda table: -table[1])
    ) or _("nothing at present")


def table_title(_: Translator, release: Release, name: str) -> str:
    """Return the title of a table in the reader's language, from the contract."""
    titles = (table.titles.of(_.lang) for table in sources.list_public_tables(release) if table.name == name)
    return next(titles, name)


def list_conflicts(context: DrawContext) -> Listing:
    """Return the days on which counts differ."""
    conflicts = sources.list_conflicts(context.release)
    _, lang = context._, context.lang
    return listing(
        conflicts,
        [
            (_("Day"), lambda conflict: formats.format_short_day(conflict.on, lang)),
            (_("Country"), lambda conflict: wording.name_country(_, conflict.country)),
            (_("What was counted"), lambda conflict: _.translate(conflict.indicator.name)),
            (_("Figures"), lambda conflict: _figures(context, conflict)),
            (_("Spread"), lambda conflict: formats.format_share(conflict.spread, lang)),
        ],
        caption=_.ngettext(
            "{count} day with different totals", "{count} days with different totals", len(conflicts)
        ),
        parameter="conflicts",
        numeric=(4,),
    )


def _figures(context: DrawContext, conflict: sources.Conflict) -> Markup:
    _ = context._
    figures = (
        join([el("b", cards.link_number(_, row)), " · ", cards.short_source(_, context.release, row)])
        for row in conflict.figures
    )
    return inline.bullets(figures, class_="sk-differ")


def series_breaks(context: DrawContext) -> Markup:
    """Return the known breaks in series."""
    _, lang = context._, context.lang
    indicators = observations.load_indicators(context.release)
    breaks = (
        join(
            [
                el("b", _.translate(indicators[gap.indicator].name)),
                f", {wording.name_country(_, gap.country)}, {formats.format_day(gap.starts_on, lang)} – ",
                wording.add_colon(_, formats.format_day(gap.ends_on, lang)),
                el("span", gap.note, lang="en"),
            ]
        )
        for gap in crisis_phases.list_series_breaks(context.release)
    )
    return inline.bullets(breaks, lang)


def list_accepted_doubts(context: DrawContext) -> Listing:
    """Return the figures that a check doubted and a named person let stand."""
    doubts = accepted_warnings.list_accepted_warnings(context.release)
    _, release = context._, context.release
    return listing(
        doubts,
        [
            (
                _("Row"),
                lambda doubt: el(
                    "span", table_title(_, release, doubt.table), el("br"), el("code", doubt.row_key)
                ),
            ),
            (_("What was doubted"), lambda doubt: _.translate(doubt.doubt)),
            (_("Why it stays"), lambda doubt: el("span", doubt.reason, lang="en")),
            (
                _("Accepted"),
                lambda doubt: _(
                    "{who}, {day}; to be looked at again by {until}",
                    who=doubt.accepted_by,
                    day=doubt.accepted_on,
                    until=doubt.expires_on,
                ),
            ),
        ],
        caption=_.ngettext("{count} accepted doubt", "{count} accepted doubts", len(doubts)),
        parameter="doubts",
        empty=_("No figure was doubted."),
    )


def list_series(context: DrawContext) -> Listing:
    """Return the age of every series."""
    series = sources.list_series_ages(context.release, context.today)
    _, release = context._, context.release
    return listing(
        series,
        [
            (_("Series"), lambda line: _.translate(line.indicator.name)),
            (_("Where"), lambda line: wording.name_place(_, release, line.newest)),
            (_("Newest figure"), lambda line: cards.link_number(_, line.newest)),
            (_("As of"), lambda line: wording.format_as_of(_, line.newest)),
            (_("Age"), lambda line: wording.format_age(_, line.freshness)),
            (_("Source"), lambda line: cards.short_source(_, release, line.newest)),
            (_("Figures"), lambda line: formats.format_number(line.count, context.lang)),
        ],
        caption=_.ngettext("{count} series", "{count} series", len(series)),
        parameter="series",
        numeric=(2, 6),
    )


def list_definitions(context: DrawContext) -> Listing:
    """Return the definitions."""
    indicators = sources.list_definitions(context.release)
    _ = context._
    return listing(
        indicators,
        [
            (
                _("Indicator"),
                lambda indicator: el(
                    "span", _.translate(indicator.name), el("br"), el("code", indicator.indicator)
                ),
            ),
            (
                _("Stock, flow or cumulative"),
                lambda indicator: _.pgettext("indicator_kind", indicator.kind),
            ),
            (_("Unit"), lambda indicator: _.pgettext("unit", indicator.unit)),
            (_("Definition"), lambda indicator: _.pgettext("definition", indicator.definition)),
        ],
        caption=_.ngettext("{count} definition", "{count} definitions", len(indicators)),
        parameter="definitions",
    )
