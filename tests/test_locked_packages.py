"""Every package that is installed is pinned with its hashes; one command lists them all."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,_-]+\])?==(\S+)", re.MULTILINE)
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return {re.sub(r"[._]", "-", found[1]).lower(): found[2] for found in PIN.finditer(text)}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_its_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert len(entries) > 60
    bare = [
        line.split()[0] for line in entries if "--hash=sha256:" not in line or "==" not in line.split()[0]
    ]
    assert bare == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_pins_are_those_of_the_lists_that_people_edit(name: str) -> None:
    """Whoever changes a list runs `make lock`."""
    locked, wanted = pins(f"{name}.txt"), pins(f"{name}.in")
    assert wanted.items() <= locked.items()


def test_the_tests_run_with_what_readers_get() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_make_installs_nothing_without_its_hash() -> None:
    installs = [line for line in MAKEFILE.splitlines() if re.search(r"\$\(PIP\).* -r ", line)]
    assert len(installs) == 2
    assert all("--require-hashes" in line for line in installs)


def test_the_list_of_what_the_product_is_made_of(tmp_path: Path) -> None:
    """The command that `make sbom` runs."""
    (command,) = re.findall(r"\$\(BIN\)/(cyclonedx-py requirements (?:.|\\\n)*?)--output-file", MAKEFILE)
    words = command.replace("\\\n", " ").split()
    out = tmp_path / "sbom.json"
    tool = Path(sys.executable).with_name(words[0])
    subprocess.run([tool, *words[1:], "--output-file", str(out)], cwd=ROOT, check=True, capture_output=True)
    document = json.loads(out.read_text(encoding="utf-8"))
    assert document["bomFormat"] == "CycloneDX"
    found = {part["name"].lower().replace("_", "-").replace(".", "-") for part in document["components"]}
    assert found >= set(pins("requirements.txt"))
    assert document["metadata"]["component"]["name"] == "samaki"
