"""One colour language for charts, maps and cards: the same hue for the same thing, in light and dark.

Base: the colours of Okabe and Ito, distinguished by colour-blind readers. Displaced people are one blue
in steps, returned people green, hosts and sites two tints; money slices differ by hue and pattern.
"""

from __future__ import annotations

from typing import Final, Literal

Theme = Literal["light", "dark"]

INK: Final[dict[Theme, str]] = {"light": "#1a2530", "dark": "#e8edf2"}
MUTED: Final[dict[Theme, str]] = {"light": "#4a5866", "dark": "#b3c0cc"}
GRID: Final[dict[Theme, str]] = {"light": "#dfe5ea", "dark": "#33414e"}
PAPER: Final[dict[Theme, str]] = {"light": "#ffffff", "dark": "#12181f"}
NOT_FOUND: Final[dict[Theme, str]] = {"light": "#8a949e", "dark": "#7d8894"}

FIGHTING: Final[dict[Theme, str]] = {"light": "#b5401b", "dark": "#f08a4b"}
"""Fighting, and nothing else."""
OLD: Final[dict[Theme, str]] = {"light": "#7a4b00", "dark": "#f2c14e"}
"""Age: figures that are old, and time without a figure."""

DISPLACED: Final[dict[Theme, str]] = {"light": "#0072b2", "dark": "#56b4e9"}
RETURNED: Final[dict[Theme, str]] = {"light": "#00785a", "dark": "#2fc49b"}
HOSTS: Final[dict[Theme, str]] = {"light": "#a05a00", "dark": "#f0b350"}
SITES: Final[dict[Theme, str]] = {"light": "#005b8f", "dark": "#7cc4ee"}
OTHER: Final[dict[Theme, str]] = {"light": "#7a4f8a", "dark": "#cc9fdc"}

RELIEF: Final[dict[Theme, str]] = {"light": "#0072b2", "dark": "#56b4e9"}
BOTH_SIDES: Final[dict[Theme, str]] = {"light": "#00785a", "dark": "#2fc49b"}
MIXED: Final[dict[Theme, str]] = {"light": "#b34700", "dark": "#f08a4b"}
RECOVERY: Final[dict[Theme, str]] = {"light": "#8a5a86", "dark": "#d9a3cf"}
PLEDGED: Final[dict[Theme, str]] = {"light": "#6b7680", "dark": "#a3afba"}

_STEPS: Final[dict[str, dict[Theme, tuple[str, ...]]]] = {
    "displaced": {
        "light": ("#e3eff8", "#bcd9ee", "#8cbfe0", "#549fcd", "#1f7cb5", "#07568a"),
        "dark": ("#1c3547", "#1f4a68", "#23638e", "#3182b8", "#58a5d8", "#98cdf1"),
    },
    "sites": {
        "light": ("#fdeed2", "#f9d69c", "#f0b350", "#d98c16", "#a9660a", "#774400"),
        "dark": ("#3a2b12", "#573f15", "#7c5a17", "#a9781c", "#d99f3a", "#f6c878"),
    },
    "aid": {
        "light": ("#efe4f3", "#d6bfe0", "#b893c7", "#9668aa", "#77478c", "#57306a"),
        "dark": ("#322439", "#4a3457", "#6a4a7b", "#8f69a3", "#b691c8", "#dcbfe9"),
    },
}
"""Colour classes from least to most."""

MAP: Final[dict[Theme, dict[str, str]]] = {
    "light": {
        "land": "#e6e5e1",
        "province": "#fefefc",
        "sea": "#d5e4ee",
        "water": "#9fc3dc",
        "line": "#b9b6ac",
        "frontier": "#5d5a52",
        "ink": "#1a2530",
        "halo": "#ffffff",
        "hatch": "#8a949e",
    },
    "dark": {
        "land": "#151c22",
        "province": "#2b3742",
        "sea": "#0f1a24",
        "water": "#2d4f68",
        "line": "#46535e",
        "frontier": "#b9c2ca",
        "ink": "#f1f5f8",
        "halo": "#12181f",
        "hatch": "#7d8894",
    },
}


def colour_steps(name: str, theme: Theme) -> tuple[str, ...]:
    """Return the colour classes of a hue from least to most. Raises ``KeyError`` for another name."""
    return _STEPS[name][theme]
