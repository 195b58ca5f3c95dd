"""Draws a map. The engine is streamlit-folium, and nothing else in the product knows it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit_folium import st_folium

from utils.components.legends import legend
from utils.components.notices import withdrawn
from utils.components.tables import twin_of
from utils.maps.engine import base_map, data_group
from utils.maps.model import Circles, Click, DrawnMap, Layer, MapView
from utils.maps.payload import parse_click, write_payload
from utils.maps.words import disclaimer
from utils.text.html import Markup, el
from utils.ui.charts import figure_head
from utils.ui.error_boundary import notice
from utils.ui.visitor import Visitor


def render_map(layers: Sequence[Layer], view: MapView, *, version: str = "") -> Click | None:
    """Draw ``layers`` and return what was clicked last, or ``None``.

    The base map of a view never changes, so a change of data redraws the data only; moving and
    zooming cause no rerun. Another ``version`` is another map: nothing of the one before is left in
    the browser.
    """
    with st.container(key=f"map-of-{view.height}-{view.key}"):
        returned = st_folium(
            base_map(view),
            key=f"map-{view.key}-{view.lang}-{view.theme}{version and f'-{version}'}",
            height=view.height,
            use_container_width=True,
            returned_objects=["last_object_clicked_popup"],
            feature_group_to_add=data_group(write_payload(layers, view)),
            render=False,  # it renders the map once more by itself
        )
    return parse_click(returned)


def draw_map(visitor: Visitor, drawn: DrawnMap) -> tuple[Click | None, Markup]:
    """Draw a map with its title, legend, provenance and disclaimer; return what was clicked and its table.

    Where the curator withdrew the map of sites, a notice stands in its place; the list stays, since the
    release then holds no position of a site.
    """
    _ = visitor._
    gone = visitor.release.map_withdrawal if _shows_sites(drawn) else None
    table = twin_of(
        _, drawn.columns, drawn.rows, caption=drawn.title, numeric=drawn.numeric, label=_("The map as a list")
    )
    st.html(figure_head(drawn.title, "" if gone else drawn.subtitle, visitor.lang))
    if gone is not None:
        title = _("Withdrawn by the curator: {what}", what=_("the map of sites"))
        notice(title, withdrawn(_, gone.since, gone.reason), kind="warning")
        return None, table
    click = render_map(drawn.layers, drawn.view, version=visitor.release.hidden.digest)
    foot = [
        el("p", text, class_="sk-foot") for text in (drawn.foot, disclaimer(_, drawn.view.ground)) if text
    ]
    st.html(el("div", legend(drawn, visitor.lang), *foot, lang=visitor.lang))
    return click, table


def _shows_sites(drawn: DrawnMap) -> bool:
    return any(isinstance(layer, Circles) for layer in drawn.layers)


def warm() -> None:
    """Render a map once, so that no visitor waits for the templates."""
    view = MapView("warm", "en", "light", ((13.0, 102.0), (14.7, 106.0)), 300, "", "+", "-")
    base_map(view).get_root().render()
