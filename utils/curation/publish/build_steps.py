"""The steps that read the record: in a process under limits, so that no file can exhaust the machine."""

from __future__ import annotations

from typing import Final

from utils.curation.bulk.gate import shown_again_in_pieces
from utils.curation.bulk.stage import staged
from utils.curation.bulk.write import tiers_of
from utils.curation.check import CheckResult, examine
from utils.curation.disclosure.disclosed_cells import rows_of_releases, shown_again, told_too_much
from utils.curation.disclosure.leak_scan import scan_folder
from utils.curation.disclosure.protected_values import collect_protected_values, to_plain
from utils.curation.disclosure.redaction import allowed_displacement, leaks, public_tables
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
    kept = tuple(rows_of_releases(candidate.data, candidate.catalogue.whole_releases()))
    candidate.problems = (
        *leaks(record, public),
        *shown_again(candidate.data, public, kept),
        *told_too_much(record, allowed_displacement(record), kept),
    )


def write(candidate: Candidate) -> None:
    """Write the files of each tier into the candidate's folder."""
    record = candidate.record
    tiers = {"public": candidate.public} | ({"ngo": ngo_tables(record)} if record.has_restricted else {})
    streamed = tiers_of(record, candidate.large_tables)
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
        *shown_again_in_pieces(candidate.data, public, candidate.catalogue.whole_releases()),
    )
    candidate.protected = to_plain(protected)


STEPS: Final = (check, redact, scan_tables, write, scan_files)


def run_steps(candidate: Candidate) -> None:
    """Run the steps until one finds problems. Raises ``ContractError``, ``MemoryError`` or ``OSError``."""
    with staged(candidate.record, candidate.folder, candidate.report) as candidate.large_tables:
        for step in STEPS:
            step(candidate)
            if candidate.problems:
                return


def run_check(candidate: Candidate) -> None:
    """Check the record and write nothing. Raises ``ContractError``, ``MemoryError`` or ``OSError``."""
    with staged(candidate.record, None, candidate.report) as candidate.large_tables:
        check(candidate)
