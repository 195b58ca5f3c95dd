"""The child process that reads what people wrote: under limits, so that no file can exhaust the machine.

``python -m utils.curation.worker`` takes its orders as one JSON line and answers in JSON lines: steps
as they begin, then one outcome. Only the parent moves files into place.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

_MEGABYTE: Final = 1024 * 1024
Tell = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: address space, seconds of CPU, seconds on the clock, bytes of one file."""

    memory_mb: int = 4096
    cpu_seconds: int = 900
    wall_seconds: int = 1800
    file_mb: int = 4096

    def apply(self) -> None:
        """Bind this process to the limits, for good."""
        for what, most in (
            (resource.RLIMIT_AS, self.memory_mb * _MEGABYTE),
            (resource.RLIMIT_CPU, self.cpu_seconds),
            (resource.RLIMIT_FSIZE, self.file_mb * _MEGABYTE),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))


def build(data: Path, work: Path | None, digest: str, tell: Tell) -> dict[str, Any]:
    """Check the record and write its release into ``work``, unless that is ``None``; return the outcome.

    The outcome holds the ``problems`` that stop a release (nothing was written when there are any), the
    ``warnings`` and the ``accepted`` doubts.
    """
    from utils.curation.build import ngo_tables, write_tier
    from utils.curation.check import examine
    from utils.curation.curated_tables import read_record
    from utils.curation.disclosure.disclosed_cells import (
        find_disclosed_small,
        find_shown_again,
        read_kept_rows,
    )
    from utils.curation.disclosure.leak_scan import leaks_in_files
    from utils.curation.disclosure.protected_values import secret_of, to_plain
    from utils.curation.disclosure.redaction import allowed_displacement, leaks, public_tables
    from utils.curation.disclosure.suppression_history import find_shown_again_in_large
    from utils.curation.large_tables.tables import (
        find_disclosed_small_in_large,
        make_tiers,
        open_large_tables,
    )

    record = read_record(data, on_table=lambda name: tell("read", name))
    tell("check", "")
    examined = examine(record)
    told = {
        "warnings": [asdict(problem) for problem in examined.warnings],
        "accepted": [asdict(problem) for problem in examined.accepted],
    }
    with open_large_tables(record, work, tell) as large:
        told["warnings"] += [asdict(problem) for one in large for problem in one.warnings]
        blocking = [*examined.blocking, *(problem for one in large for problem in one.blocking)]
        if blocking or work is None:
            return told | {"problems": [asdict(problem) for problem in blocking]}
        tell("redact", "")
        public = public_tables(record)
        kept = tuple(read_kept_rows(data))
        refused = [
            *leaks(record, public),
            *find_shown_again(data, public, kept),
            *find_disclosed_small(record, allowed_displacement(record), kept),
            *find_disclosed_small_in_large(record, large),
        ]
        if refused:
            return told | {"problems": [asdict(problem) for problem in refused]}
        tiers = {"public": public} | ({"ngo": ngo_tables(record)} if record.has_restricted else {})
        streamed = make_tiers(record, large)
        for tier, tables in tiers.items():
            tell("write", tier)
            write_tier(record, work / tier, digest, tables, tuple(tiers), streamed[tier])
    tell("leak gate", "")
    secret = secret_of(record)
    leaked = [*leaks_in_files(secret, work / "public"), *find_shown_again_in_large(data, work / "public")]
    return told | {
        "problems": [asdict(problem) for problem in leaked],
        "secret": to_plain(secret),
    }


def hidden(data: Path) -> dict[str, Any]:
    """Return what the record hides, as an outcome; it is not checked."""
    from utils.curation.curated_tables import read_record
    from utils.curation.disclosure.protected_values import secret_of, to_plain

    return {"problems": [], "secret": to_plain(secret_of(read_record(data)))}


def main() -> int:
    """Carry out one order. Exit code 0: an outcome was told, good or bad."""
    order: Mapping[str, Any] = json.loads(sys.stdin.readline())
    Limits(**order["limits"]).apply()

    def say(line: Mapping[str, Any]) -> None:
        print(json.dumps(line, ensure_ascii=False), flush=True)

    from utils.curation.contract import ContractError

    try:
        if "work" in order:
            outcome = build(
                Path(order["data"]),
                Path(order["work"]) if order["work"] else None,
                order["digest"],
                lambda step, detail: say({"step": step, "detail": detail}),
            )
        else:
            outcome = hidden(Path(order["data"]))
    except ContractError as error:
        outcome = {"contract": error.reason}
    except MemoryError:
        outcome = {"limit": "memory"}
    except OSError as error:
        outcome = {"system": error.strerror or str(error), "errno": error.errno or 0}
    say({"outcome": outcome})
    return 0


if __name__ == "__main__":
    sys.exit(main())
