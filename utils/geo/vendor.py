"""The third-party files that the browser needs: Leaflet and the fonts, unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from utils.geo import sources

LEAFLET_FOLDER: Final = f"vendor/leaflet-{sources.LEAFLET.version}"
_LEAFLET_FILES: Final = {
    "LICENSE": "LICENSE",
    "leaflet.js": "dist/leaflet.js",
    "leaflet.css": "dist/leaflet.css",
    **{
        f"images/{name}": f"dist/images/{name}"
        for name in (
            "layers.png",
            "layers-2x.png",
            "marker-icon.png",
            "marker-icon-2x.png",
            "marker-shadow.png",
        )
    },
}

_LATIN: Final = (
    "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, "
    "U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD"
)
_LATIN_EXT: Final = (
    "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, "
    "U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, "
    "U+2C60-2C7F, U+A720-A7FF"
)
_KHMER: Final = "U+1780-17FF, U+19E0-19FF, U+200B-200D, U+25CC"

_FONTS: Final = (
    ("Noto Sans", sources.NOTO, "noto-sans-latin", _LATIN),
    ("Noto Sans", sources.NOTO, "noto-sans-latin-ext", _LATIN_EXT),
    ("Noto Sans Khmer", sources.NOTO_KHMER, "noto-sans-khmer-khmer", _KHMER),
)
"""Family, package, file stem in the package, characters it is used for."""

_FACE: Final = """@font-face {{
  font-family: "{family}";
  font-style: normal;
  font-weight: 100 900;
  font-display: swap;
  src: url("{file}") format("woff2");
  unicode-range: {characters};
}}
"""


def _font_file(package: sources.Package, stem: str) -> str:
    return f"{stem.replace('khmer-khmer', 'khmer')}-{package.version}.woff2"


def build_font_css() -> bytes:
    """Return the style sheet that declares the fonts; addresses are relative to it."""
    faces = [
        _FACE.format(family=family, file=_font_file(package, stem), characters=characters)
        for family, package, stem, characters in _FONTS
    ]
    return "\n".join(faces).encode()


def build_files(cache: Path) -> dict[str, bytes]:
    """Return file name below ``static`` -> content, licences included.

    Raises:
        SourceError: a package is missing or altered.
    """
    vendored = {
        f"{LEAFLET_FOLDER}/{name}": sources.read_npm_member(sources.LEAFLET, cache, member)
        for name, member in _LEAFLET_FILES.items()
    }
    for _, package, stem, _ in _FONTS:
        member = f"files/{stem}-wght-normal.woff2"
        name = f"fonts/{_font_file(package, stem)}"
        vendored[name] = sources.read_npm_member(package, cache, member)
    for package, licence in ((sources.NOTO, "noto-sans"), (sources.NOTO_KHMER, "noto-sans-khmer")):
        vendored[f"fonts/OFL-{licence}.txt"] = sources.read_npm_member(package, cache, "LICENSE")
    vendored["fonts/map-fonts.css"] = build_font_css()
    return vendored
