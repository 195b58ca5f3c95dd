"""A whole table of the release as an archive, for those who look into what goes out."""

from __future__ import annotations

from utils.exports import formats
from utils.exports.dataset import of_table
from utils.exports.files import download
from utils.exports.writing import neutral
from utils.releases import Release
from utils.text.locale import SOURCE_LANGUAGE

__all__ = ["csv_text", "neutral", "package"]


def csv_text(release: Release, table: str) -> str:
    """Return a table as CSV text. Raises :class:`utils.releases.TableUnavailable`."""
    return formats.csv_text(of_table(release, table))


def package(release: Release, table: str, form: str) -> bytes:
    """Return the file of one table in a form of :data:`utils.exports.formats.FORMS`.

    Raises :class:`utils.exports.formats.UnknownForm` and :class:`utils.releases.TableUnavailable`.
    """
    release.rows(table)  # refuses what is withdrawn or not of this release
    return download(release, "table", form, {"table": table}, lang=SOURCE_LANGUAGE, base="").content
