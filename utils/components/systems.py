"""The systems of the article as a table with addresses."""

from __future__ import annotations

from utils.analysis.systems import STATES, SYSTEMS, System
from utils.components.addresses import language_address
from utils.components.tables import table_of
from utils.draw_context import DrawContext, per_language
from utils.product.sitemap import PAGES
from utils.text.html import Markup, el, link
from utils.text.locale import formats


@per_language
def system_table(context: DrawContext) -> Markup:
    """Return each system with its screen, or the sentence that says why it has none."""
    _ = context._
    return table_of(
        SYSTEMS,
        [
            (_("No."), lambda system: formats.format_number(system.number, context.lang)),
            (_("System"), lambda system: _.translate(system.what)),
            (
                _("State"),
                lambda system: el("span", _.translate(STATES[system.state]), class_="sk-badge"),
            ),
            (_("Where"), lambda system: _link_screen(context, system)),
            (
                _("What is lacking, or why"),
                lambda system: _.translate(system.why) if system.why else "—",
            ),
        ],
        caption=_.ngettext("{count} system", "{count} systems", len(SYSTEMS)),
        numeric=(0,),
        lang=context.lang,
    )


def _link_screen(context: DrawContext, system: System) -> Markup | str:
    title = next((page.title for page in PAGES if page.name == system.page), None)
    if title is None:
        return "—"
    _ = context._
    where = _.translate(title)
    if system.part:
        where = _("{label}: {figure}", label=where, figure=_.translate(system.part))
    return link(where, language_address(context.lang, system.page, system.query))
