"""An empty table to fill in: the columns of the contract as CSV."""

from __future__ import annotations

import csv
import io

from utils.releases import Release, per_release


@per_release
def write_template(release: Release, table: str) -> str:
    """Return the header of a table as CSV text: UTF-8 with a mark, so that any spreadsheet reads it.

    Raises ``KeyError`` for a table that the contract does not have.
    """
    fields = {resource["name"]: resource["schema"]["fields"] for resource in release.contract()["resources"]}
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([field["name"] for field in fields[table]])
    return "\ufeff" + out.getvalue()
