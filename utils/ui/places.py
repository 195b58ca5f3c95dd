"""The pieces of the page of places: which place is meant, and the card of one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from utils.analysis import place_card
from utils.analysis.gaps import GapCell as Aid
from utils.analysis.model import Observation
from utils.analysis.place_card import AreaFigures, AreaSeries, PlaceCard
from utils.analysis.place_search import PlaceHit, find_nearest_place, index_places
from utils.analysis.places import NamedPlace
from utils.charts.place import place_curve
from utils.components import addresses, cards, inline, lists
from utils.components.gaps import state_badge
from utils.components.places import focus_tiles
from utils.components.tables import Cell, table_of
from utils.text import wording
from utils.text.html import Markup, el, join, link
from utils.ui import card_grid, downloads, filters, style
from utils.ui.error_boundary import notice, panel
from utils.ui.views import show_view
from utils.ui.visitor import Visitor
from utils.views.places import CURVE, EVENTS, FIGURES, MAP


def choose_place(visitor: Visitor, hits: Sequence[PlaceHit], *, searched: bool) -> str:
    """Return the id of the place that is meant; where several fit, all are listed to choose from."""
    _ = visitor._
    places = index_places(visitor.release)
    if not searched:
        place_id = st.query_params.get(addresses.PLACE_PARAMETER, "")
        if place_id in places:
            return place_id
        if place_id:
            nearest = find_nearest_place(visitor.release, place_id)
            title = _("This release has no such place.")
            if nearest:
                name = places[nearest].names.of(visitor.lang)
                notice(title, _("The place most like it is shown: {place}.", place=name))
                return nearest
            notice(title)
        st.html(focus_tiles(visitor.context))
        _show_provinces(visitor)
        return ""
    if not hits:
        notice(
            _("No place fits this."),
            _("Try another spelling, fewer letters or a P-code. Places below the district are not searched."),
        )
        return ""
    if hits[0].match == "sounds":
        notice(_("No spelling fits exactly. These sound alike."))
    if len(hits) == 1:
        return hits[0].place.place_id
    return filters.choose_code(
        addresses.PLACE_PARAMETER,
        [hit.place.place_id for hit in hits],
        _.ngettext("{count} place fits", "{count} places fit", len(hits)),
        lang=visitor.lang,
        show=lambda code: _format_place(visitor, places[code]),
    )


def _format_place(visitor: Visitor, place: NamedPlace) -> str:
    """Return a name that sets a place apart from others of the same name."""
    _ = visitor._
    parent = index_places(visitor.release).get(place.parent_id)
    parts = [place.names.of(visitor.lang), _.pgettext("kind", place.kind), place.pcode]
    if parent is not None and parent.kind != "country":
        parts.append(parent.names.of(visitor.lang))
    return " · ".join(filter(None, parts))


def _show_provinces(visitor: Visitor) -> None:
    """Print the provinces to begin with."""
    _ = visitor._
    provinces = [
        place for place in index_places(visitor.release).values() if place.kind in {"country", "province"}
    ]
    provinces.sort(key=lambda place: (place.kind, place.pcode or "~", place.place_id))
    links = inline.bullets((_link_place(visitor, place) for place in provinces), class_="sk-list sk-columns")
    lead = el("p", _("Or choose a country or province:"))
    st.html(el("nav", lead, links, lang=visitor.lang, aria_label=_("Provinces")))


def _link_place(visitor: Visitor, place: NamedPlace) -> Markup:
    lang = visitor.lang
    return link(place.names.of(lang), addresses.place_address(lang, place.place_id))


def show_place(visitor: Visitor, card: PlaceCard) -> None:
    """Print the card of a place: its names, where it lies, its figures, what happened there."""
    _ = visitor._
    place = card.place
    card_grid.show_head(
        visitor,
        lambda: place_card.summarise_place(visitor.release, card),
        lambda: place_card.prepare_strip(card, visitor.today),
    )
    chosen = {addresses.PLACE_PARAMETER: place.place_id}
    left, right = st.columns([7, 5], gap="medium")
    with left, panel(_, _("Map")):
        show_view(visitor, MAP, chosen)
    with right, panel(_, _("People over time")):
        show_view(visitor, CURVE, chosen)
        if place_curve(visitor.context, place.place_id) is None:
            style.heading(_("People over time"), level=3)
            text = _("No count of people by day was found for this place. That is not zero.")
            st.html(el("p", text, class_="sk-empty sk-place-empty", lang=visitor.lang))
    st.html(_facts(visitor, card))
    own = [area for area in card.areas if area.place is place]
    if not own:
        notice(
            _("Figures are published for provinces and districts."),
            _("Those of the areas this place lies in stand below, under their own names."),
        )
    for area in card.areas:
        _show_area(visitor, area)
    if any(area.series for area in card.areas):
        downloads.show_menu(visitor, FIGURES, {"place": _counted(card)})
    _show_events(visitor, card)


def _counted(card: PlaceCard) -> str:
    """Return the id of the nearest area that figures are published for: its files hold the same."""
    return next((area.place.place_id for area in card.areas), card.place.place_id)


def _facts(visitor: Visitor, card: PlaceCard) -> Markup:
    _ = visitor._
    place = card.place
    names = dict.fromkeys((*place.names.values(), *card.spellings))
    names.pop(place.names.of(visitor.lang), None)
    within = join((_link_place(visitor, area) for area in card.within), ", ")
    facts: list[tuple[str, Cell]] = [
        (_("Kind of place"), _.pgettext("kind", place.kind)),
        (_("P-code"), el("code", place.pcode) if place.pcode else _("none known")),
        (_("Within"), within or wording.name_country(_, place.country)),
        (_("Other spellings"), ", ".join(names) or _("none known")),
        (_("Precision of its point"), _.pgettext("coord_precision", place.precision)),
    ]
    return inline.fact_list(facts, visitor.lang)


def _show_area(visitor: Visitor, area: AreaFigures) -> None:
    """Print the figures of one area: each series with its newest figure, and our own counts."""
    _ = visitor._
    name = area.place.names.of(visitor.lang)
    style.heading(_("Figures of {place}", place=name), level=3)
    if area.series:
        st.html(_series_table(visitor, area.series))
    else:
        st.html(el("p", _("No figure of this area was found. That is not zero."), class_="sk-empty"))
    own = list(filter(None, (_format_sites(visitor, area.sites), _format_aid(visitor, area.aid))))
    if own:
        st.html(inline.bullets(own, visitor.lang))


def _series_table(visitor: Visitor, series: Sequence[AreaSeries]) -> Markup:
    _ = visitor._
    return table_of(
        series,
        [
            (_("What was counted"), lambda line: _indicator(visitor, line)),
            (_("Newest figure"), lambda line: cards.link_number(_, line.standing.observation)),
            (_("As of"), lambda line: wording.format_as_of(_, line.standing.observation)),
            (
                _("State"),
                lambda line: state_badge(
                    _, line.standing.state, line.standing.freshness, len(line.standing.contested_by)
                ),
            ),
            (
                _("Source"),
                lambda line: cards.short_source(_, visitor.release, line.standing.observation),
            ),
            (_("Figures"), lambda line: str(line.count)),
        ],
        caption=_.ngettext("{count} series", "{count} series", len(series)),
        numeric=(1, 5),
        lang=visitor.lang,
    )


def _indicator(visitor: Visitor, series: AreaSeries) -> Cell:
    name = visitor._.translate(series.indicator.name)
    if series.basis in {"", "not_applicable"}:
        return name
    return inline.stack_lines(name, visitor._.pgettext("area_basis", series.basis))


def _format_sites(visitor: Visitor, row: Observation | None) -> str:
    _ = visitor._
    if row is None or row.value is None:
        return ""
    return _(
        "Sites last known open in our own record: {figure} (newest report {day})",
        figure=wording.format_quantity(_, row),
        day=wording.format_as_of(_, row),
    )


def _format_aid(visitor: Visitor, cell: Aid | None) -> str:
    _ = visitor._
    if cell is None or cell.observation is None:
        return ""
    count = int(cell.observation.value or 0)
    day = wording.format_as_of(_, cell.observation)
    return _.ngettext(
        "{count} gift or delivery of the record names this province, the newest of {day}.",
        "{count} gifts or deliveries of the record name this province, the newest of {day}.",
        count,
        day=day,
    )


def _show_events(visitor: Visitor, card: PlaceCard) -> None:
    _ = visitor._
    if not card.events:
        return
    style.heading(_("What happened in this area"), level=3)
    st.html(lists.event_list(visitor.context, card.quiet))
    downloads.show_menu(visitor, EVENTS, {"place": _counted(card)})
    label = _.ngettext("{count} event in all: timeline", "{count} events in all: timeline", len(card.events))
    timeline = addresses.address("timeline", visitor.lang, **_timeline_filter(card))
    st.html(el("p", link(label, timeline), class_="sk-foot"))


def _timeline_filter(card: PlaceCard) -> dict[str, str]:
    """Return the filter of the timeline that lists the same events."""
    if card.place.kind == "country":
        return {"country": card.place.country}
    provinces = (area for area in (card.place, *card.within) if area.kind == "province")
    return {"q": next(provinces, card.place).names.en}
