"""The steps that read the record: in a process under limits, so that no file can exhaust the machine."""

from __future__ import annotations

from typing import Final

from utils.curation.check import CheckResult, examine
from utils.curation.disclosure.disclosed_cells import find_disclosed_small, find_shown_again, read_kept_rows
from utils.curation.disclosure.leak_scan import scan_folder
from utils.curation.disclosure.protected_values import collect_protected_values, to_plain
from utils.curation.disclosure.redaction import allowed_displacement, leaks, public_tables
from utils.curation.disclosure.suppression_history import find_shown_again_in_large
from utils.curation.large_tables.tables import (
    find_disclosed_small_in_large,
    make_tiers,
    open_large_tables,
)
from utils.curation.publish.candidate import Candidate
from utils.curation.publish.tier_files import ngo_tables, write_tier


def check(candidate: Candidate) -> None:
    """Check every table; errors and doubts that nobody accepted are problems."""
    candidate.report("check", "")
    result = examine(candidate.record)
    large = tuple(problem for table in candidate.large_tables for problem in table.problems)
    candidate.result = CheckResult((*result.problems, *large), result.accepted)
    candidate.problems = candidate.result.blocking


def redact(candidate: Candidate) -> None:
    """Make the tables of the public tier."""
    candidate.report("redact", "")
    candidate.public = public_tables(candidate.record)


def scan_tables(candidate: Candidate) -> None:
    """Scan the public tables for what is protected, and for cells that kept releases disclose or hide."""
    record, public = candidate.record, candidate.public
    releases = candidate.catalogue.whole_releases()
    kept = tuple(read_kept_rows(candidate.data, releases))
    candidate.problems = (
        *leaks(record, public),
        *find_shown_again(candidate.data, public, kept),
        *find_disclosed_small(record, allowed_displacement(record), kept),
        *find_disclosed_small_in_large(record, candidate.large_tables, releases),
    )


def write(candidate: Candidate) -> None:
    """Write the files of each tier into the candidate's folder."""
    record = candidate.record
    tiers = {"public": candidate.public} | ({"ngo": ngo_tables(record)} if record.has_restricted else {})
    streamed = make_tiers(record, candidate.large_tables, candidate.catalogue.whole_releases())
    for tier, tables in tiers.items():
        candidate.report("write", tier)
        write_tier(record, candidate.folder / tier, candidate.digest, tables, tuple(tiers), streamed[tier])


def scan_files(candidate: Candidate) -> None:
    """Scan the files of the public tier as they were written, and note what is protected."""
    candidate.report("leak gate", "")
    protected = collect_protected_values(candidate.record)
    public = candidate.folder / "public"
    candidate.problems = (
        *scan_folder(protected, public),
        *find_shown_again_in_large(candidate.data, public, candidate.catalogue.whole_releases()),
    )
    candidate.protected = to_plain(protected)


STEPS: Final = (check, redact, scan_tables, write, scan_files)


def run_steps(candidate: Candidate) -> None:
    """Run the steps until one finds problems. Raises ``ContractError``, ``MemoryError`` or ``OSError``."""
    with open_large_tables(candidate.record, candidate.folder, candidate.report) as candidate.large_tables:
        for step in STEPS:
            step(candidate)
            if candidate.problems:
                return


def run_check(candidate: Candidate) -> None:
    """Check the record and write nothing. Raises ``ContractError``, ``MemoryError`` or ``OSError``."""
    with open_large_tables(candidate.record, None, candidate.report) as candidate.large_tables:
        check(candidate)
