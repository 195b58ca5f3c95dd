"""Colours can be read: contrast of text and lines in both themes, steps that grow."""

import pytest

from utils.product import palette
from utils.product.palette import Theme, colour_steps

THEMES: tuple[Theme, ...] = ("light", "dark")
THINGS = (
    "DISPLACED",
    "RETURNED",
    "HOSTS",
    "SITES",
    "OTHER",
    "RELIEF",
    "BOTH_SIDES",
    "MIXED",
    "RECOVERY",
    "PLEDGED",
)


def contrast_ratio(text: str, other: str) -> float:
    """Return the contrast ratio of two colours (``#rrggbb``), from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(text), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_as_wcag_defines_it() -> None:
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast_ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_text_is_readable(theme: Theme) -> None:
    paper = palette.PAPER[theme]
    assert contrast_ratio(palette.INK[theme], paper) >= 7
    assert contrast_ratio(palette.MUTED[theme], paper) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", THINGS)
def test_marks_stand_out_from_the_paper(name: str, theme: Theme) -> None:
    assert contrast_ratio(getattr(palette, name)[theme], palette.PAPER[theme]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["displaced", "sites", "aid"])
def test_steps_grow_away_from_the_land(name: str, theme: Theme) -> None:
    land = palette.MAP[theme]["land"]
    ratios = [contrast_ratio(colour, land) for colour in colour_steps(name, theme)]
    assert len(set(colour_steps(name, theme))) == len(ratios)
    assert ratios == sorted(ratios)


def test_an_unknown_hue_is_an_error() -> None:
    with pytest.raises(KeyError):
        colour_steps("unknown", "light")
