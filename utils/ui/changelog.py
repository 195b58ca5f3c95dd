"""The public changelog: what was corrected or withdrawn, when and why, with old and new value."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from utils.analysis.changelog import Entry, entries, titles
from utils.components.tables import Listing
from utils.exports.changelog import changelog_csv
from utils.releases import changelog
from utils.releases.change_text import describe_change
from utils.text.html import Markup, el, link
from utils.text.locale import formats
from utils.text.locale.digits import parameters
from utils.ui.listings import show_listing
from utils.ui.visitor import Visitor


def releases(visitor: Visitor) -> None:
    """Print the releases newest first, each with its corrections in sentences, and offer the file."""
    _ = visitor._
    shown = entries(changelog(visitor.tier))
    if not any(entry.changes or entry.event != "publish" for entry in shown):
        st.html(
            el(
                "p",
                _("No figure was corrected or withdrawn since the first release here."),
                class_="sk-empty",
            )
        )
        return
    show_listing(
        visitor,
        Listing(
            [_("When"), _("Release"), _("What changed")],
            [
                [_moment(visitor, entry), _address(visitor, entry), _changes(visitor, entry)]
                for entry in shown
            ],
            caption=_.ngettext("{count} entry", "{count} entries", len(shown)),
            parameter="changes",
        ),
    )
    st.download_button(
        _("Download the changelog (CSV)"),
        lambda: changelog_csv(_, shown, titles(visitor.release, visitor.lang)),
        file_name=f"samaki-changelog-{visitor.release.release_id}.csv",
        mime="text/csv",
        key="download-changelog",
        on_click="ignore",
    )


def _moment(visitor: Visitor, entry: Entry) -> Markup:
    return el(
        "time",
        formats.day(entry.at.date(), visitor.lang),
        el("br"),
        formats.clock_time(entry.at, visitor.lang),
        " UTC",
        datetime=entry.at.isoformat(),
    )


def _address(visitor: Visitor, entry: Entry) -> Markup:
    """Return the release as a link to itself: each kept release keeps an address."""
    query = urlencode({**parameters(visitor.lang), "release": entry.release})
    return link(entry.release, f"./?{query}")


def _changes(visitor: Visitor, entry: Entry) -> Markup:
    _ = visitor._
    known = titles(visitor.release, visitor.lang)
    reason = {
        "rollback": _("Back to an older release."),
        "hide": _("Withdrawn from view: {what}.", what=entry.subject),
        "show": _("Shown again: {what}.", what=entry.subject),
    }.get(entry.event, "")
    corrections = entry.corrections
    counted = [
        words
        for words, number in (
            (
                _.ngettext("{count} row added", "{count} rows added", entry.count("added")),
                entry.count("added"),
            ),
            (
                _.ngettext("{count} row reworded", "{count} rows reworded", entry.count("reworded")),
                entry.count("reworded"),
            ),
        )
        if number
    ]
    if not corrections and not counted and entry.event == "publish":
        reason = _("No figure changed.") if entry.before else _("The first release here.")
    return el(
        "div",
        el("p", reason) if reason else None,
        el("p", _("Reason: {reason}", reason=entry.why)) if entry.why else None,
        el("ul", *(el("li", describe_change(_, change, known)) for change in corrections), class_="sk-differ")
        if corrections
        else None,
        el("p", ", ".join(counted), ".", class_="sk-foot") if counted else None,
    )
