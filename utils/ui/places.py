"""The pieces of the page of places: which place is meant, and the card of one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from utils.analysis.gaps import GapCell as Aid
from utils.analysis.model import Observation
from utils.analysis.place_card import AreaFigures, AreaSeries, PlaceCard
from utils.analysis.place_search import PlaceHit, index_places
from utils.analysis.places import NamedPlace
from utils.components import addresses, cards, lists, words
from utils.components.gaps import badge
from utils.components.tables import Cell, table
from utils.text.html import Markup, el, join, link
from utils.ui import downloads, filters, style
from utils.ui.error_boundary import notice
from utils.ui.visitor import Visitor
from utils.views.places import EVENTS, FIGURES


def chosen(visitor: Visitor, hits: Sequence[PlaceHit], *, searched: bool) -> str:
    """Return the id of the place that is meant; where several fit, all are listed to choose from."""
    _ = visitor._
    known = index_places(visitor.release)
    if not searched:
        asked = st.query_params.get(addresses.PLACE_PARAMETER, "")
        if asked in known:
            return asked
        if asked:
            notice(_("This release has no such place."))
        _offer(visitor)
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
    return filters.choice(
        addresses.PLACE_PARAMETER,
        [hit.place.place_id for hit in hits],
        _.ngettext("{count} place fits", "{count} places fit", len(hits)),
        lang=visitor.lang,
        show=lambda code: _named(visitor, known[code]),
    )


def _named(visitor: Visitor, place: NamedPlace) -> str:
    """Return a name that tells one place from another of the same name."""
    _ = visitor._
    parent = index_places(visitor.release).get(place.parent_id)
    parts = [place.names.of(visitor.lang), _.pgettext("kind", place.kind), place.pcode]
    if parent is not None and parent.kind != "country":
        parts.append(parent.names.of(visitor.lang))
    return " · ".join(filter(None, parts))


def _offer(visitor: Visitor) -> None:
    """Print the provinces to begin with."""
    _ = visitor._
    provinces = [
        place for place in index_places(visitor.release).values() if place.kind in {"country", "province"}
    ]
    st.html(
        el(
            "nav",
            el("p", _("Or choose a country or province:")),
            el(
                "ul",
                *(
                    el("li", link(place.names.of(visitor.lang), _address(visitor, place)))
                    for place in sorted(
                        provinces, key=lambda item: (item.kind, item.pcode or "~", item.place_id)
                    )
                ),
                class_="sk-list sk-columns",
            ),
            lang=visitor.lang,
            aria_label=_("Provinces"),
        )
    )


def _address(visitor: Visitor, place: NamedPlace) -> str:
    return addresses.place_address(visitor.lang, place.place_id)


def card(visitor: Visitor, found: PlaceCard) -> None:
    """Print the card of a place: its names, where it lies, its figures, what happened there."""
    _ = visitor._
    place = found.place
    style.heading(place.names.of(visitor.lang), level=2)
    st.html(_facts(visitor, found))
    own = [area for area in found.areas if area.place is place]
    if not own:
        notice(
            _("Figures are published for provinces and districts."),
            _("Those of the areas this place lies in stand below, under their own names."),
        )
    for area in found.areas:
        _area(visitor, area)
    if any(area.series for area in found.areas):
        downloads.menu(visitor, FIGURES, {"place": _counted(found)})
    _happened(visitor, found)


def _counted(found: PlaceCard) -> str:
    """Return the id of the nearest area that figures are published for: its files hold the same."""
    return next((area.place.place_id for area in found.areas), found.place.place_id)


def _facts(visitor: Visitor, found: PlaceCard) -> Markup:
    _ = visitor._
    place = found.place
    names = dict.fromkeys((*place.names.values(), *found.spellings))
    names.pop(place.names.of(visitor.lang), None)
    within = [link(area.names.of(visitor.lang), _address(visitor, area)) for area in found.within]
    pairs: list[tuple[str, Cell]] = [
        (_("Kind of place"), _.pgettext("kind", place.kind)),
        (_("P-code"), el("code", place.pcode) if place.pcode else _("none known")),
        (_("Within"), join(within, ", ") if within else words.country(_, place.country)),
        (_("Other spellings"), ", ".join(names) or _("none known")),
        (_("Precision of its point"), _.pgettext("coord_precision", place.precision)),
    ]
    return el(
        "dl",
        *(join([el("dt", name), el("dd", value)]) for name, value in pairs),
        class_="sk-facts",
        lang=visitor.lang,
    )


def _area(visitor: Visitor, area: AreaFigures) -> None:
    """Print the figures of one area: each series with its newest figure, and our own counts."""
    _ = visitor._
    name = area.place.names.of(visitor.lang)
    style.heading(_("Figures of {place}", place=name), level=3)
    body = [_series(visitor, series) for series in area.series]
    if body:
        st.html(
            table(
                [
                    _("What was counted"),
                    _("Newest figure"),
                    _("As of"),
                    _("State"),
                    _("Source"),
                    _("Figures"),
                ],
                body,
                caption=_.ngettext("{count} series", "{count} series", len(body)),
                numeric=(1, 5),
                lang=visitor.lang,
            )
        )
    else:
        st.html(el("p", _("No figure of this area was found. That is not zero."), class_="sk-empty"))
    own = [
        _own(visitor, area.sites),
        _aid(visitor, area.aid),
    ]
    if any(own):
        st.html(
            el("ul", *(el("li", figure) for figure in own if figure), class_="sk-list", lang=visitor.lang)
        )


def _series(visitor: Visitor, series: AreaSeries) -> list[Cell]:
    _ = visitor._
    row = series.standing.observation
    basis = _.pgettext("area_basis", series.basis) if series.basis not in {"", "not_applicable"} else ""
    return [
        join([_.translate(series.indicator.name), el("br"), el("span", basis, class_="sk-muted")])
        if basis
        else _.translate(series.indicator.name),
        cards.number_link(_, row),
        words.as_of(_, row),
        badge(_, series.standing.state, series.standing.freshness, len(series.standing.contested_by)),
        cards.short_source(_, visitor.release, row),
        str(series.count),
    ]


def _own(visitor: Visitor, row: Observation | None) -> str:
    _ = visitor._
    if row is None or row.value is None:
        return ""
    return _(
        "Sites last known open in our own record: {figure} (newest report {day})",
        figure=words.qualified(_, row),
        day=words.as_of(_, row),
    )


def _aid(visitor: Visitor, cell: Aid | None) -> str:
    _ = visitor._
    if cell is None or cell.observation is None:
        return ""
    count = int(cell.observation.value or 0)
    day = words.as_of(_, cell.observation)
    return _.ngettext(
        "{count} gift or delivery of the record names this province, the newest of {day}.",
        "{count} gifts or deliveries of the record name this province, the newest of {day}.",
        count,
        day=day,
    )


def _happened(visitor: Visitor, found: PlaceCard) -> None:
    _ = visitor._
    if not found.events:
        return
    style.heading(_("What happened in this area"), level=3)
    st.html(lists.event_list(visitor.context, found.quiet))
    downloads.menu(visitor, EVENTS, {"place": _counted(found)})
    name = found.place.names.en
    st.html(
        el(
            "p",
            link(
                _.ngettext(
                    "{count} event in all: timeline", "{count} events in all: timeline", len(found.events)
                ),
                addresses.address("timeline", visitor.lang, **_filter(found, name)),
            ),
            class_="sk-foot",
        )
    )


def _filter(found: PlaceCard, name: str) -> dict[str, str]:
    """Return the filter of the timeline that lists the same events."""
    if found.place.kind == "country":
        return {"country": found.place.country}
    areas = (found.place, *found.within)
    return {"q": next((area.names.en for area in areas if area.kind == "province"), name)}
