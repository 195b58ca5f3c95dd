"""The list of counts of health facilities."""

from __future__ import annotations

from utils.analysis import facilities, observations
from utils.analysis.facilities import FacilityCount
from utils.components import cards, inline
from utils.components.tables import Listing, listing
from utils.draw_context import DrawContext
from utils.text import wording
from utils.text.html import Markup, el, join


def list_health_facilities(context: DrawContext) -> Listing:
    """Return counts of health facilities, some at a time; those that differ stand beside each other."""
    counts = facilities.list_facility_counts(context.release)
    _, release = context._, context.release
    indicators = observations.load_indicators(release)
    return listing(
        counts,
        [
            (_("As of"), lambda count: wording.format_as_of(_, count.counted)),
            (_("Figure"), lambda count: _figures(context, count)),
            (_("What was counted"), lambda count: _.translate(indicators[count.counted.indicator].name)),
            (_("Place"), lambda count: wording.name_place(_, release, count.counted)),
            (_("Counted by"), lambda count: wording.name_counter(_, release, count.counted)),
            (_("Source"), lambda count: cards.sources(_, count.counted)),
            (_("Note"), lambda count: el("span", count.counted.note, lang="en")),
        ],
        caption=_.ngettext(
            "{count} count of health facilities", "{count} counts of health facilities", len(counts)
        ),
        parameter="facilities",
        empty=_("none found"),
    )


def _figures(context: DrawContext, count: FacilityCount) -> Markup:
    """Return a figure, and those of others for the same question, each with its day and source."""
    _ = context._
    number = cards.link_number(_, count.counted)
    if not count.others:
        return number
    others = (
        join(
            [
                cards.link_number(_, other),
                " · ",
                wording.format_as_of(_, other),
                " · ",
                cards.short_source(_, context.release, other),
            ]
        )
        for other in count.others
    )
    title = el("p", _("Figures that differ"), class_="sk-muted")
    return join([number, title, inline.bullets(others, class_="sk-differ")])
