"""Processor time of every file and picture that can be taken away, each made for the first time."""

from __future__ import annotations

import time

from tests.benchmarks.report import Line
from utils.exports import forms
from utils.exports.files import download
from utils.exports.filters import whole_table
from utils.exports.pictures import image
from utils.exports.poster import SIZES
from utils.exports.registry import VIEWS, view
from utils.store import Release, current

MOST_SECONDS = 1.0
"""Of processor time, for any download of the current tables."""


def taking() -> list[Line]:
    """Return the dearest download of each form, and the dearest picture."""
    release = current("public")
    part = "Files to take away, processor time of the dearest"
    dearest: dict[str, tuple[float, str]] = {}
    asked: list[tuple[str, dict[str, str]]] = [(name, {}) for name in VIEWS if name != "table"]
    asked += [("table", {"table": table}) for table in whole_table(release)]
    for name, parameters in asked:
        sheet = view(name).sheet(release, view(name).choose(release, parameters))
        for form in forms.available(sheet):
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
        if one.draw:
            began = time.process_time()
            image(release, name, "png", {}, lang="km", base="", size=SIZES[1])
            spent[name] = time.process_time() - began
    dearest = max(spent, key=lambda name: spent[name])
    return Line("Pictures, 1920 × 1080, processor time", "dearest", spent[dearest], "s", None, dearest)
