"""A page with nothing but the map: ``?points=300``, and a switch between two sets of points."""

import streamlit as st

from utils.maps.model import MapView, Point, Points
from utils.ui.map import render_map

count = int(st.query_params.get("points", "300"))
chosen = st.radio("Set", ["A", "B"], key="set")
shift = 0.0 if chosen == "A" else 0.03
points = [
    Point(
        lat=13.2 + (number * 37 % 997) / 997 * 1.4 + shift,
        lon=102.2 + (number * 61 % 991) / 991 * 3.6,
        radius=5,
        style="site_count",
        title=f"Place {number}",
        lines=(f"{number} people", "1 January 2026"),
        id=f"place-{number}",
    )
    for number in range(count)
]
render_map(
    [Points(points)],
    MapView("bench", "en", "light", ((12.9, 101.8), (14.9, 106.2)), 420, "Points", "Zoom in", "Zoom out"),
)
