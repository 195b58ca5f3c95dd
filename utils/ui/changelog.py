"""The public changelog: what was corrected or withdrawn, when and why, with old and new value."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from utils.analysis.changelog import Entry, titles
from utils.exports.changelog import changelog_csv
from utils.releases.change_text import describe_change
from utils.text.html import Markup, el, link
from utils.text.locale import formats
from utils.text.locale.digits import parameters
from utils.ui.tables import paged
from utils.ui.visitor import Visit


def releases(visit: Visit, entries: Sequence[Entry]) -> None:
    """Print the releases newest first, each with its corrections in sentences, and offer the file."""
    _ = visit._
    if not any(entry.changes or entry.event != "publish" for entry in entries):
        st.html(
            el(
                "p",
                _("No figure was corrected or withdrawn since the first release here."),
                class_="sk-empty",
            )
        )
        return
    paged(
        visit,
        [_("When"), _("Release"), _("What changed")],
        [[_moment(visit, entry), _address(visit, entry), _told(visit, entry)] for entry in entries],
        caption=_.n("{count} entry", "{count} entries", len(entries)),
        parameter="changes",
    )
    st.download_button(
        _("Download the changelog (CSV)"),
        lambda: changelog_csv(_, entries, titles(visit.release, visit.lang)),
        file_name=f"samaki-changelog-{visit.release.release_id}.csv",
        mime="text/csv",
        key="download-changelog",
        on_click="ignore",
    )


def _moment(visit: Visit, entry: Entry) -> Markup:
    return el(
        "time",
        formats.day(entry.at.date(), visit.lang),
        el("br"),
        formats.clock_time(entry.at, visit.lang),
        " UTC",
        datetime=entry.at.isoformat(),
    )


def _address(visit: Visit, entry: Entry) -> Markup:
    """Return the release as a link to itself: each kept release keeps an address."""
    query = urlencode({**parameters(visit.lang), "release": entry.release})
    return link(entry.release, f"./?{query}")


def _told(visit: Visit, entry: Entry) -> Markup:
    _ = visit._
    known = titles(visit.release, visit.lang)
    said = {
        "rollback": _("Back to an older release."),
        "hide": _("Withdrawn from view: {what}.", what=entry.subject),
        "show": _("Shown again: {what}.", what=entry.subject),
    }.get(entry.event, "")
    corrections = entry.corrections
    counted = [
        words
        for words, number in (
            (_.n("{count} row added", "{count} rows added", entry.count("added")), entry.count("added")),
            (
                _.n("{count} row reworded", "{count} rows reworded", entry.count("reworded")),
                entry.count("reworded"),
            ),
        )
        if number
    ]
    if not corrections and not counted and entry.event == "publish":
        said = _("No figure changed.") if entry.before else _("The first release here.")
    return el(
        "div",
        el("p", said) if said else None,
        el("p", _("Reason: {reason}", reason=entry.why)) if entry.why else None,
        el("ul", *(el("li", describe_change(_, change, known)) for change in corrections), class_="sk-differ")
        if corrections
        else None,
        el("p", ", ".join(counted), ".", class_="sk-foot") if counted else None,
    )
