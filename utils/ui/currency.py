"""The choice of a currency, which several views of a page share."""

from __future__ import annotations

from utils.ui import filters
from utils.ui.error_boundary import notice
from utils.ui.visitor import Visitor
from utils.views.filters import CURRENCY
from utils.views.model import Chosen


def ask_currency(visitor: Visitor) -> Chosen:
    """Draw the choice of currency and return it; the riel is marked unofficial."""
    _ = visitor._
    chosen = filters.ask(visitor, CURRENCY)
    if chosen[CURRENCY.name] == "KHR":
        notice(_("The riel has no official rate here: the nearest dated unofficial rate is used."))
    return chosen
