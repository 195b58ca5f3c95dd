"""What the machine and a process on it are doing: load, speed, memory, processor time."""

from __future__ import annotations

import os
import time
from pathlib import Path


def calibration() -> float:
    """Return the milliseconds a fixed loop of plain Python takes now; the busier, the longer."""
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        total = 0
        for number in range(600_000):
            total += number * number % 7
        best = min(best, time.perf_counter() - began)
    return best * 1000


def load_average() -> float:
    """Return the mean number of runnable processes over the last minute."""
    return os.getloadavg()[0]


def resident(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def processor_seconds(pid: int) -> float:
    """Return the processor time a process has used, in seconds, to a hundredth."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
