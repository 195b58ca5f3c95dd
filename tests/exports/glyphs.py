"""Which characters our fonts cannot draw."""

from utils.exports.image import text_shaping


def missing_characters(text: str) -> str:
    """Return the characters that HarfBuzz draws as a missing glyph, whose id is 0 in every font."""
    signs = sorted({sign for sign in text if not sign.isspace()})
    return "".join(
        sign
        for sign in signs
        if any(glyph.glyph_id == 0 for glyph in text_shaping.shape_text(sign, text_shaping.REGULAR)[0])
    )
