"""The evening before anything was published: every address says so, and none breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evening.hall import hall
from tests.server.conftest import ask


@pytest.mark.slow
def test_a_wall_without_a_release_says_so(tmp_path: Path) -> None:
    with hall(tmp_path / "nothing", f"sqlite:///{tmp_path / 'ledger.sqlite'}") as server:
        for path in ("/wall?lang=fr", "/wall/state?lang=fr"):
            answer = ask(server, path)
            assert (answer.status, "une minute" in answer.body.decode()) == (503, True), path
        assert ask(server, "/wall/scene/sentence?lang=fr").status == 503
