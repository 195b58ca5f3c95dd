"""Short texts that explain what the pages show and what they do not."""

from __future__ import annotations

import streamlit as st

from utils.html import el
from utils.ui import style
from utils.ui.visit import Visit


def withheld(visit: Visit) -> None:
    """Say what is not shown of shelters, and why."""
    _ = visit._
    style.heading(_("What is withheld and why"), level=2)
    said = [
        _(
            "Names and positions of sites that may be open are not shown here, at any distance from the "
            "border: sites have been hit by fighting, and a list of them is itself a danger."
        ),
        _(
            "A district with a single open site is counted with its province, since one site in a named "
            "district can be found."
        ),
        _("Health sites, routes, stocks, and women and children at single sites are never shown."),
        _(
            "People are given by area only where a source printed a total. Rows of sites are not summed: "
            "about half of the displaced lived outside sites."
        ),
        _("Sites count as open until a report says otherwise. None was reported on after February 2026."),
        _("Humanitarian organisations may ask for the full table through their coordination forum."),
    ]
    st.html(el("ul", *(el("li", line) for line in said), class_="sk-list", lang=visit.lang))
