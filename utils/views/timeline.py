"""What the timeline shows: events, checked claims, the figures of one article."""

from __future__ import annotations

from typing import Final

from utils.analysis import timeline
from utils.components import timeline as lists
from utils.draw_context import DrawContext
from utils.exports.dataset import Dataset, cite_also, join_columns, read_table_rows
from utils.text.locale import lazy_gettext
from utils.views.columns import CLAIMS_IN_FIGURES, format_claims, list_claim_sources
from utils.views.filters import coded_choice, country_choice, free_text, phase_choice
from utils.views.model import View


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


def list_checked_claims(context: DrawContext, **filters: str) -> Dataset:
    """Return the checked claims of the timeline that pass its filters."""
    shown = timeline.filter_checked_claims(context.release, **filters)
    ids = [claim.item_id for claim in shown]
    return read_table_rows(context.release, "verified_information", key="observation_id", only=ids)


def list_article_figures(context: DrawContext) -> Dataset:
    """Return the figures of the article that are checked one by one."""
    shown = [claim.observation.observation_id for claim in timeline.list_seed_claims(context.release)]
    return read_table_rows(context.release, "event_figures", key="observation_id", only=shown)


_EVENTS: Final = (
    coded_choice(
        "kind",
        lazy_gettext("Kind of event"),
        lazy_gettext("All kinds of events"),
        lambda release: timeline.list_choices(release, "kind"),
    ),
    country_choice(lazy_gettext("Country"), lambda release: timeline.list_choices(release, "country")),
    phase_choice(lambda release: timeline.list_choices(release, "phase")),
    free_text(lazy_gettext("Search events"), lazy_gettext("Place, word or day"), beside=True),
)
_CLAIMS: Final = (
    coded_choice(
        "verdict", lazy_gettext("Verdict"), lazy_gettext("All verdicts"), lambda _release: timeline.CHECKED
    ),
    free_text(lazy_gettext("Search claims"), lazy_gettext("Claim or checker"), name="claim", beside=True),
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
