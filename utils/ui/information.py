"""The card of a checked claim to share, in a language of choice."""

from __future__ import annotations

import streamlit as st

from utils.analysis import information
from utils.components.information import share_card, share_text
from utils.components.sharing import card_links
from utils.text.locale import LANGUAGES, translator
from utils.text.locale.digits import strip_digits
from utils.ui import filters
from utils.ui.visitor import Visitor


def show_share_card(visitor: Visitor) -> None:
    """Draw the card of one claim in a language of choice, and its text to copy."""
    _ = visitor._
    claims = {claim.item_id: claim for claim in information.filter_claims(visitor.release)}
    left, right = st.columns([3, 1])
    with left:
        item_id = filters.choose_code(
            "item", list(claims), _("Claim"), lang=visitor.lang, show=lambda code: claims[code].claim
        )
    with right:
        lang = filters.choose_code(
            "in",
            list(LANGUAGES),
            _("Language of the card"),
            lang=visitor.lang,
            show=LANGUAGES.__getitem__,
            default=strip_digits(visitor.lang),
        )
    card_lang = translator(visitor.lang if lang == strip_digits(visitor.lang) else lang)
    st.html(share_card(card_lang, claims[item_id]))
    st.html(card_links(_, f"claim-{item_id}"))
    st.code(share_text(card_lang, claims[item_id]), language=None, wrap_lines=True)
