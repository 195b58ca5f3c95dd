"""Names in the line under a picture or a scene."""

from __future__ import annotations

from collections.abc import Sequence

from utils.text.locale import Translator


def list_names(_: Translator, names: Sequence[str], most: int) -> str:
    """Return at most ``most`` names, and how many more there are; empty without names."""
    listed = ", ".join(names[:most])
    more = len(names) - most
    if more <= 0:
        return listed
    return _.ngettext("{listed} and {count} more", "{listed} and {count} more", more, listed=listed)
