"""A table of ten million rows: checked and published by the limited process, beside plain pandas.

``python -m tests.benchmarks.bulk`` runs this part alone; ``--rows`` makes it shorter.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.field_rows import write_csv, write_parquet
from tests.benchmarks.machine import load_average, processor_seconds
from tests.benchmarks.report import Line, table
from tests.benchmarks.visitor import Visitor
from tests.running import ROOT, running
from utils.curation.publish.commands import publish
from utils.curation.publish.record_tasks import build_in_sandbox, check_in_sandbox
from utils.curation.publish.sandbox import Limits
from utils.release_inspection import inspect_release

ROWS: Final = 10_000_000
MOST_MEMORY: Final = 1536.0
_RUNS: Final = 20
_LIMITS: Final = Limits(wall_seconds=7200)
FORMS: Final = ("csv", "parquet")


def bulk(rows: int = ROWS, *, whole: bool = True) -> list[Line]:
    """(e) A large table, as CSV and as Parquet, beside pandas; and the page that shows it.

    Not ``whole``: the CSV file is checked, and no more.
    """
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="samaki-bulk-") as name:
        for form in FORMS if whole else FORMS[:1]:
            data = Path(name) / form / "data"
            left_out = shutil.ignore_patterns("releases", "CURRENT", ".current-*", "changes", "hidden")
            shutil.copytree(ROOT / "data", data, ignore=left_out)
            _write(data, form, rows)
            kind = "one CSV file" if form == "csv" else "Parquet parts"
            part = f"{rows:,} rows of field observations as {kind}"
            for step, words in (
                ("check", ["tests.benchmarks.bulk", "--step", "check", str(data)]),
                ("check and write both tiers", ["tests.benchmarks.bulk", "--step", "build", str(data)]),
                ("the same with plain pandas", ["tests.benchmarks.bulk_pandas", str(data), name]),
            )[: None if whole else 1]:
                print(f"{part}: {step} …", file=sys.stderr, flush=True)
                lines += _lines(part, step, rows, _apart(words), ours=not step.endswith("pandas"))
        if whole:
            lines += _page(Path(name) / "parquet" / "data")
    return lines


def _write(data: Path, form: str, rows: int) -> None:
    if form == "csv":
        write_csv(data, data / "curated" / "field_observations.csv", rows)
    else:
        write_parquet(data, data / "curated" / "field_observations", rows)


def _apart(words: Sequence[str]) -> dict[str, Any]:
    """Run a module in a process of its own; return what it printed last."""
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return {"wall": 0.0, "cpu": 0.0, "peak": 0.0, "failed": f"ended with {done.returncode}"}
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _lines(part: str, step: str, rows: int, told: dict[str, Any], *, ours: bool) -> list[Line]:
    if "failed" in told:
        return [Line(part, f"{step}: {told['failed']}", 0.0, "")]
    note = f"{told['wall']:.0f} s on the clock, load average {load_average():.1f}"
    return [
        Line(part, f"{step}: rows a second of processor time", rows / told["cpu"], "rows/s", None, note),
        Line(part, f"{step}: processor time", told["cpu"], "s"),
        Line(part, f"{step}: peak memory", told["peak"], "MB", MOST_MEMORY if ours else None),
    ]


def _step(step: str, data: Path) -> None:
    """Do one step in the limited child and print what it took."""
    began = time.perf_counter()
    said: list[str] = []

    def tell(step: str, detail: str) -> None:
        said.append(f"{time.perf_counter() - began:.1f} {step} {detail}")

    if step == "check":
        problems = check_in_sandbox(data, limits=_LIMITS, report=tell).problems
        assert not problems, problems[:3]
    else:
        with tempfile.TemporaryDirectory(dir=data.parent) as work:
            build_in_sandbox(data, Path(work), "0" * 64, limits=_LIMITS, report=tell)
    wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024, "steps": said}
    print(json.dumps(told))


def _page(data: Path) -> list[Line]:
    """Processor time of the page of displacement with and without the large table."""
    part = f"Displacement page, server processor time, warm (mean of {_RUNS} runs)"
    without = data.parent / "without"
    shutil.copytree(data, without, ignore=shutil.ignore_patterns("field_observations"))
    lines = []
    for what, folder in (("without the table", without), ("with the table", data)):
        publish(folder, inspection=inspect_release, limits=_LIMITS)
        with running(data=folder, rehearsed=True) as app:
            lines += asyncio.run(_costs(app.port, app.pid, part, what))
    return lines


async def _costs(port: int, pid: int, part: str, what: str) -> list[Line]:
    visitor = await Visitor.enter(port, "displacement")
    await visitor.open()
    await visitor.rerun()
    before = processor_seconds(pid)
    for _ in range(_RUNS):
        await visitor.rerun()
    lines = [Line(part, f"{what}: full run", (processor_seconds(pid) - before) * 1000 / _RUNS, "ms", 60)]
    for chosen in [one for one in visitor.filters.values() if "-field" in one.widget_id]:
        await visitor.change(chosen)
        before = processor_seconds(pid)
        for _ in range(_RUNS):
            await visitor.change(chosen)
        label = chosen.widget_id.split("-filter-")[-1]
        cost = (processor_seconds(pid) - before) * 1000 / _RUNS
        lines.append(Line(part, f"{what}: filter {label}, each choice new", cost, "ms"))
    await visitor.leave()
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; with ``--step`` do one step and print what it took."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bulk", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--step", choices=("check", "build"))
    parser.add_argument("data", type=Path, nargs="?")
    chosen = parser.parse_args(arguments)
    if chosen.step:
        _step(chosen.step, chosen.data)
    else:
        print(table(bulk(chosen.rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
