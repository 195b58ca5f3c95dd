"""Lists and cards of sites: named closed sites in public, every site and report for the NGO tier."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from utils.analysis import record
from utils.analysis.shelters import NamedSite
from utils.analysis.sites import Report, Site
from utils.html import Markup, el, join, link
from utils.locale import formats
from utils.ui import cards, words
from utils.ui.tables import table
from utils.ui.visit import Visit


def named_list(visit: Visit, shown: Sequence[NamedSite]) -> None:
    """Print closed sites and hand-over points with status, date, reports and source."""
    _ = visit._
    names = record.place_names(visit.release, visit.lang)
    body = [
        [
            el("span", site.name, lang="en"),
            _.c("kind", site.kind),
            ", ".join(
                part
                for part in (
                    names.get(site.admin2_pcode, site.admin2),
                    names.get(site.admin1_pcode, site.admin1),
                )
                if part
            ),
            _(
                "{status}, {day}",
                status=_.c("last_known_status", site.status),
                day=site.last_reported or "—",
            ),
            _reports(visit, site),
            link(site.source.publisher, site.source.url, title=site.source.title),
        ]
        for site in shown
    ]
    st.html(
        table(
            [
                _("Name"),
                _("Kind"),
                _("District"),
                _("Last known status"),
                _("People and families reported"),
                _("Source"),
            ],
            body,
            caption=_("Closed sites and goods hand-over points"),
            lang=visit.lang,
        )
    )


def _reports(visit: Visit, site: NamedSite) -> Markup:
    _ = visit._
    if not site.reports:
        return el("span", _("not published"))
    return el(
        "ul",
        *(
            el(
                "li",
                el("b", words.qualified(_, row)),
                " ",
                _.c("unit", row.unit),
                ", ",
                words.as_of(_, row),
                " · ",
                cards.sources(_, row),
            )
            for row in site.reports
        ),
        class_="sk-differ",
    )


def site_card(visit: Visit, site: Site) -> None:
    """Print one site with all names, what is known of its place, and every report."""
    _ = visit._
    facts = [
        (_("Kind"), _.c("kind", site.kind)),
        (
            _("Last known status"),
            _(
                "{status}, {day}",
                status=_.c("last_known_status", site.status),
                day=site.last_reported or "—",
            ),
        ),
        (_("First reported"), formats.day(site.first_reported, visit.lang) if site.first_reported else "—"),
        (_("Other spellings"), ", ".join(site.aliases) or "—"),
        (_("Roles"), ", ".join(_.c("role", role) for role in site.roles) or "—"),
        (_("Managed by"), site.managing_body or _("not published")),
        (_("Position"), _.c("coord_precision", site.precision)),
        (_("How it was located"), _.c("location_basis", site.location_basis)),
        (_("Capacity"), capacity(visit, site)),
    ]
    st.html(
        el(
            "article",
            el("h3", site.name),
            el("ul", *(el("li", el("b", name + ": "), value) for name, value in facts), class_="sk-list"),
            cards.note(_, site.note) if site.note else None,
            table(
                [_("What"), _("Reported"), _("As of"), _("Source"), _("Note")],
                [_report_row(visit, report) for report in site.reports],
                caption=_.n("{count} report", "{count} reports", len(site.reports)),
                lang=visit.lang,
            )
            if site.reports
            else el("p", _("No report with a figure was found."), class_="sk-empty"),
            class_="sk-card",
            data_figure=f"site-{site.site_id}",
        )
    )


def capacity(visit: Visit, site: Site) -> str:
    """Return the reported capacity, or that none was published."""
    _ = visit._
    found = [
        f"{formats.number(one.value, visit.lang)} {_.c('unit', one.unit)}"
        for one in site.reports
        if one.indicator.startswith("capacity") and one.value is not None
    ]
    return ", ".join(found) or _("not published")


def _report_row(visit: Visit, report: Report) -> list[Markup | str]:
    _ = visit._
    known = record.indicators(visit.release)[report.indicator]
    if report.value is None:
        said: Markup | str = el("span", report.text, lang="en")
    else:
        said = f"{_qualifier(visit, report)} {formats.number(report.value, visit.lang)}".strip()
    flags = [] if report.headline_ok else [el("span", _("doubtful"), class_="sk-badge sk-badge-overdue")]
    day = formats.short_day(report.as_of, visit.lang) if report.as_of else _("no date given")
    if report.as_of_precision != "day":
        day = f"{day} ({_.c('as_of_precision', report.as_of_precision)})"
    return [
        _.msg(known.name),
        join([said, *flags], " "),
        day,
        link(report.source.publisher, report.source.url, title=report.source.title),
        el("span", report.note, lang="en"),
    ]


def _qualifier(visit: Visit, report: Report) -> str:
    return "" if report.qualifier == "exact" else visit._.c("qualifier", report.qualifier)
