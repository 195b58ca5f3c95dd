"""What the page of organisations shows: the list of them with what each gave and did."""

from __future__ import annotations

from typing import Final

from utils.analysis import organisations as analysis_organisations
from utils.analysis.organisations import Organisation
from utils.components import organisations as lists
from utils.draw_context import DrawContext
from utils.exports.dataset import CellValue, Dataset, cite_also, join_columns, own_column
from utils.text.locale import lazy_gettext
from utils.views.filters import coded_choice, country_choice, free_text
from utils.views.model import View

_DID: Final = (
    own_column("roles", "string", lazy_gettext("Roles"), "Codes of roles"),
    own_column("gave", "string", lazy_gettext("Gave"), "Ids of rows of donations that name it as donor"),
    own_column(
        "received", "string", lazy_gettext("Received"), "Ids of rows of donations that name it as recipient"
    ),
    own_column(
        "promised", "string", lazy_gettext("Promised"), "Ids of rows of donations that it promised only"
    ),
    own_column("delivered", "string", lazy_gettext("Delivered"), "Ids of deliveries that are reported"),
    own_column("planned", "string", lazy_gettext("Planned"), "Ids of deliveries promised or planned"),
    own_column("acted", "string", lazy_gettext("Took part in"), "Ids of events"),
    own_column("only_article", "boolean", lazy_gettext("Named by the article alone"), "yes: no other source"),
)


def _did(organisation: Organisation) -> tuple[CellValue, ...]:
    return (
        " ".join(organisation.roles),
        " ".join(gift.row_id for gift in organisation.gave),
        " ".join(gift.row_id for gift in organisation.received),
        " ".join(gift.row_id for gift in organisation.promised),
        " ".join(organisation.delivered),
        " ".join(organisation.planned),
        " ".join(act.event_id for act in organisation.acted),
        organisation.only_article,
    )


def list_organisations(context: DrawContext, **filters: str) -> Dataset:
    """Return the organisations that pass the filters, with the ids of what they gave and did."""
    shown = analysis_organisations.filter_organisations(context.release, **filters)
    dataset = join_columns(
        context.release,
        "organisations",
        "org_id",
        {organisation.org_id: organisation for organisation in shown},
        _DID,
        _did,
    )
    return cite_also(dataset, (source for row in shown for source in row.sources))


_ORGANISATIONS: Final = (
    coded_choice(
        "kind",
        lazy_gettext("Kind"),
        lazy_gettext("All kinds"),
        lambda release: analysis_organisations.list_choices(release, "kind"),
    ),
    coded_choice(
        "role",
        lazy_gettext("Role"),
        lazy_gettext("All roles"),
        lambda release: analysis_organisations.list_choices(release, "roles"),
    ),
    country_choice(
        lazy_gettext("Country"), lambda release: analysis_organisations.list_choices(release, "country")
    ),
    free_text(lazy_gettext("Search organisations"), lazy_gettext("Name, city or note")),
)

ORGANISATIONS: Final = View(
    "organisations",
    "organisations",
    lists.list_organisations,
    list_organisations,
    _ORGANISATIONS,
    lazy_gettext("Organisations"),
    placed=True,
)
