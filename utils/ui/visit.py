"""One visitor's run: language, tier, theme, release and day, made once by the app's script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast
from urllib.parse import urlencode

import streamlit as st

from utils import access, clock, store
from utils.locale import LANGUAGES, Translator, resolve, translator

Theme = Literal["light", "dark"]
LANGUAGE_PARAMETER = "lang"
_STATE = "samaki-visit"


@dataclass(frozen=True, slots=True)
class Visit:
    """What every page needs to know about the one who is looking."""

    lang: str
    theme: Theme
    today: date
    release: store.Release

    @property
    def _(self) -> Translator:
        """Return the translator of the visitor's language."""
        return translator(self.lang)

    @property
    def tier(self) -> store.Tier:
        """Return the tier of the release that is shown."""
        return self.release.tier

    @property
    def key(self) -> tuple[str, str]:
        """Return what cached drawings depend on beside their data: language and theme."""
        return (self.lang, self.theme)


def address(lang: str, page: str, parameters: Mapping[str, str] | None = None) -> str:
    """Return the address of one of our pages in a language, with further parameters."""
    return f"{page}?{urlencode({LANGUAGE_PARAMETER: lang, **(parameters or {})})}"


def begin() -> Visit:
    """Find out who is looking, keep the language in the address, and remember it for the run.

    Raises :class:`utils.store.NoRelease` when there is nothing to show.
    """
    asked = st.query_params.get(LANGUAGE_PARAMETER)
    lang = resolve(
        asked if asked in LANGUAGES else None,
        st.session_state.get(LANGUAGE_PARAMETER),
        st.context.locale,
    )
    st.session_state[LANGUAGE_PARAMETER] = lang
    if asked != lang:
        st.query_params[LANGUAGE_PARAMETER] = lang
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    visit = Visit(lang=lang, theme=theme, today=clock.today(), release=store.current(access.tier()))
    st.session_state[_STATE] = visit
    return visit


def current() -> Visit:
    """Return the visit of this run.

    Where a page was opened before the app's script ever ran (Streamlit then takes ``pages/`` for its
    older kind of app), the visitor goes through the script first and comes to the overview.
    """
    if _STATE not in st.session_state:
        st.switch_page("dashboard.py")
    return cast(Visit, st.session_state[_STATE])
