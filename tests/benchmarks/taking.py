"""Processor time of every file and picture that can be taken away, each made for the first time."""

from __future__ import annotations

import os
import time

from tests.benchmarks.report import Line
from utils.exports import formats
from utils.exports.files import download
from utils.exports.filters import whole_table
from utils.exports.pictures import image
from utils.exports.poster import SIZES
from utils.exports.registry import VIEWS, view
from utils.releases import Release, current

MOST_SECONDS = 1.0
"""Of processor time, for any download of the current tables."""


def taking() -> list[Line]:
    """Return the dearest download of each form, and the dearest picture."""
    release = current("public")
    part = "Files to take away, processor time of the dearest"
    dearest: dict[str, tuple[float, str]] = {}
    asked: list[tuple[str, dict[str, str]]] = [
        (name, {}) for name, one in VIEWS.items() if name != "table" and one.is_in(release)
    ]
    asked += [("table", {"table": table}) for table in whole_table(release)]
    for name, parameters in asked:
        sheet = view(name).sheet(release, view(name).choose(release, parameters))
        for form in formats.available(sheet):
            began = time.process_time()
            made = download(release, name, form, parameters, lang="km", base="")
            spent = time.process_time() - began
            dearest[form] = max(dearest.get(form, (0.0, "")), (spent, made.name))
    lines = [
        Line(part, form, spent, "s", MOST_SECONDS, name) for form, (spent, name) in sorted(dearest.items())
    ]
    return [*lines, _pictures(release)]


def _pictures(release: Release) -> Line:
    spent: dict[str, float] = {}
    for name, one in VIEWS.items():
        if one.draw and one.is_in(release):
            began = _with_painter()
            image(release, name, "png", {}, lang="km", base="", size=SIZES[1])
            spent[name] = _with_painter() - began
    dearest = max(spent, key=lambda name: spent[name])
    return Line("Pictures, 1920 × 1080, processor time", "dearest", spent[dearest], "s", None, dearest)


def _with_painter() -> float:
    """Return the processor time spent so far, that of the painter's process too."""
    used = os.times()
    return time.process_time() + used.children_user + used.children_system
