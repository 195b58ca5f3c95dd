"""The NGO tier's view of sites: filters in the address, circles of precision, a card on a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from utils.analysis import observations
from utils.analysis import sites as analysis
from utils.analysis.sites import Site, SiteReport
from utils.components import cards, inline
from utils.components.notices import withdrawn_sites
from utils.components.tables import Cell, table_of
from utils.components.toolbar import toolbar
from utils.maps.model import Click
from utils.maps.sites import sites_map
from utils.releases import Release
from utils.text import wording
from utils.text.html import Markup, el, join
from utils.text.locale import SOURCE_LANGUAGE, Translator, formats, lazy_gettext
from utils.ui import filters
from utils.ui.map import draw_map
from utils.ui.visitor import Visitor
from utils.views.filters import coded_choice, format_province, optional_choice, required_choice

_SITE = "site"
_NONE = "none"
_SEEN = "samaki-site-click"


def _age(_: Translator, _release: Release, code: str) -> str:
    if code == "all":
        return _("At any time")
    if code == "older":
        return _("More than a year ago")
    return _.ngettext("Within the last {count} day", "Within the last {count} days", int(code))


_FILTERS: Final = (
    optional_choice(
        "province",
        lazy_gettext("Province"),
        lazy_gettext("All provinces"),
        lambda release: analysis.list_choices(release, "admin1_pcode"),
        format_province,
    ),
    coded_choice(
        "kind",
        lazy_gettext("Kind"),
        lazy_gettext("All kinds"),
        lambda release: analysis.list_choices(release, "kind"),
    ),
    required_choice("age", lazy_gettext("Last reported"), lambda _release, _before: analysis.AGES, show=_age),
)


def show_sites(visitor: Visitor) -> None:
    """Draw filters, the map of circles with its list, and the card of the chosen site."""
    _ = visitor._
    chosen_filters = filters.ask_filters(visitor, *_FILTERS)
    listed = analysis.filter_sites(visitor.release, today=visitor.today, **chosen_filters)
    gone = visitor.release.withdrawn_rows("sites")
    if gone:
        st.html(el("p", withdrawn_sites(_, gone), class_="sk-foot"))
    if not listed:
        st.html(el("p", _("No site matches. Clear a filter to see more."), class_="sk-empty"))
        return
    click, table = draw_map(visitor, sites_map(visitor.context, listed))
    st.html(toolbar(_, table, None))
    _follow(click, listed)
    by_id = {site.site_id: site for site in listed}
    chosen = filters.choose_code(
        _SITE,
        (_NONE, *by_id),
        _("Site: click a circle, or choose here"),
        lang=visitor.lang,
        show=lambda code: _("none chosen") if code == _NONE else by_id[code].name,
    )
    if chosen != _NONE:
        _show_site(visitor, by_id[chosen], analysis.list_sites_beside(listed, by_id[chosen]))


def _follow(click: Click | None, listed: Sequence[Site]) -> None:
    """Put the site of a new click into the address; an old click, returned again, changes nothing."""
    clicked = click.id if click and click.layer == "circles" else ""
    seen = f"{clicked}#{click.serial}" if click and clicked else ""
    if seen == st.session_state.get(_SEEN, ""):
        return
    st.session_state[_SEEN] = seen
    if any(site.site_id == clicked for site in listed):
        st.query_params[_SITE] = clicked


def _show_site(visitor: Visitor, site: Site, beside: Sequence[Site]) -> None:
    """Print one site with all names, what is known of its place, and every report."""
    _ = visitor._
    others = [(lang, name) for lang, name in site.names.items() if lang != SOURCE_LANGUAGE]
    facts = (join([el("b", name), " ", value]) for name, value in _facts(visitor, site))
    names = ", ".join(other.name for other in beside)
    st.html(
        el(
            "article",
            el("h3", site.name, *(el("span", " ", name, lang=lang) for lang, name in others)),
            inline.bullets(facts),
            cards.note(site.note),
            el("p", _("Within the same circle: {names}", names=names), class_="sk-card-caveat")
            if beside
            else None,
            _report_table(visitor, site),
            class_="sk-card",
            data_figure=f"site-{site.site_id}",
            lang=visitor.lang,
        )
    )


def _facts(visitor: Visitor, site: Site) -> list[tuple[str, Markup | str]]:
    _ = visitor._
    names = observations.load_place_names(visitor.release, visitor.lang)
    district = names.get(site.admin2_pcode, site.admin2)
    province = names.get(site.admin1_pcode, site.admin1)
    place = ", ".join(filter(None, (site.village, site.admin3, district, province)))
    capacity = "; ".join(
        _(
            "{number} {unit}, {day}",
            number=wording.format_quantity(_, row),
            unit=_.translate(observations.load_indicators(visitor.release)[row.indicator].name),
            day=wording.format_as_of(_, row),
        )
        for row in site.capacity
    )
    days = (visitor.today - site.last_reported).days if site.last_reported else None
    status = _(
        "{status}, {day}",
        status=_.pgettext("last_known_status", site.status),
        day=site.last_reported or _("no date given"),
    )
    age = _.ngettext("{count} day old", "{count} days old", days) if days is not None else _("undated")
    return [
        (_("Last known status:"), join([status, " (", age, ")"])),
        (
            _("First reported:"),
            formats.format_day(site.first_reported, visitor.lang) if site.first_reported else "—",
        ),
        (_("Kind:"), _.pgettext("kind", site.kind)),
        (_("Place:"), place),
        (
            _("Point known to the:"),
            f"{_precision(visitor, site)}; {_.pgettext('location_basis', site.location_basis)}",
        ),
        (_("Other spellings:"), el("span", ", ".join(site.aliases) or "—", lang="en")),
        (_("Used for:"), ", ".join(_.pgettext("role", role) for role in site.roles) or "—"),
        (
            _("Managed by:"),
            el("span", site.managing_body, lang="en") if site.managing_body else _("not published"),
        ),
        (_("Capacity:"), capacity or _("not published")),
        (_("First source:"), inline.link_source(site.source)),
    ]


def _precision(visitor: Visitor, site: Site) -> str:
    _ = visitor._
    if visitor.release.map_withdrawal:
        return _("withdrawn by the curator")
    if site.radius is None:
        return _("no point")
    return _(
        "{precision}, about {km} km",
        precision=_.pgettext("coord_precision", site.precision),
        km=site.radius / 1000,
    )


def _report_table(visitor: Visitor, site: Site) -> Markup:
    _ = visitor._
    if not site.reports:
        return el("p", _("No report with a figure was found."), class_="sk-empty")
    indicators = observations.load_indicators(visitor.release)
    return table_of(
        site.reports,
        [
            (_("What"), lambda report: _.translate(indicators[report.observation.indicator].name)),
            (_("Reported"), lambda report: _reported(_, report)),
            (
                _("As of"),
                lambda report: el(
                    "div", wording.format_as_of(_, report.observation), style="min-width:6.5rem"
                ),
            ),
            (
                _("Source"),
                lambda report: el("div", cards.sources(_, report.observation), style="min-width:8rem"),
            ),
            (_("Note"), lambda report: _wide_text(report.observation.note)),
        ],
        caption=_.ngettext(
            "{count} report; where sources differ, both stand side by side",
            "{count} reports; where sources differ, both stand side by side",
            len(site.reports),
        ),
        lang=visitor.lang,
    )


def _wide_text(text: str) -> Markup:
    return el("div", text, lang="en", style="min-width:12rem" if text else None)


def _reported(_: Translator, report: SiteReport) -> Markup:
    row = report.observation
    if row.value is None:
        parts: list[Cell] = [_wide_text(report.text)]
    else:
        parts = [f"{wording.format_quantity(_, row)} {_.pgettext('unit', row.unit)}"]
    if report.disputed:
        parts.append(inline.warning_badge(_("sources differ")))
    if not row.headline_ok:
        parts.append(inline.warning_badge(_("doubtful: not for rankings")))
    return join(parts, " ")
