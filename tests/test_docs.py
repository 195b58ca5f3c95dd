"""What the documents promise is true: codes of checks, commands, files, settings."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from tests.publishing import main
from utils.curation.contract import load
from utils.curation.problems import DOUBTS, WARNINGS, Code
from utils.evening.__main__ import main as committee

ROOT = Path(__file__).parents[1]
DOCUMENTS = (
    "architecture",
    "checks",
    "curation",
    "deployment",
    "disclosure-policy",
    "evening",
    "extending",
    "glossary",
)
PAGES = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    *(f"docs/{name}.md" for name in DOCUMENTS),
]


def test_every_code_of_a_check_is_explained_under_its_kind() -> None:
    page = (ROOT / "docs/checks.md").read_text("utf-8")
    sections = {part.split("\n", 1)[0]: part for part in page.split("\n## ")}
    codes = set(get_args(Code))
    assert codes >= DOUBTS | WARNINGS
    for section, expected in (
        ("Errors", codes - DOUBTS - WARNINGS),
        ("Doubts", DOUBTS),
        ("Warnings", WARNINGS),
    ):
        explained = re.findall(r"^\| `([a-z-]+)` \|", sections[section], re.M)
        assert sorted(explained) == sorted(expected), section


def test_the_columns_of_an_acceptance_are_explained() -> None:
    page = (ROOT / "docs/checks.md").read_text("utf-8")
    for column in load(ROOT / "data").tables["accepted_warnings"].columns:
        assert f"`{column}`" in page


def test_every_chore_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    chores = re.search(r"\{([a-z,-]+)\}", capsys.readouterr().out)
    assert chores is not None
    explained = re.findall(r"^\| `([a-z-]+)`", (ROOT / "docs/curation.md").read_text("utf-8"), re.M)
    assert sorted(explained) == sorted(chores[1].split(","))


def test_every_chore_of_the_evening_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        committee(["--help"])
    chores = re.search(r"\{([a-z,-]+)\}", capsys.readouterr().out)
    assert chores is not None
    text = (ROOT / "docs/evening.md").read_text("utf-8")
    assert [
        name for name in chores[1].split(",") if not re.search(rf"evening {name}\b|`{name}\b", text)
    ] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_and_pictures_of_the_documents_are_there(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_commands_of_the_readme_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for page in ROOT.glob("docs/*.md"):
        if page.name == "design.md":
            continue
        for name in re.findall(r"`make ([a-z-]+)", page.read_text("utf-8")):
            assert re.search(rf"^{name}:", makefile, re.M), (page.name, name)
    for name in re.findall(r"make ([a-z-]+)", (ROOT / "README.md").read_text("utf-8")):
        assert re.search(rf"^{name}:", makefile, re.M), name


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"version: {project['version']}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert newest is not None
    assert newest[1] == project["version"]


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_files_that_the_documents_name_are_there(page: str) -> None:
    named = re.findall(
        r"`((?:utils|tests|data|pages|static)/[\w/.-]+\.\w+)`", (ROOT / "docs" / page).read_text("utf-8")
    )
    made_up = {"x.py", "ferries.csv", "ferries.yaml", "eo.po"}
    missing = [name for name in named if Path(name).name not in made_up and not (ROOT / name).exists()]
    assert missing == []
