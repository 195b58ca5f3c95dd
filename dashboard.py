"""The app's script: page settings, who is looking, navigation, run the page. Nothing else."""

import streamlit as st

from utils.releases import NoRelease
from utils.ui import layout, style
from utils.ui.error_boundary import notice
from utils.ui.run_limit import RUN_LIMIT
from utils.ui.visitor import begin_run

st.set_page_config(page_icon="static/icon.svg", layout="wide")

with RUN_LIMIT:
    try:
        visitor = begin_run()
    except NoRelease as missing:
        notice("No data release · Pas de publication · គ្មានទិន្នន័យ", str(missing), kind="error")
        st.stop()
    page = st.navigation(layout.list_pages(visitor), position="hidden")
    style.apply_style(visitor)
    layout.show_top(visitor, page.url_path)
    page.run()
    layout.show_foot(visitor)
