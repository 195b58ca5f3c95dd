"""A release on its way to its readers: what the steps of publishing hand on to each other."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from utils.curation.check import CheckResult
from utils.curation.curated_tables import Record, read_record
from utils.curation.disclosure.protected_values import Plain
from utils.curation.disclosure.redaction import Shape
from utils.curation.large_tables.model import LargeTable
from utils.curation.problems import Problem
from utils.curation.progress import Progress, no_progress
from utils.curation.publish.sandbox import Limits
from utils.releases import history
from utils.releases.catalogue import Catalogue
from utils.releases.history import Event
from utils.releases.layout import folder_of, release_id

Inspection = Callable[[Path, Plain, Limits, Progress], None]
"""Looks at a data folder as its public readers would, given what is protected, the limits and the report.

Raises :class:`utils.curation.publish.errors.ReleaseRefused` where a reader would see what is protected.
"""


def no_inspection(folder: Path, protected: Plain, limits: Limits, report: Progress) -> None:
    """Stand for an inspection that was not handed in: nothing may go out without one."""
    raise ValueError("no inspection of the pages was handed in")


def ignore_warnings(result: CheckResult) -> None:
    """Show the warnings of a check to nobody."""


@dataclass
class Candidate:
    """One release that may be published, from the curated files of ``data`` whose SHA-256 is ``digest``.

    ``folder`` is where its files are: a work folder until it is placed. The fields below ``folder`` are
    what the command was asked, then what the steps find: first those of the process under limits.
    """

    data: Path
    digest: str
    catalogue: Catalogue
    folder: Path
    before: str = ""
    why: str = ""
    at: str = field(default_factory=history.now)
    limits: Limits = field(default_factory=Limits)
    report: Progress = no_progress
    on_warnings: Callable[[CheckResult], object] = ignore_warnings
    inspection: Inspection = no_inspection
    large_tables: tuple[LargeTable, ...] = ()
    result: CheckResult = field(default_factory=CheckResult)
    public: Mapping[str, Shape] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    protected: Plain = field(default_factory=dict)

    @property
    def release(self) -> str:
        """The id of the release, which its inputs give."""
        return release_id(self.digest)

    @property
    def place(self) -> Path:
        """The folder in which readers look for the release."""
        return folder_of(self.data, self.release)

    @property
    def is_placed(self) -> bool:
        """Whether its files are in the folder in which readers look for them."""
        return self.folder == self.place

    @property
    def is_current(self) -> bool:
        """Whether readers were shown this release before the command, so that nothing is switched."""
        return self.before == self.release

    @property
    def event(self) -> Event:
        """The entry of the history that its publication makes."""
        return Event(self.at, "publish", self.release, self.before, self.why)

    @cached_property
    def record(self) -> Record:
        """The curated tables, read when first asked for: only a process under limits asks."""
        return read_record(self.data, on_table=lambda name: self.report("read", name))

    def discard(self) -> None:
        """Remove the work folder of a candidate that was not placed. What is in its place stays."""
        if not self.is_placed:
            shutil.rmtree(self.folder, ignore_errors=True)
