"""The app's script: page settings, who is looking, navigation, run the page. Nothing else."""

import streamlit as st

from utils.store import NoRelease
from utils.ui import chrome, gate, style, visit
from utils.ui.panel import notice

st.set_page_config(page_title="Samaki", page_icon="static/icon.svg", layout="wide")

with gate.turn():
    try:
        me = visit.begin()
    except NoRelease as missing:
        notice("No data release · Pas de publication · គ្មានទិន្នន័យ", str(missing), kind="error")
        st.stop()
    _ = me._
    page = st.navigation(
        {
            "": [
                st.Page("pages/overview.py", title=_("Overview"), url_path="overview", default=True),
                st.Page("pages/displacement.py", title=_("Displacement")),
                st.Page("pages/shelters.py", title=_("Shelters")),
                st.Page("pages/donations.py", title=_("Donations")),
            ],
            _("Solidarity"): [
                st.Page("pages/solidarity.py", title=_("Around the world")),
                st.Page("pages/events.py", title=_("Events")),
                st.Page("pages/organisations.py", title=_("Organisations")),
            ],
            _("About"): [
                st.Page("pages/sources.py", title=_("Sources and methods")),
            ],
        },
        position="top",
    )
    style.apply_style(me)
    chrome.top(me)
    page.run()
    chrome.foot(me)
