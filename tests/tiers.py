"""The NGO tier for tests, and the made-up sites that may not be named in public."""

from __future__ import annotations

import csv
from pathlib import Path

from utils.releases import Release, current


def open_ngo(data_folder: Path) -> Release:
    """Return the NGO tier of the release in ``data_folder``."""
    return current("ngo", data_folder)


def _rows(data_folder: Path, table: str) -> list[dict[str, str]]:
    path = data_folder / "curated" / "restricted" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def withheld_sites(data_folder: Path) -> list[dict[str, str]]:
    """Return the rows of the sites that may not be named in public."""
    return [row for row in _rows(data_folder, "sites") if row["public_display"] != "name_and_district"]


def withheld_ids(data_folder: Path) -> tuple[str, ...]:
    """Return their ids."""
    return tuple(sorted(row["site_id"] for row in withheld_sites(data_folder)))


def withheld_names(data_folder: Path) -> tuple[str, ...]:
    """Return every name and spelling of them, in lower case."""
    sites = withheld_sites(data_folder)
    ids = {row["site_id"] for row in sites}
    aliases = [row["alias"] for row in _rows(data_folder, "site_aliases") if row["site_id"] in ids]
    names = [row["name"] for row in sites] + [row["name_km"] for row in sites] + aliases
    return tuple(sorted({name.casefold() for name in names if name}))
