"""The console command: its words, its help, and that each chore is handed to the module that does it."""

import json
import subprocess
import sys
import tomllib
from importlib import import_module

import pytest

from tests.running import ROOT
from tests.shelves import Shelf
from utils.cli import COMMANDS, UNKNOWN, main
from utils.curation import __main__ as curation
from utils.text.locale import __main__ as messages

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_command_named_in_the_project_is_this_one_and_is_never_published() -> None:
    module, _, function = PROJECT["project"]["scripts"]["samaki"].partition(":")
    assert getattr(import_module(module), function) is main
    assert "Private :: Do Not Upload" in PROJECT["project"]["classifiers"]
    assert PROJECT["tool"]["setuptools"]["packages"]["find"]["include"] == ["utils*", "pages*"]


@pytest.mark.parametrize("words", [[], ["help"], ["--help"], ["-h"]])
def test_without_words_it_prints_every_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == list(COMMANDS)


def test_the_module_answers_as_the_command_does() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "utils.cli"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("usage: samaki COMMAND")


@pytest.mark.parametrize(
    ("word", "hint"), [("chek", "Did you mean 'check'?"), ("xyz", "samaki --help lists the commands.")]
)
def test_an_unknown_command_is_refused_with_the_nearest(
    word: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word]) == UNKNOWN
    assert capsys.readouterr().err == f"samaki: '{word}' is not a command. {hint}\n"


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "geo"])
def test_every_command_has_a_help_of_its_own(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: ")


def test_every_chore_of_the_curator_is_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        curation.main(["--help"])
    usage = capsys.readouterr().out
    chores = usage[usage.index("{") + 1 : usage.index("}")].split(",")
    assert set(chores) <= set(COMMANDS)


def test_a_chore_answers_as_its_module_does(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["list", "--json", "--data", str(shelf.data)]
    assert main(words) == 0
    answer = capsys.readouterr().out
    assert curation.main(words) == 0
    assert capsys.readouterr().out == answer
    assert shelf.newer in json.dumps(json.loads(answer))


def test_the_catalogues_are_checked_by_the_same_words(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["messages", "check"])
    answer = capsys.readouterr().out
    assert (messages.main(["check"]), capsys.readouterr().out) == (code, answer)
