"""The names of the columns of a file against the contract."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Final

from utils.curation.contract import Table
from utils.curation.problems import Problem

MAX_COLUMNS: Final = 1_000


def header_problems(header: Sequence[str], table: Table, name: str) -> list[Problem]:
    """Return the columns that are missing, stand twice, or are not known to the contract."""
    if len(header) > MAX_COLUMNS:
        wanted = f"at most {MAX_COLUMNS} columns"
        return [Problem(name, 1, "", f"{len(header)} columns", wanted, "header")]
    extra = [column for column in header if column not in table.columns]
    problems = [
        Problem(name, 1, column, "", f"this column in the header{_renamed(column, extra)}", "header")
        for column in table.columns
        if column not in header
    ]
    problems += [
        Problem(name, 1, column, column, "each column once", "header")
        for column in sorted({column for column in header if header.count(column) > 1})
    ]
    problems += [
        Problem(name, 1, column, column, "a column of the contract", "extra-column") for column in extra
    ]
    return problems


def _renamed(column: str, extra: Sequence[str]) -> str:
    """Say which unknown column this one may have become."""
    plain = {name.strip().casefold().replace(" ", "_"): name for name in reversed(extra)}
    like = difflib.get_close_matches(column, plain, n=1, cutoff=0.75)
    return f" (is it “{plain[like[0]]}”?)" if like else ""
