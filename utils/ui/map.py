"""Draws a map. The engine is streamlit-folium, and nothing else in the product knows it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit_folium import st_folium

from utils.maps.engine import base_map, data_group
from utils.maps.model import Circles, Click, DrawnMap, Layer, LegendEntry, View
from utils.maps.payload import parse_click, payload
from utils.maps.words import disclaimer
from utils.text.html import Markup, el
from utils.ui import downloads
from utils.ui.error_boundary import notice, withdrawn
from utils.ui.tables import twin
from utils.ui.visitor import Visit


def render_map(layers: Sequence[Layer], view: View, *, version: str = "") -> Click | None:
    """Draw ``layers`` and return what was clicked last, or ``None``.

    The base map of a view never changes, so a change of data redraws the data only; moving and
    zooming cause no rerun. Another ``version`` is another map: nothing of the one before is left in
    the browser.
    """
    returned = st_folium(
        base_map(view),
        key=f"map-{view.key}-{view.lang}-{view.theme}{version and f'-{version}'}",
        height=view.height,
        use_container_width=True,
        returned_objects=["last_object_clicked_popup"],
        feature_group_to_add=data_group(payload(layers, view)),
        render=False,  # it renders the map once more by itself
    )
    return parse_click(returned)


def show_map(visit: Visit, drawn: DrawnMap) -> Click | None:
    """Draw a map with its title, legend, disclaimer and list twin; return what was clicked.

    Where the curator withdrew the map of sites, a notice stands in its place; the list stays, since the
    release then holds no position of a site.
    """
    _ = visit._
    gone = visit.release.map_withdrawal if _tells_of_sites(drawn) else None
    st.html(
        el(
            "div",
            el("h2", drawn.title),
            None if gone else el("p", drawn.subtitle, class_="sk-lead"),
            class_="sk-heading sk-heading-2",
            lang=visit.lang,
        )
    )
    if gone is not None:
        title = _("Withdrawn by the curator: {what}", what=_("the map of sites"))
        notice(title, withdrawn(_, gone.since, gone.reason), kind="warning")
        _list(visit, drawn)
        return None
    click = render_map(drawn.layers, drawn.view, version=visit.release.hidden.digest)
    st.html(legend(drawn, visit.lang))
    st.html(el("p", disclaimer(_, drawn.view.ground), class_="sk-foot", lang=visit.lang))
    _list(visit, drawn)
    return click


def _tells_of_sites(drawn: DrawnMap) -> bool:
    return any(isinstance(layer, Circles) for layer in drawn.layers)


def _list(visit: Visit, drawn: DrawnMap) -> None:
    """Draw the twin of a map: the same as a list."""
    twin(
        visit._,
        drawn.columns,
        drawn.rows,
        caption=drawn.title,
        numeric=drawn.numeric,
        label=visit._("The map as a list"),
    )
    downloads.menu(visit, f"{drawn.view.key}-map")


def legend(drawn: DrawnMap, lang: str) -> Markup:
    """Return the legend of a map as HTML."""
    return el(
        "ul",
        *(
            el(
                "li",
                el(
                    "span",
                    class_="sk-swatch sk-dot" if entry.edge else "sk-swatch",
                    style=_swatch(entry),
                ),
                entry.label,
            )
            for entry in drawn.legend
        ),
        class_="sk-legend",
        lang=lang,
    )


def _swatch(entry: LegendEntry) -> str:
    if entry.hatch:
        return f"background:repeating-linear-gradient(135deg,{entry.colour} 0 2px,transparent 2px 5px)"
    return f"background:{entry.colour}" + (f";border-color:{entry.edge}" if entry.edge else "")


def warm() -> None:
    """Render a map once, so that no visitor waits for the templates."""
    view = View("warm", "en", "light", ((13.0, 102.0), (14.7, 106.0)), 300, "", "+", "-")
    base_map(view).get_root().render()
