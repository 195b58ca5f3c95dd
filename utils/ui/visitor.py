"""One visitor's run: language, tier, theme, release and day, made once by the app's script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast
from urllib.parse import urlencode

import streamlit as st

from utils import releases
from utils.settings import clock
from utils.settings import tier as settings_tier
from utils.text.locale import LANGUAGES, Translator, digits, resolve, translator

Theme = Literal["light", "dark"]
LANGUAGE_PARAMETER = "lang"
RELEASE_PARAMETER = "release"
_STATE = "samaki-visit"
_ASKED = "samaki-release"


@dataclass(frozen=True, slots=True)
class Visit:
    """What every page needs to know about the one who is looking.

    ``lang`` is one of the languages, or :data:`utils.text.locale.digits.KHMER_DIGITS`.
    ``release`` is the one that is shown: the current one, or an older one that the address asks for
    (``is_addressed``). ``refusal`` says why what the address asks for is not shown.
    """

    lang: str
    theme: Theme
    today: date
    release: releases.Release
    is_addressed: bool = False
    refusal: releases.NotKept | releases.ReleaseWithdrawn | None = None

    @property
    def _(self) -> Translator:
        """Return the translator of the visitor's language."""
        return translator(self.lang)

    @property
    def tier(self) -> releases.Tier:
        """Return the tier of the release that is shown."""
        return self.release.tier

    @property
    def state(self) -> releases.ServedState:
        """Return what the process serves, and whether it is older than it should be."""
        return releases.state(self.tier)

    @property
    def query(self) -> str:
        """Return what a link to another page carries along: language and digits, and an older release."""
        kept = {RELEASE_PARAMETER: self.release.release_id} if self.is_addressed else {}
        return urlencode({**digits.parameters(self.lang), **kept})

    @property
    def key(self) -> tuple[str, str]:
        """Return what cached drawings depend on beside their data: language and theme."""
        return (self.lang, self.theme)


def address(lang: str, page: str, parameters: Mapping[str, str] | None = None) -> str:
    """Return the address of one of our pages in a language, with further parameters."""
    return f"{page}?{urlencode({**digits.parameters(lang), **(parameters or {})})}"


def begin() -> Visit:
    """Find out who is looking, keep language and release in the address, and remember it for the run.

    Raises :class:`utils.releases.NoRelease` when there is nothing to show.
    """
    lang = _language()
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    newest = releases.current(settings_tier.tier())
    release, refusal = _asked_for(newest)
    visit = Visit(
        lang=lang,
        theme=theme,
        today=clock.today(),
        release=release,
        is_addressed=release.release_id != newest.release_id,
        refusal=refusal,
    )
    st.session_state[_STATE] = visit
    return visit


def choose(lang: str) -> None:
    """Keep a language code, with its digits, in the session and in the address."""
    said = digits.parameters(lang)
    st.session_state[LANGUAGE_PARAMETER] = said[LANGUAGE_PARAMETER]
    if digits.spoken(lang) == "km":
        st.session_state[digits.PARAMETER] = said.get(digits.PARAMETER, "")
    for name in (LANGUAGE_PARAMETER, digits.PARAMETER):
        if st.query_params.get(name) == said.get(name):
            continue
        if name in said:
            st.query_params[name] = said[name]
        else:
            del st.query_params[name]


def _language() -> str:
    """Return the language code that the address asks for, else the session, else the browser."""
    asked = st.query_params.get(LANGUAGE_PARAMETER)
    lang = resolve(
        asked if asked in LANGUAGES else None,
        st.session_state.get(LANGUAGE_PARAMETER),
        st.context.locale,
    )
    wish = st.query_params.get(digits.PARAMETER)
    if wish != digits.KHMER:
        wish = st.session_state.get(digits.PARAMETER)
    code = digits.with_digits(lang, wish)
    choose(code)
    return code


def _asked_for(
    newest: releases.Release,
) -> tuple[releases.Release, releases.NotKept | releases.ReleaseWithdrawn | None]:
    """Return the release that the address asks for, and keep it while the visitor goes from page to page.

    What cannot be shown gives the newest release and the reason.
    """
    asked = st.query_params.get(RELEASE_PARAMETER, st.session_state.get(_ASKED, ""))
    if not asked:
        return newest, None
    try:
        found = releases.released(newest.tier, asked)
    except (releases.NotKept, releases.ReleaseWithdrawn) as refusal:
        st.session_state.pop(_ASKED, None)
        return newest, refusal
    st.session_state[_ASKED] = asked
    if RELEASE_PARAMETER not in st.query_params:
        st.query_params[RELEASE_PARAMETER] = asked
    return found, None


def carried(lang: str) -> str:
    """Return what a link carries along in this run; outside a visit the language alone."""
    visit = st.session_state.get(_STATE)
    return cast(Visit, visit).query if visit is not None else urlencode(digits.parameters(lang))


def is_outdated(visit: Visit) -> bool:
    """Return whether the visitor would now be shown something else: a switch, or something withdrawn."""
    try:
        newest = releases.current(visit.tier)
        shown = releases.released(visit.tier, visit.release.release_id) if visit.is_addressed else newest
    except releases.StoreError:
        return True
    return shown != visit.release or (shown == newest and visit.is_addressed)


def current() -> Visit:
    """Return the visit of this run.

    Where a page was opened before the app's script ever ran (Streamlit then takes ``pages/`` for its
    older kind of app), the visitor goes through the script first and comes to the overview.
    """
    if _STATE not in st.session_state:
        st.switch_page("dashboard.py")
    return cast(Visit, st.session_state[_STATE])
