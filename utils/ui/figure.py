"""The pieces of the page of one figure: facts, sayings, history, citations, how to challenge it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from utils import releases
from utils.analysis import changes_since, figures, press_guidance, sources
from utils.analysis.changelog import Entry, titles
from utils.analysis.figures import Figure
from utils.components import addresses, cards, words
from utils.components.tables import Cell, table
from utils.exports import citations as cite
from utils.exports.figures import FIGURE
from utils.releases.change_text import describe_change
from utils.releases.changes import Change
from utils.text.html import Markup, el, join, link
from utils.text.locale import Message, formats
from utils.ui import downloads, style
from utils.ui.error_boundary import notice
from utils.ui.visitor import Visitor, absolute

_LONGEST_ID = 64


def asked() -> str:
    """Return the id the address asks for."""
    return st.query_params.get(addresses.FIGURE_PARAMETER, "")[:_LONGEST_ID]


def not_found(visitor: Visitor, wanted: str) -> None:
    """Say kindly that there is no such figure, or what became of it."""
    _ = visitor._
    gone = figures.gone(visitor.release, wanted)
    if gone is None:
        text = _("No figure of this release has this id.") if wanted else _("No figure was asked for.")
        notice(text, _("Each number on the other pages is a link to its own address."))
        return
    replaced = gone.replaced_by
    st.html(
        el(
            "div",
            el("strong", _("This row is no longer shown.")),
            el("p", _("Reason: {reason}", reason=gone.reason)) if gone.reason else None,
            el("p", _("It was replaced by: "), addresses.figure_link(_, replaced, replaced))
            if replaced
            else None,
            class_="sk-notice sk-notice-warning",
            role="status",
        )
    )


def title(visitor: Visitor, found: Figure) -> str:
    """Return what the figure counts and where."""
    describe_change = visitor._.translate(figures.title(visitor.release, found))
    return describe_change[:1].upper() + describe_change[1:]


def card(visitor: Visitor, found: Figure) -> None:
    """Draw the figure as the card the other pages show, unfolded."""
    _ = visitor._
    if found.newer is not None:
        notice(
            _("The same counter has a newer figure, of {day}.", day=words.as_of(_, found.newer)),
            kind="warning",
        )
    st.html(
        el(
            "div",
            cards.card(_, visitor.release, found.finding, today=visitor.today, whole=True),
            class_="sk-cards sk-cards-one",
            role="list",
            lang=visitor.lang,
        )
    )


def sayings(visitor: Visitor, found: Figure) -> None:
    """Print what may be written of the figure and what not; the first is ready to copy."""
    _ = visitor._
    may, may_not = press_guidance.parts(found, visitor.release, visitor.today)
    style.heading(_("You may say"), level=2)
    st.code(" ".join(_.translate(item) for item in may), language=None, wrap_lines=True)
    style.heading(_("You may not say"), level=2)
    st.html(message_list(visitor, may_not))


def message_list(visitor: Visitor, messages: Iterable[Message]) -> Markup:
    """Return sentences as a list."""
    return el(
        "ul", *(el("li", visitor._.translate(item)) for item in messages), class_="sk-list", lang=visitor.lang
    )


def differences(visitor: Visitor, found: Figure) -> None:
    """Print the figures that differ, side by side with the difference in words."""
    _ = visitor._
    others = press_guidance.differences(found.finding)
    style.heading(_("Figures that differ"), level=2)
    if not others:
        st.html(el("p", _("The record holds no other figure for this question and day."), class_="sk-empty"))
        return
    body: list[list[Cell]] = [
        [
            addresses.figure_link(_, words.qualified(_, other.observation), other.observation.observation_id),
            _.translate(other.words),
            words.as_of(_, other.observation),
            cards.short_source(_, visitor.release, other.observation),
            cards.note(_, other.observation.note, inline=True),
        ]
        for other in others
    ]
    st.html(
        table(
            [_("Figure"), _("Difference"), _("As of"), _("Counted by"), _("Note")],
            body,
            caption=_("Beside {figure}, {day}", figure=_own(visitor, found), day=_day(visitor, found)),
            numeric=(0,),
            lang=visitor.lang,
        )
    )


def _own(visitor: Visitor, found: Figure) -> str:
    return words.qualified(visitor._, found.observation)


def _day(visitor: Visitor, found: Figure) -> str:
    return words.as_of(visitor._, found.observation)


def facts(visitor: Visitor, found: Figure) -> None:
    """Print what was counted, where, when, by whom, who printed it, under which licence."""
    _ = visitor._
    row = found.observation
    source = row.source
    pairs: list[tuple[str, Cell]] = [
        (_("What was counted"), title(visitor, found)),
        (_("Kind of figure"), _kind(visitor, found)),
        (_("Where"), _.format(figures.where(visitor.release, row))),
        (_("As of"), _day(visitor, found)),
        (_("Published"), _published(visitor, found)),
        (_("Retrieved"), _("not kept in the record")),
        (_("Counted by"), _counted_by(visitor, found)),
        (_("Source"), cards.sources(_, row)),
        (
            _("Grade of the source"),
            _.pgettext("grade", source.grade) if source else _("several sources, each with its own"),
        ),
        (_("Title of the source"), _source_title(visitor, found)),
        (_("Licence"), _licence(visitor, found)),
        (_("Row"), el("code", found.figure_id)),
        (_("Release"), el("code", visitor.release.release_id)),
    ]
    style.heading(_("Facts"), level=2)
    st.html(
        el(
            "dl",
            *(join([el("dt", name), el("dd", value)]) for name, value in pairs),
            class_="sk-facts",
            lang=visitor.lang,
        )
    )
    if row.computed_from:
        _parts(visitor, row.computed_from)


def _parts(visitor: Visitor, parts: tuple[str, ...]) -> None:
    """Print the rows a sum was made of."""
    _ = visitor._
    linked = [
        addresses.figure_link(_, part, part) if part.startswith("don-") else el("span", part)
        for part in parts
    ]
    summary = _.ngettext("computed from {count} row", "computed from {count} rows", len(parts))
    st.html(
        el(
            "details",
            el("summary", summary),
            el("p", join(linked, ", ")),
            class_="sk-more",
            lang=visitor.lang,
        )
    )


def _kind(visitor: Visitor, found: Figure) -> str:
    _ = visitor._
    if found.kind == "sum":
        return _("a sum or count of our own, from rows of the record")
    if found.kind == "gift":
        return _("one gift or running total of gifts")
    if found.kind == "claim":
        return _("what somebody said of an event")
    return _.pgettext("indicator_kind", found.kind)


def _counted_by(visitor: Visitor, found: Figure) -> str:
    _ = visitor._
    if found.kind == "sum":
        return _("Samaki, from rows of the record")
    return found.claimed_by or words.counter(_, visitor.release, found.observation)


def _published(visitor: Visitor, found: Figure) -> str:
    _ = visitor._
    source = found.observation.source
    if source is None:
        return _("several sources, each with its own")
    if not source.published_on:
        return _("no date given")
    return formats.partial_date(source.published_on, visitor.lang)


def _source_title(visitor: Visitor, found: Figure) -> Cell:
    source = found.observation.source
    if source is None:
        return visitor._("several sources, each with its own")
    return el("span", link(source.title or source.publisher, source.url), lang=words.title_language(source))


def _licence(visitor: Visitor, found: Figure) -> str:
    _ = visitor._
    for resource in sources.dictionary(visitor.release):
        if resource.name == found.table and resource.licence:
            return _("{licence} for the compiled fact; the source keeps its rights", licence=resource.licence)
    return _("{licence} for the compiled fact; the source keeps its rights", licence="CC-BY-4.0")


def history(visitor: Visitor, found: Figure) -> None:
    """Print the earlier and later values of the same count, and what was corrected of this row."""
    _ = visitor._
    style.heading(
        _("History of this figure"),
        _("The same count by the same counter, newest first. Other counters stand above."),
        level=2,
    )
    rows = found.history
    if len(rows) > 1:
        body: list[list[Cell]] = [
            [
                words.as_of(_, row),
                el("strong", words.qualified(_, row))
                if row.observation_id == found.figure_id
                else addresses.figure_link(_, words.qualified(_, row), row.observation_id),
                cards.sources(_, row),
            ]
            for row in rows
        ]
        caption = _.ngettext("{count} figure", "{count} figures", len(rows))
        columns = [_("As of"), _("Figure"), _("Source")]
        st.html(table(columns, body, caption=caption, numeric=(1,), lang=visitor.lang))
    else:
        st.html(el("p", _("No other figure of this count is in the record."), class_="sk-empty"))
    _corrections(visitor, changes_since.of_row(found.figure_id, changes_since.told(visitor.tier)))


def _corrections(visitor: Visitor, changes: Iterable[tuple[Entry, Change]]) -> None:
    _ = visitor._
    known = titles(visitor.release, visitor.lang)
    items = [
        el("li", words.lead(_, formats.day(entry.at.date(), visitor.lang)), describe_change(_, change, known))
        for entry, change in changes
    ]
    if items:
        st.html(el("ul", *items, class_="sk-list", lang=visitor.lang))
    else:
        st.html(el("p", _("This row was never corrected in the releases kept here."), class_="sk-foot"))


def citations(visitor: Visitor, found: Figure) -> None:
    """Print the citations, each ready to copy, and the address that opens the same view.

    A figure that is not public has none, and one sentence says so of its embed as well.
    """
    _ = visitor._
    if not _is_public(visitor, found):
        style.heading(_("Cite this figure"), level=2)
        text = _("Only the NGO view holds this figure: it has no public address to cite, link to or embed.")
        st.html(el("p", text, class_="sk-empty", lang=visitor.lang))
        return
    style.heading(
        _("Cite this figure"),
        _("Each names the row, the release and today's date. The address opens the same view."),
        level=2,
    )
    where = address(visitor, found)
    st.html(el("h3", _("Address"), class_="sk-citation"))
    st.code(where, language=None, wrap_lines=True)
    names = {
        **{
            style_: _("Press, {language}", language=formats.language(lang, visitor.lang))
            for style_, lang in cite.PRESS.items()
        },
        "apa": "APA",
        "chicago": "Chicago",
        "bibtex": "BibTeX",
    }
    for style_ in cite.STYLES:
        text = cite.citation(style_, visitor.release, found, accessed=visitor.today, address=where)
        st.html(el("h3", names[style_], class_="sk-citation"))
        st.code(text, language=None, wrap_lines=True)


def embed(visitor: Visitor, found: Figure) -> None:
    """Print the line that shows the figure in another page.

    Nothing where our own address is not known, or the figure is not public: its citations say so.
    """
    _ = visitor._
    line = downloads.embed_line(visitor, f"{FIGURE}{found.figure_id}")
    if not line or not _is_public(visitor, found):
        return
    style.heading(
        _("Embed this figure"),
        _("Copy this line into another page; it runs no script. The card there tells date and source."),
        level=2,
    )
    st.code(line, language=None, wrap_lines=True)
    if visitor.tier == "ngo":
        st.html(el("p", _("Files hold the public figures only."), class_="sk-foot"))


def _is_public(visitor: Visitor, found: Figure) -> bool:
    """Return whether readers of the public tier can open the figure."""
    public = downloads.handed_out(visitor)
    return public is not None and figures.figure(public, found.figure_id, visitor.today) is not None


def address(visitor: Visitor, found: Figure) -> str:
    """Return the address that opens this figure in this release."""
    return absolute(
        addresses.figure_address(visitor.lang, found.figure_id, release=visitor.release.release_id)
    )


def challenge(visitor: Visitor, found: Figure) -> None:
    """Print a message to copy for whoever thinks the figure is wrong. Nothing is sent or kept here."""
    _ = visitor._
    style.heading(
        _("Challenge this figure"),
        _("Copy this text, fill it in and send it to the publisher of this copy. Nothing is kept here."),
        level=2,
    )
    lines = [
        _("I question a figure of Samaki."),
        _("Row: {row}. Release: {release}.", row=found.figure_id, release=visitor.release.release_id),
        _("Figure: {figure}, {what}, {day}.", **_of(visitor, found)),
        _("Address: {address}", address=address(visitor, found)),
        _("What I think is wrong: …"),
        _("My source, with its date and link: …"),
        _("Please name no private person and no place where people shelter."),
    ]
    st.code("\n".join(lines), language=None, wrap_lines=True)


def _of(visitor: Visitor, found: Figure) -> dict[str, str]:
    return {"figure": _own(visitor, found), "what": title(visitor, found), "day": _day(visitor, found)}


def since_quoted(visitor: Visitor) -> None:
    """Take a pasted citation and print what changed since its release, in sentences."""
    _ = visitor._
    style.heading(
        _("What changed since the release I quoted"),
        _("Paste a citation, an address or the id of a release."),
        level=2,
    )
    with st.form("quoted", border=False):
        text = st.text_area(
            _("Citation or release"),
            value=visitor.release.release_id if visitor.is_addressed else "",
            max_chars=changes_since.MOST,
            key=f"quoted-{visitor.lang}",
        )
        st.form_submit_button(_("Show what changed"))
    newest = releases.current(visitor.tier).release_id
    _answer(visitor, changes_since.since(text, changes_since.told(visitor.tier), newest))


def _answer(visitor: Visitor, found: changes_since.Quoted) -> None:
    _ = visitor._
    if found.answer == "nothing_pasted":
        return
    answers = {
        "unknown": _("No release kept here has an id that stands in this text."),
        "current": _("You quoted the newest release. Nothing changed since."),
        "unchanged": _("Releases came after it, but no figure changed."),
    }.get(found.answer)
    if answers:
        notice(answers)
        return
    known = titles(visitor.release, visitor.lang)
    for heading, changes in (
        (_("The rows you quoted"), found.of_rows),
        (_("All other rows"), found.others),
    ):
        lines = [el("li", describe_change(_, change, known)) for change in changes]
        if heading and (lines or found.rows):
            none = el("p", _("Nothing changed."), class_="sk-foot")
            listed = el("ul", *lines, class_="sk-list") if lines else none
            st.html(el("section", el("h3", heading), listed, lang=visitor.lang))
