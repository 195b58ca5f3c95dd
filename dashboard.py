"""The app's script: page settings, who is looking, navigation, run the page. Nothing else."""

import streamlit as st

from utils.releases import NoRelease
from utils.ui import layout, run_limit, style, visitor
from utils.ui.error_boundary import notice

st.set_page_config(page_title="Samaki", page_icon="static/icon.svg", layout="wide")

with run_limit.turn():
    try:
        me = visitor.begin()
    except NoRelease as missing:
        notice("No data release · Pas de publication · គ្មានទិន្នន័យ", str(missing), kind="error")
        st.stop()
    page = st.navigation(layout.navigation(me), position="top")
    style.apply_style(me)
    layout.top(me)
    page.run()
    layout.foot(me)
