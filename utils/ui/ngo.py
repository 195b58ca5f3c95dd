"""The NGO tier's view of sites: filters in the address, circles of precision, a card on a click."""

from __future__ import annotations

import streamlit as st

from utils.analysis import record
from utils.analysis import sites as analysis
from utils.maps.shelters import sites_map
from utils.ui import filters, sites, style
from utils.ui.map import show_map
from utils.ui.visit import Visit

_SITE = "site"


def explorer(visit: Visit) -> None:
    """Draw filters, the map of circles with its list, and the card of the chosen site."""
    _ = visit._
    style.heading(_("Sites one by one"), level=2)
    names = record.place_names(visit.release, visit.lang)
    first, second, third = st.columns(3)
    with first:
        province = filters.choice(
            "province",
            ("all", *analysis.choices(visit.release, "admin1_pcode")),
            _("Province"),
            lang=visit.lang,
            show=lambda code: _("All provinces") if code == "all" else names.get(code, code),
        )
    with second:
        kind = filters.choice(
            "kind",
            ("all", *analysis.choices(visit.release, "kind")),
            _("Kind"),
            lang=visit.lang,
            show=lambda code: _("All kinds") if code == "all" else _.c("kind", code),
        )
    with third:
        age = filters.choice(
            "age",
            analysis.AGES,
            _("Last reported"),
            lang=visit.lang,
            show=lambda code: (
                _("At any time") if code == "all" else _("Within {days} days", days=int(code))
            ),
        )
    shown = analysis.matching(visit.release, province=province, kind=kind, age=age, today=visit.today)
    click = show_map(visit, sites_map(visit.release, shown, visit.lang, visit.theme))
    if click and click.layer == "circles" and st.query_params.get(_SITE) != click.id:
        st.query_params[_SITE] = click.id
    by_id = {site.site_id: site for site in shown}
    if not by_id:
        st.info(_("No site matches. Clear a filter to see more."))
        return
    chosen = filters.choice(
        _SITE,
        tuple(by_id),
        _("Site"),
        lang=visit.lang,
        show=lambda site_id: by_id[site_id].name,
    )
    sites.site_card(visit, by_id[chosen])
