"""A language that the product does not have is added to a copy of the tree as docs/extending.md says."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from tests.publishing import publish
from tests.words import Word
from utils.product.sitemap import PATHS

ROOT = Path(__file__).parents[3]
LANG = "eo"
MARK = "ĉ"
"""What each made-up translation begins with."""
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__")
NOT_OF_THE_DATA = shutil.ignore_patterns("restricted", "releases", "changes", "hidden", "CURRENT", ".*")


def run(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the copied tree."""
    env = {**os.environ, "SAMAKI_DATA": str(tree / "data"), "SAMAKI_TODAY": "2026-11-24", "TIER": "public"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=tree, env=env, capture_output=True, encoding="utf-8", check=False)


def steps() -> tuple[str, list[str]]:
    """Return the entry and the command of the section on languages."""
    section = (ROOT / "docs/extending.md").read_text("utf-8").split("\n## A language\n")[1]
    entry = re.search(r"```text\n\s*(.*)\n\s*```", section)
    command = re.search(r"```sh\n\s*python (.*)\n\s*```", section)
    assert entry is not None
    assert command is not None
    return entry[1], command[1].split()


def translate(path: Path) -> None:
    """Give every text of a catalogue a made-up translation."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=LANG)
    for message in catalogue:
        if message.id:
            forms = [message.id] if isinstance(message.id, str) else list(message.id)
            made = [MARK + form for form in forms]
            message.string = made[0] if isinstance(message.id, str) else made
    with path.open("wb") as file:
        write_po(file, catalogue)


def extend_glossary(path: Path) -> None:
    """Add the language to the glossary: made-up translations hold the English terms."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    extended = [row | {LANG: row["forms"].replace("=", ""), f"reader_{LANG}": "none"} for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(extended[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(extended)


def add_names(data: Path, table: str, column: str, names: dict[str, str]) -> None:
    """Add the column of names in the language to a table and to the contract."""
    path = data / "curated" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row | {f"name_{LANG}": names.get(row[column], "")} for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    schema = data / "schema" / f"{table}.yaml"
    text = schema.read_text(encoding="utf-8")
    column = f"  - name_{LANG}: {{title: Name, title_fr: Nom, title_km: ឈ្មោះ}}"
    schema.write_text(re.sub(r"(?m)^(  - name_km.*)$", rf"\1\n{column}", text), encoding="utf-8")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree, without the restricted tables, in which the steps were followed."""
    tree = tmp_path_factory.mktemp("language") / "tree"
    shutil.copytree(ROOT / "data", tree / "data", ignore=NOT_OF_THE_DATA)
    for name in ("docs", "pages", "static", "tests", "utils"):
        shutil.copytree(ROOT / name, tree / name, ignore=NOT_COPIED)
    closed = ROOT / "data/schema/restricted"
    if closed.is_dir():
        shutil.copytree(closed, tree / "data/schema/restricted")
    shutil.copytree(ROOT / ".streamlit", tree / ".streamlit")
    for name in ("dashboard.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tree / name)
    entry, command = steps()
    languages = tree / "utils/text/locale/languages.py"
    source = languages.read_text(encoding="utf-8")
    assert source.count("\n)\n\nLANGUAGES: ") == 1
    languages.write_text(source.replace("\n)\n\nLANGUAGES: ", f"\n    {entry}\n)\n\nLANGUAGES: "), "utf-8")
    updated = run(tree, *command)
    assert updated.returncode == 0, updated.stderr
    assert run(tree, "-m", "utils.text.locale", "check").returncode == 1
    translate(tree / f"utils/text/locale/catalogues/{LANG}.po")
    extend_glossary(tree / "utils/text/locale/glossary.csv")
    add_names(tree / "data", "cities", "city_id", {"paris": "Parizo"})
    compiled = run(tree, "-m", "utils.curation", "schema", "--data", "data")
    assert compiled.returncode == 0, compiled.stdout + compiled.stderr
    publish(tree / "data")
    return tree


def test_nothing_is_missing(tree: Path) -> None:
    checked = run(tree, "-m", "utils.text.locale", "check")
    assert (checked.returncode, checked.stdout) == (0, "")
    tests = [f"tests/text/locale/test_{name}.py" for name in ("catalogues", "glossary", "formats")]
    tested = run(tree, "-m", "pytest", "-n", "0", "-q", *tests)
    assert tested.returncode == 0, tested.stdout


def test_every_page_opens_in_it(tree: Path) -> None:
    opened = run(tree, "-m", "tests.words", LANG)
    assert opened.returncode == 0, opened.stderr
    words = [Word(**row) for row in json.loads(opened.stdout)]
    assert {word.page for word in words} == set(PATHS)
    texts = {word.text for word in words}
    assert {"Esperanto", f"{MARK}Displacement", "Parizo"} <= texts
    assert not [text for text in texts if "could not be drawn" in text or "Not available" in text]
    assert not {"Displacement", "Language", "Sources"} & texts


def test_the_page_tells_its_script_and_readers_without_script(tree: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from utils.server.link_preview import Preview, add_preview\n"
        "from utils.server.streamlit_internals import front_page\n"
        f"print(add_preview(front_page(Path('.')), Preview('{LANG}', 'a', 'b', '', '', '')))"
    )
    page = run(tree, "-c", code).stdout
    assert f'data-languages="en fr km {LANG}"' in page
    assert f'<p lang="{LANG}">{MARK}This page needs JavaScript.</p>' in page
    assert f'content="{LANG}_001"' in page
