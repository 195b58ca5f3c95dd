"""Processor time of every file and picture that can be taken away, each made for the first time."""

from __future__ import annotations

import os
import time

from tests.benchmarks.report import Line
from tests.taking import dataset, download, image
from utils.exports import formats
from utils.exports.image.poster import SIZES
from utils.releases import Release, current
from utils.views.catalogue import VIEWS
from utils.views.sources import tables_to_take

MOST_SECONDS = 1.0
"""Of processor time, for any download of the current tables."""


def taking(views: int = 1000) -> list[Line]:
    """Return the dearest download of each form, and the dearest picture, of the first ``views``."""
    release = current("public")
    part = "Files to take away, processor time of the dearest"
    dearest: dict[str, tuple[float, str]] = {}
    asked: list[tuple[str, dict[str, str]]] = [
        (name, {}) for name, one in VIEWS.items() if name != "table" and one.is_in(release)
    ]
    asked += [("table", {"table": table}) for table in tables_to_take(release)]
    del asked[views:]
    for name, parameters in asked:
        for form in formats.available(dataset(release, name, **parameters)):
            began = time.process_time()
            made = download(release, name, form, parameters, lang="km", base="")
            spent = time.process_time() - began
            dearest[form] = max(dearest.get(form, (0.0, "")), (spent, made.name))
    lines = [
        Line(part, form, spent, "s", MOST_SECONDS, name) for form, (spent, name) in sorted(dearest.items())
    ]
    return [*lines, _pictures(release, views)]


def _pictures(release: Release, views: int) -> Line:
    spent: dict[str, float] = {}
    drawn = [name for name, one in VIEWS.items() if one.is_picture and one.is_in(release)]
    for name in drawn[:views]:
        began = _with_painter()
        image(release, name, "png", {}, lang="km", base="", size=SIZES[1])
        spent[name] = _with_painter() - began
    dearest = max(spent, key=lambda name: spent[name])
    return Line("Pictures, 1920 × 1080, processor time", "dearest", spent[dearest], "s", None, dearest)


def _with_painter() -> float:
    """Return the processor time spent so far, that of the painter's process too."""
    used = os.times()
    return time.process_time() + used.children_user + used.children_system
