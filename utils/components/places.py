"""Links to the places that readers ask for first."""

from __future__ import annotations

from utils.analysis import places
from utils.components import addresses
from utils.draw_context import DrawContext
from utils.text.html import Markup, el, join, link


def focus_links(context: DrawContext) -> Markup:
    """Return links to O'Smach, Preah Vihear and Poipet; those that the release names."""
    return _links(context, "sk-focus-links")


def focus_tiles(context: DrawContext) -> Markup:
    """Return the same links as large tiles, to begin with."""
    return _links(context, "sk-focus-tiles")


def _links(context: DrawContext, class_: str) -> Markup:
    _ = context._
    by_id = {place.place_id: place for place in places.list_landmarks(context.release)}
    links = [
        el(
            "li",
            link(
                join([by_id[place_id].names.of(context.lang), " →"]),
                addresses.place_address(context.lang, place_id),
            ),
        )
        for place_id in places.FOCUS
        if place_id in by_id
    ]
    return el("ul", *links, class_=class_, aria_label=_("Places on the border"), lang=context.lang)
