"""Builds ``data/geo`` and the vendored files of ``static``: ``python -m utils.geo.build``.

With ``--check`` nothing is written: two builds are compared with each other and with the
committed files, byte for byte, and the differences are printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from utils.geo import browser, layers, licences, vendor
from utils.geo.sources import SourceError

_JOIN_KEYS: Final = "khm_adm1_join_keys.csv"
_COMMUNES: Final = "khm_communes.csv"
_STATIC_PARTS: Final = ("LICENSES.md", "fonts", "geo", vendor.LEAFLET_FOLDER)
"""What of ``static`` this command owns; anything else there is left alone."""


@dataclass(frozen=True)
class Tree:
    """Files made for one folder: ``wanted`` name -> content; ``parts`` are the names it owns."""

    folder: Path
    wanted: Mapping[str, bytes]
    parts: Sequence[str] = (".",)

    def present(self) -> dict[str, bytes]:
        """Return the files that are there now, of the parts owned: name -> content."""
        paths = [self.folder / part for part in self.parts]
        files = [path for path in paths if path.is_file()]
        files += [file for path in paths for file in path.rglob("*") if file.is_file()]
        return {file.relative_to(self.folder).as_posix(): file.read_bytes() for file in files}

    def write(self) -> None:
        """Write the wanted files and remove owned files that are no longer wanted."""
        for name in self.present().keys() - self.wanted.keys():
            (self.folder / name).unlink()
        for name, content in self.wanted.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def differences(self, other: Mapping[str, bytes]) -> list[str]:
        """Return the paths whose content in ``other`` differs, or that only one side has."""
        names = sorted(self.wanted.keys() | other.keys())
        return [str(self.folder / n) for n in names if self.wanted.get(n) != other.get(n)]


def build(cache: Path, geo_folder: Path, static_folder: Path) -> tuple[Tree, Tree]:
    """Return the files of ``data/geo`` and of ``static``; nothing is written.

    The join keys and the list of communes are read from ``geo_folder``; package files are kept in ``cache``.

    Raises:
        SourceError: a package is missing or altered.
        KeyMismatchError: the provinces of the package are not those of the join keys.
        ValueError: the shapes do not form a valid coverage.
    """
    join_keys = geo_folder / _JOIN_KEYS
    keys = layers.read_join_keys(join_keys)
    with tempfile.TemporaryDirectory() as scratch:
        shapes = layers.gather_shapes(cache, Path(scratch), keys)
    geo_layers = layers.build_layers(shapes, keys, cache)
    odbl = licences.build_odbl_text(cache)
    geo = {f"{layer.name}.geojson": layer.to_bytes() for layer in geo_layers}
    geo["attribution.json"] = licences.build_attribution()
    geo["LICENSES.md"] = licences.build_geo_licences()
    geo[licences.ODBL_FILE] = odbl
    geo[_JOIN_KEYS] = join_keys.read_bytes()
    geo[_COMMUNES] = (geo_folder / _COMMUNES).read_bytes()
    [places] = [layer for layer in geo_layers if layer.name == "places"]
    static = _static(cache, browser.build_files(shapes, places), odbl)
    return Tree(geo_folder, geo), Tree(static_folder, static, _STATIC_PARTS)


def _static(cache: Path, base: Mapping[str, bytes], odbl: bytes) -> dict[str, bytes]:
    manifest = json.loads(base["manifest.json"])
    vendored = vendor.build_files(cache)
    return {
        **vendored,
        **{f"geo/{name}": content for name, content in base.items()},
        f"geo/{licences.ODBL_FILE}": odbl,
        "geo/LICENSES.md": licences.build_static_geo_licences(manifest),
        "LICENSES.md": licences.build_static_licences(vendored),
    }


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m utils.geo.build", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("data/geo"), help="default: data/geo")
    parser.add_argument("--static", type=Path, default=Path("static"), help="default: static")
    parser.add_argument("--cache", type=Path, default=Path(".cache/geo"), help="package files")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0, or 1 when a source or the comparison fails."""
    options = _arguments(argv)
    try:
        trees = build(options.cache, options.out, options.static)
        again = build(options.cache, options.out, options.static) if options.check else trees
    except (SourceError, layers.KeyMismatchError, OSError, ValueError) as error:
        print(f"geography not built: {error}", file=sys.stderr)
        return 1
    if options.check:
        return _report(trees, again)
    for tree in trees:
        tree.write()
        print(f"{tree.folder}: {len(tree.wanted)} files")
    return 0


def _report(trees: Sequence[Tree], again: Sequence[Tree]) -> int:
    odd = []
    for tree, second in zip(trees, again, strict=True):
        odd += [f"{name}: two builds differ" for name in tree.differences(second.wanted)]
        odd += [f"{name}: not what the build makes" for name in tree.differences(tree.present())]
    print("\n".join(odd) or "two builds and the committed files are identical")
    return 1 if odd else 0


if __name__ == "__main__":
    sys.exit(main())
