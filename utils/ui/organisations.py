"""The list of organisations: who, where, in which role, what they gave or did, who says so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from utils.analysis.city_names import city_name
from utils.analysis.organisations import Organisation
from utils.exports import list_filters as by
from utils.text.html import Markup, el, join, link
from utils.text.locale import formats
from utils.ui import downloads, filters, words
from utils.ui.donations import original
from utils.ui.tables import Rows, paged
from utils.ui.visitor import Visit, address

_FEW = 3


def filter_bar(visit: Visit) -> dict[str, str]:
    """Draw the filters of organisations and return what is asked for."""
    _ = visit._
    return filters.bar(visit, by.ORGANISATIONS, _("Search organisations"), _("Name, city or note"))


def organisation_list(visit: Visit, shown: Sequence[Organisation]) -> None:
    """Print organisations, some at a time."""
    _ = visit._
    paged(
        visit,
        [
            _("Organisation"),
            _("Kind and roles"),
            _("Place"),
            _("Gave, carried or did"),
            _("Sources"),
            _("Note"),
        ],
        Rows(shown, partial(_row, visit)),
        caption=_.n("{count} organisation", "{count} organisations", len(shown)),
        parameter="page",
        empty=_("No organisation matches. Clear a filter to see more."),
    )
    downloads.menu(visit, "organisations")


def _row(visit: Visit, one: Organisation) -> list[Markup | str]:
    _ = visit._
    local = f" · {one.name_local}" if one.name_local and one.name_local != one.name else None
    roles = ", ".join(_.c("role", role) for role in one.roles)
    city = city_name(visit.release, one.city, one.country, visit.lang)
    country = formats.country(one.country, visit.lang) if one.country else ""
    place = ", ".join(filter(None, (city, country)))
    badge = (
        join([el("br"), el("span", _("named by the article alone"), class_="sk-badge sk-badge-overdue")])
        if one.only_article
        else None
    )
    return [
        join([el("b", one.name), el("span", local, class_="sk-muted") if local else None, badge]),
        join([_.c("kind", one.kind), el("br"), el("span", roles, class_="sk-muted")]),
        join([place or "—", join([el("br"), link(_("website"), one.website)]) if one.website else None]),
        _deeds(visit, one),
        _sources(visit, one),
        el("span", one.note, lang="en"),
    ]


def _deeds(visit: Visit, one: Organisation) -> Markup | str:
    """Return what the record holds of an organisation: gifts, deliveries, events; or that none was found."""
    _ = visit._
    if not one.has_traces:
        return el("span", _("none found"), class_="sk-absent-word")
    parts: list[Markup] = [el("li", _("gave: "), original(visit, gift)) for gift in one.gave[:_FEW]]
    parts += [
        el("li", _("received: "), original(visit, gift), f" ({gift.donor})") for gift in one.received[:_FEW]
    ]
    more = len(one.gave[_FEW:]) + len(one.received[_FEW:])
    if more:
        parts.append(
            el(
                "li",
                link(
                    _.n("{count} more row of gifts", "{count} more rows of gifts", more),
                    address(visit.lang, "donations", {"q": one.name}),
                ),
            )
        )
    if one.delivered:
        parts.append(
            el(
                "li",
                link(
                    _.n("{count} delivery", "{count} deliveries", len(one.delivered)),
                    address(visit.lang, "relief", {"q": one.name}),
                ),
            )
        )
    parts += [el("li", el("span", act.title, lang="en")) for act in one.acted[:_FEW]]
    return el("ul", *parts, class_="sk-differ")


def _sources(visit: Visit, one: Organisation) -> Markup:
    _ = visit._
    shown, more = one.sources[:_FEW], len(one.sources) - _FEW
    return join(
        [
            join(
                (join([words.source_link(source), f" ({source.grade})"]) for source in shown),
                ", ",
            ),
            " " + _.n("and {count} more", "and {count} more", more) if more > 0 else None,
        ]
    )
