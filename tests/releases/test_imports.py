"""Who reads releases imports little, and nothing of who writes them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def modules_after(statement: str) -> set[str]:
    """Return the modules of the product that a fresh process holds after a statement."""
    script = (
        f"import sys; {statement}; print(*(name for name in sys.modules if name.split('.')[0] == 'utils'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_reader_loads_fewer_than_twenty_modules_and_no_writer() -> None:
    loaded = modules_after("import utils.releases")
    assert "utils.releases.cache" in loaded
    assert len(loaded) < 20
    assert not [name for name in loaded if name.startswith("utils.curation")]
