"""What the page of organisations shows: the list of them with what each gave and did."""

from __future__ import annotations

from typing import Final

from utils.analysis import organisations as analysis_organisations
from utils.analysis.organisations import Organisation
from utils.components import organisations as lists
from utils.draw_context import DrawContext
from utils.exports.dataset import Cell, Dataset, also_cited, beside, own_column
from utils.text.locale import M_
from utils.views.filters import any_of, coded, country_name, free_text
from utils.views.model import View

_DID: Final = (
    own_column("roles", "string", M_("Roles"), "Codes of roles"),
    own_column("gave", "string", M_("Gave"), "Ids of rows of donations that name it as donor"),
    own_column("received", "string", M_("Received"), "Ids of rows of donations that name it as recipient"),
    own_column("delivered", "string", M_("Delivered"), "Ids of deliveries"),
    own_column("acted", "string", M_("Took part in"), "Ids of events"),
    own_column("only_article", "boolean", M_("Named by the article alone"), "yes: no other source"),
)


def _did(organisation: Organisation) -> tuple[Cell, ...]:
    return (
        " ".join(organisation.roles),
        " ".join(gift.row_id for gift in organisation.gave),
        " ".join(gift.row_id for gift in organisation.received),
        " ".join(organisation.delivered),
        " ".join(act.event_id for act in organisation.acted),
        organisation.only_article,
    )


def organisations(context: DrawContext, **filters: str) -> Dataset:
    """Return the organisations that pass the filters, with the ids of what they gave and did."""
    shown = analysis_organisations.matching(context.release, **filters)
    made = beside(
        context.release,
        "organisations",
        "org_id",
        {organisation.org_id: organisation for organisation in shown},
        _DID,
        _did,
    )
    return also_cited(made, (source for row in shown for source in row.sources))


_ORGANISATIONS: Final = (
    coded(
        "kind", M_("Kind"), M_("All kinds"), lambda release: analysis_organisations.choices(release, "kind")
    ),
    coded(
        "role", M_("Role"), M_("All roles"), lambda release: analysis_organisations.choices(release, "roles")
    ),
    any_of(
        "country",
        M_("Country"),
        M_("All countries"),
        lambda release: analysis_organisations.choices(release, "country"),
        country_name,
    ),
    free_text(M_("Search organisations"), M_("Name, city or note")),
)

ORGANISATIONS: Final = View(
    "organisations",
    "organisations",
    lists.organisations,
    organisations,
    _ORGANISATIONS,
    M_("Organisations"),
    placed=True,
)
