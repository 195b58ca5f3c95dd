"""The NGO tier for tests. A tree without the restricted folder has none, and its tests are skipped."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from utils.releases import Release, current


def open_ngo(data_folder: Path) -> Release:
    """Return the NGO tier of the release in ``data_folder``, or skip the test."""
    if not (data_folder / "curated" / "restricted" / "sites.csv").exists():
        pytest.skip("this tree holds no restricted tables")
    return current("ngo", data_folder)


def _withheld(data_folder: Path) -> tuple[Path, list[dict[str, str]]]:
    folder = data_folder / "curated" / "restricted"
    if not (folder / "sites.csv").exists():
        pytest.skip("this tree holds no restricted tables")
    with (folder / "sites.csv").open(encoding="utf-8", newline="") as file:
        sites = [row for row in csv.DictReader(file) if row["public_display"] != "name_and_district"]
    return folder, sites


def withheld_ids(data_folder: Path) -> tuple[str, ...]:
    """Return the ids of the sites that may not be named in public."""
    return tuple(sorted(row["site_id"] for row in _withheld(data_folder)[1]))


def withheld_names(data_folder: Path) -> tuple[str, ...]:
    """Return every name and spelling of the sites that may not be named in public, in lower case."""
    folder, sites = _withheld(data_folder)
    ids = {row["site_id"] for row in sites}
    with (folder / "site_aliases.csv").open(encoding="utf-8", newline="") as file:
        aliases = [row["alias"] for row in csv.DictReader(file) if row["site_id"] in ids]
    names = [row["name"] for row in sites] + [row["name_km"] for row in sites] + aliases
    return tuple(sorted({name.casefold() for name in names if name}))
