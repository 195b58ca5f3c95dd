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
    page = st.navigation(chrome.navigation(me), position="top")
    style.apply_style(me)
    chrome.top(me)
    page.run()
    chrome.foot(me)
