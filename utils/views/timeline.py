"""What the timeline shows: events, checked claims, the figures of one article."""

from __future__ import annotations

from typing import Final

from utils.analysis import timeline
from utils.components import timeline as lists
from utils.draw_context import DrawContext
from utils.exports.dataset import Dataset, also_cited, beside, of_table
from utils.text.locale import lazy_gettext
from utils.views.columns import CLAIMED, claim_sources, claimed
from utils.views.filters import any_of, coded, country_name, free_text, phase_name
from utils.views.model import View


def events(context: DrawContext, **filters: str) -> Dataset:
    """Return the events of the timeline that pass its filters, with what was said of each in figures."""
    shown = timeline.filter_moments(context.release, **filters)
    claims = {moment.event.event_id: (*moment.claims, *moment.victims) for moment in shown}
    made = beside(context.release, "events", "event_id", claims, (CLAIMED,), lambda found: (claimed(found),))
    return also_cited(made, claim_sources(claims.values()))


def checked(context: DrawContext, **filters: str) -> Dataset:
    """Return the checked claims of the timeline that pass its filters."""
    shown = timeline.filter_checked_claims(context.release, **filters)
    ids = [claim.item_id for claim in shown]
    return of_table(context.release, "verified_information", key="observation_id", only=ids)


def of_article(context: DrawContext) -> Dataset:
    """Return the figures of the article that are checked one by one."""
    shown = [claim.observation.observation_id for claim in timeline.list_seed_claims(context.release)]
    return of_table(context.release, "event_figures", key="observation_id", only=shown)


_EVENTS: Final = (
    coded(
        "kind",
        lazy_gettext("Kind of event"),
        lazy_gettext("All kinds of events"),
        lambda release: timeline.list_choices(release, "kind"),
    ),
    any_of(
        "country",
        lazy_gettext("Country"),
        lazy_gettext("All countries"),
        lambda release: timeline.list_choices(release, "country"),
        country_name,
    ),
    any_of(
        "phase",
        lazy_gettext("Phase"),
        lazy_gettext("All phases"),
        lambda release: timeline.list_choices(release, "phase"),
        phase_name,
    ),
    free_text(lazy_gettext("Search events"), lazy_gettext("Place, word or day"), beside=True),
)
_CLAIMS: Final = (
    coded(
        "verdict", lazy_gettext("Verdict"), lazy_gettext("All verdicts"), lambda _release: timeline.CHECKED
    ),
    free_text(lazy_gettext("Search claims"), lazy_gettext("Claim or checker"), name="claim", beside=True),
)

EVENTS: Final = View(
    "timeline", "timeline", lists.events, events, _EVENTS, lazy_gettext("Events"), placed=True
)
CLAIMS: Final = View(
    "claims-checked", "timeline", lists.checked_claims, checked, _CLAIMS, lazy_gettext("Claims checked")
)
ARTICLE_FIGURES: Final = View(
    "article-figures",
    "timeline",
    lists.article_figures,
    of_article,
    title=lazy_gettext("One article, checked figure by figure"),
)
