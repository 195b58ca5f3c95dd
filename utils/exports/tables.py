"""A whole table of the release as an archive, for those who look into what goes out."""

from __future__ import annotations

from utils.exports.files import download
from utils.exports.writing import neutral
from utils.locale import SOURCE_LANGUAGE
from utils.store import Release, TableUnavailable

__all__ = ["neutral", "package"]


def package(release: Release, table: str, form: str) -> bytes:
    """Return the file of one table in a form of :data:`utils.exports.forms.FORMS`.

    Raises :class:`utils.exports.forms.UnknownForm` and :class:`utils.store.TableUnavailable`.
    """
    if table not in release.tables:
        raise TableUnavailable(table=table, tier=release.tier, reason="not part of this release")
    return download(release, "table", form, {"table": table}, lang=SOURCE_LANGUAGE, base="").content
