"""What the timeline shows: events, checked claims, the figures of one article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from utils.analysis import timeline
from utils.charts.timeline import timeline_lanes
from utils.components import timeline as lists
from utils.draw_context import DrawContext
from utils.exports.dataset import Dataset, cite_also, join_columns, read_table_rows
from utils.releases import Release
from utils.text.locale import Translator, formats, lazy_gettext
from utils.views.columns import CLAIMS_IN_FIGURES, format_claims, list_claim_sources
from utils.views.filters import coded_choice, country_choice, free_text, optional_choice
from utils.views.model import ALL, View


def list_events(context: DrawContext, **filters: str) -> Dataset:
    """Return the events of the timeline that pass its filters, with the figures claimed for each."""
    shown = timeline.filter_moments(context.release, **filters)
    claims = {moment.event.event_id: (*moment.claims, *moment.victims) for moment in shown}
    dataset = join_columns(
        context.release,
        "events",
        "event_id",
        claims,
        (CLAIMS_IN_FIGURES,),
        lambda figures: (format_claims(figures),),
    )
    return cite_also(dataset, list_claim_sources(claims.values()))


def list_lane_events(context: DrawContext, lane: str, month: str) -> Dataset:
    """Return the events that are drawn dark: of a lane and a month, or all."""
    return list_events(context, lane=lane, month=month)


def list_checked_claims(context: DrawContext, **filters: str) -> Dataset:
    """Return the checked claims of the timeline that pass its filters."""
    shown = timeline.filter_checked_claims(context.release, **filters)
    ids = [claim.item_id for claim in shown]
    return read_table_rows(context.release, "verified_information", key="observation_id", only=ids)


def list_article_figures(context: DrawContext) -> Dataset:
    """Return the figures of the article that are checked one by one."""
    shown = [claim.observation.observation_id for claim in timeline.list_seed_claims(context.release)]
    return read_table_rows(context.release, "event_figures", key="observation_id", only=shown)


def _format_lane(_: Translator, _release: Release, code: str) -> str:
    return _.translate(timeline.LANE_NAMES[code])


def _offer_lane(_: Translator, release: Release, code: str) -> str:
    """Return a lane with the number of its events, as the chips of the page show it."""
    counts = timeline.count_lanes(release)
    name = _("All") if code == ALL else _format_lane(_, release, code)
    return _("{name} ({count})", name=name, count=sum(counts.values()) if code == ALL else counts[code])


def _format_month(_: Translator, _release: Release, code: str) -> str:
    return formats.format_month(date.fromisoformat(f"{code}-01"), _.lang)


LANE: Final = replace(
    optional_choice(
        "lane",
        lazy_gettext("Show"),
        lazy_gettext("All"),
        lambda _release: tuple(timeline.LANES),
        _format_lane,
    ),
    option=_offer_lane,
    widget="buttons",
)
MONTH: Final = optional_choice(
    "month", lazy_gettext("Month"), lazy_gettext("All months"), timeline.list_months, _format_month
)
_EVENTS: Final = (
    LANE,
    MONTH,
    coded_choice(
        "kind",
        lazy_gettext("Kind of event"),
        lazy_gettext("All kinds of events"),
        lambda release: timeline.list_choices(release, "kind"),
    ),
    country_choice(lazy_gettext("Country"), lambda release: timeline.list_choices(release, "country")),
    free_text(lazy_gettext("Search events"), lazy_gettext("Place, word or day"), beside=True),
)
_CLAIMS: Final = (
    coded_choice(
        "verdict", lazy_gettext("Verdict"), lazy_gettext("All verdicts"), lambda _release: timeline.CHECKED
    ),
    free_text(lazy_gettext("Search claims"), lazy_gettext("Claim or checker"), name="claim", beside=True),
)

LANES: Final = View(
    "timeline-lanes", "timeline", timeline_lanes, list_lane_events, (LANE, MONTH), placed=True
)
EVENTS: Final = View(
    "timeline", "timeline", lists.list_events, list_events, _EVENTS, lazy_gettext("Events"), placed=True
)
CLAIMS: Final = View(
    "claims-checked",
    "timeline",
    lists.list_checked_claims,
    list_checked_claims,
    _CLAIMS,
    lazy_gettext("Claims checked"),
)
ARTICLE_FIGURES: Final = View(
    "article-figures",
    "timeline",
    lists.article_figures,
    list_article_figures,
    title=lazy_gettext("One article, checked figure by figure"),
)
