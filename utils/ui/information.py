"""Checked claims with a card to share in three languages, channels, contacts of institutions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from utils.analysis import information
from utils.analysis.information import Contact, Item
from utils.exports import list_filters as by
from utils.text.html import Markup, el, join, link
from utils.text.locale import LANGUAGES, Translator, formats, translator
from utils.text.locale.digits import spoken
from utils.ui import downloads, filters, words
from utils.ui.tables import Rows, kept, paged, table
from utils.ui.visitor import Visit, address


def filter_bar(visit: Visit) -> dict[str, str]:
    """Draw the filters of claims and return the chosen code and words."""
    _ = visit._
    kind = filters.ask(visit, by.CLAIMS, draw=filters.segments)
    text = filters.search(
        "q", _("Search claims"), lang=visit.lang, placeholder=_("Claim, checker or platform")
    )
    return {"kind": kind, "text": text}


def claim_list(visit: Visit, shown: Sequence[Item]) -> None:
    """Print claims with verdict, who checked and source, some at a time."""
    _ = visit._
    paged(
        visit,
        [
            _("Day"),
            _("Claim"),
            _("Verdict"),
            _("Checked by"),
            _("Platform"),
            _("Source"),
            _("Note"),
            _("Share"),
        ],
        Rows(shown, partial(_row, visit)),
        caption=_.n("{count} claim", "{count} claims", len(shown)),
        parameter="page",
        empty=_("No claim matches. Clear a filter to see more."),
    )
    downloads.menu(visit, "claims")


def _row(visit: Visit, one: Item) -> list[Markup | str]:
    _ = visit._
    return [
        _day(_, one),
        el("span", one.said, lang="en"),
        el("b", _.c("verdict", one.verdict)),
        join([one.checker, _party(_, one)]),
        one.platform or "—",
        join([words.source_link(one.source), f" ({one.source.grade})"]),
        el("span", one.note, lang="en"),
        link(_("card to share"), address(visit.lang, "information", {"item": one.item_id})),
    ]


def _day(_: Translator, one: Item) -> str:
    return formats.short_day(one.on, _.lang) if one.on else _("no date given")


def _party(_: Translator, one: Item) -> Markup | None:
    if not one.by_a_party:
        return None
    return join([el("br"), el("span", _("a government checks"), class_="sk-badge sk-badge-overdue")])


def share(visit: Visit) -> None:
    """Draw the card of one claim in a language of choice, and its text to copy."""
    _ = visit._
    known = {one.item_id: one for one in information.claims(visit.release)}
    left, right = st.columns([3, 1])
    with left:
        chosen = filters.choice(
            "item", list(known), _("Claim"), lang=visit.lang, show=lambda code: known[code].said
        )
    with right:
        lang = filters.choice(
            "in",
            list(LANGUAGES),
            _("Language of the card"),
            lang=visit.lang,
            show=LANGUAGES.__getitem__,
            default=spoken(visit.lang),
        )
    one = known[chosen]
    lang = visit.lang if lang == spoken(visit.lang) else lang
    st.html(share_card(translator(lang), one))
    st.html(downloads.card_links(visit, f"claim-{one.item_id}"))
    st.code(share_text(translator(lang), one), language=None, wrap_lines=True)


def share_card(_: Translator, one: Item) -> Markup:
    """Return one claim as a card: claim, verdict, who checked, when, source."""
    return el(
        "article",
        el("p", _("Claim"), class_="sk-muted"),
        el("p", "“", el("span", one.said, lang="en"), "”", class_="sk-claim"),
        el("p", el("b", _("Verdict: {verdict}", verdict=_.c("verdict", one.verdict)))),
        el("p", _("Checked by {checker}, {day}", checker=one.checker, day=_day(_, one)), _party(_, one)),
        el("p", one.note, lang="en", class_="sk-note") if one.note else None,
        el("p", _("Source: "), words.source_link(one.source)),
        class_="sk-share",
        lang=_.lang,
        data_item=one.item_id,
    )


def share_text(_: Translator, one: Item) -> str:
    """Return one claim as plain text to copy, with its source and date."""
    lines = [
        f"“{one.said}”",
        _("Verdict: {verdict}", verdict=_.c("verdict", one.verdict)),
        _("Checked by {checker}, {day}", checker=one.checker, day=_day(_, one)),
        _("Source: ") + " ".join(filter(None, (one.source.publisher, one.source.url))),
    ]
    if one.by_a_party:
        lines.insert(3, _("a government checks"))
    return "\n".join(lines)


def channel_list(visit: Visit, shown: Sequence[Item]) -> None:
    """Print channels, independent ones first."""
    _ = visit._
    st.html(
        kept(
            visit,
            "channel_list",
            lambda: table(
                [_("Channel"), _("By"), _("Kind"), _("Seen on"), _("Source"), _("Note")],
                [
                    [
                        el("span", one.said, lang="en"),
                        join([one.checker, _party_channel(_, one)]),
                        _.c("checker_kind", one.checker_kind),
                        _day(_, one),
                        words.source_link(one.source),
                        el("span", one.note, lang="en"),
                    ]
                    for one in shown
                ],
                caption=_.n("{count} channel", "{count} channels", len(shown)),
                lang=visit.lang,
            ),
        )
    )
    downloads.menu(visit, "channels")


def _party_channel(_: Translator, one: Item) -> Markup | None:
    if not one.by_a_party:
        return None
    return join([el("br"), el("span", _("official"), class_="sk-badge")])


def contact_list(visit: Visit, shown: Sequence[Contact]) -> None:
    """Print contacts of institutions: to be confirmed before they are published further."""
    _ = visit._
    st.html(
        kept(
            visit,
            "contact_list",
            lambda: table(
                [_("Institution"), _("Service"), _("Telephone"), _("Website"), _("Country"), _("Note")],
                [
                    [
                        join(
                            [one.institution, el("br"), el("span", _.c("kind", one.kind), class_="sk-muted")]
                        ),
                        el("span", one.service, lang="en"),
                        one.phone or _("not found"),
                        link(_("website"), one.url) if one.url else "—",
                        formats.country(one.country, visit.lang),
                        el("span", one.note, lang="en"),
                    ]
                    for one in shown
                ],
                caption=_.n("{count} institution", "{count} institutions", len(shown)),
                lang=visit.lang,
            ),
        )
    )
    downloads.menu(visit, "contacts")
