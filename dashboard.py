"""The app's script: page settings, who is looking, navigation, run the page. Nothing else."""

import streamlit as st

from utils.releases import NoRelease
from utils.ui import layout, run_limit, style
from utils.ui.error_boundary import notice
from utils.ui.visitor import begin_run

st.set_page_config(page_title="Samaki", page_icon="static/icon.svg", layout="wide")

with run_limit.turn():
    try:
        visitor = begin_run()
    except NoRelease as missing:
        notice("No data release · Pas de publication · គ្មានទិន្នន័យ", str(missing), kind="error")
        st.stop()
    page = st.navigation(layout.navigation(visitor), position="top")
    style.apply_style(visitor)
    layout.top(visitor)
    page.run()
    layout.foot(visitor)
