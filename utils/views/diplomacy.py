"""What the page of diplomacy shows: acts, France, the article's claims beside what others say."""

from __future__ import annotations

from typing import Final

from utils.analysis import diplomacy, observations
from utils.components import diplomacy as lists
from utils.components import donations as searches
from utils.draw_context import DrawContext
from utils.exports.dataset import (
    CellValue,
    Dataset,
    newest_day,
    own_column,
    read_table_rows,
    unique_sources,
    whole_number,
)
from utils.text import wording
from utils.text.locale import lazy_gettext
from utils.views.columns import list_acts_as_events
from utils.views.filters import coded_choice, free_text, optional_choice
from utils.views.model import View

_BESIDE: Final = (
    own_column("claim", "string", lazy_gettext("The article says"), "The claim, in English"),
    own_column("part", "string", lazy_gettext("Whose figure"), "own: the article; others; event; none_found"),
    own_column("row_id", "string", lazy_gettext("Row ids"), "Figure of an event, or event"),
    own_column("what", "string", lazy_gettext("What was counted"), "Metric, or title of the event"),
    own_column("claimed_by", "string", lazy_gettext("Who claims"), "Who said the figure"),
    own_column("qualifier", "string", lazy_gettext("Exact or about"), "As printed"),
    own_column("value", "number", lazy_gettext("Figure"), "As printed"),
    own_column("unit", "string", lazy_gettext("Unit"), "Unit of the figure"),
    own_column("date", "date", lazy_gettext("Day"), "Day of the event"),
    own_column("source_id", "string", lazy_gettext("Source (code)"), "Source of the row"),
    own_column("verdict", "string", lazy_gettext("How it is shown"), "In English"),
)

_COLUMNS: Final = {"actor": "", "act": "", "commitment": "", "note": "act_note"}


def list_acts(context: DrawContext, **filters: str) -> Dataset:
    """Return the diplomatic acts that pass the filters of their page, as events."""
    return list_acts_as_events(
        context.release,
        diplomacy.filter_diplomatic_acts(context.release, **filters),
        "diplomatic_acts",
        _COLUMNS,
    )


def list_acts_of_france(context: DrawContext) -> Dataset:
    """Return what France statement, offered or was asked, oldest first."""
    return list_acts_as_events(
        context.release, diplomacy.list_french_acts(context.release), "diplomatic_acts", _COLUMNS
    )


def list_article_claims(context: DrawContext) -> Dataset:
    """Return the article's claims with the figures and events beside each, one a row."""
    rows: list[tuple[CellValue, ...]] = []
    sources, days = [], []
    for claim in diplomacy.list_article_claims(context.release):
        statement, verdict = claim.claim.msgid, claim.verdict.msgid
        parts = [("own", figure) for figure in claim.own] + [("others", figure) for figure in claim.figures]
        for part, figure in parts:
            row = figure.observation
            rows.append(
                (
                    statement,
                    part,
                    row.observation_id,
                    row.indicator,
                    figure.claimed_by,
                    row.qualifier,
                    whole_number(row.value),
                    row.unit,
                    row.as_of,
                    row.sources[0].source_id,
                    verdict,
                )
            )
        for act in claim.events:
            rows.append(
                (
                    statement,
                    "event",
                    act.event_id,
                    act.title,
                    "",
                    "",
                    None,
                    "",
                    act.on,
                    act.source.source_id,
                    verdict,
                )
            )
        if not parts and not claim.events:
            rows.append((statement, "none_found", "", "", "", "", None, "", None, "", verdict))
        sources += [source for _part, figure in parts for source in figure.observation.sources]
        sources += [act.source for act in claim.events]
        days += [figure.observation.as_of for _part, figure in parts] + [act.on for act in claim.events]
    return Dataset(
        columns=_BESIDE, rows=tuple(rows), sources=unique_sources(sources), newest=newest_day(days)
    )


def list_not_found_in_france(context: DrawContext) -> Dataset:
    """Return what was looked for in France and not found."""
    rows = observations.load_rows(context.release, "looked_for")
    shown = [row["search_id"] for row in rows if (row["topic"], row["country"]) == ("donations", "FRA")]
    return read_table_rows(context.release, "looked_for", key="search_id", only=shown)


_ACTS: Final = (
    optional_choice(
        "actor",
        lazy_gettext("Who acts or hosts"),
        lazy_gettext("All"),
        lambda release: diplomacy.list_choices(release, "actor"),
        lambda _, _release, code: wording.name_actor(_, code),
    ),
    coded_choice(
        "act",
        lazy_gettext("Kind of act"),
        lazy_gettext("All kinds"),
        lambda release: diplomacy.list_choices(release, "act"),
    ),
    free_text(lazy_gettext("Search acts"), lazy_gettext("Title, place or note")),
)

ACTS: Final = View(
    "diplomatic-acts",
    "diplomacy",
    lists.list_acts,
    list_acts,
    _ACTS,
    lazy_gettext("Diplomatic acts"),
    placed=True,
)
FRANCE: Final = View(
    "france",
    "diplomacy",
    lists.list_acts_of_france,
    list_acts_of_france,
    title=lazy_gettext("France"),
    placed=True,
)
NOT_FOUND: Final = View(
    "not-found-france",
    "diplomacy",
    searches.list_not_found_in_france,
    list_not_found_in_france,
    title=lazy_gettext("Looked for and not found"),
)
CLAIMS: Final = View(
    "article-claims",
    "diplomacy",
    lists.article_claims,
    list_article_claims,
    title=lazy_gettext("The article's claims beside what others say"),
)
