"""The command line as a whole: its words, its help and the door that errors leave by."""

from __future__ import annotations

import errno
import logging
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from adapters.terminal.door import Door
from adapters.terminal.tables import NoSpreadsheets
from bot.errors import Fault, UnknownPulse
from tests.contract.terminal import Terminal

WORDS = (
    ["demo"],
    ["serve"],
    ["migrate"],
    ["people", "import"],
    ["people", "show"],
    ["people", "unreached"],
    ["pulse", "apply"],
    ["pulse", "list"],
    ["pulse", "export"],
    ["replay"],
    ["summary"],
    ["analyze"],
    ["export", "cells"],
    ["export", "texts"],
    ["export", "named"],
    ["roles", "grant"],
    ["pulse", "close"],
    ["pulse", "pause"],
    ["pulse", "resume"],
    ["pulse", "archive"],
    ["pulse", "duplicate"],
    ["pulse", "recall"],
    ["pulse", "load"],
    ["rules", "show"],
    ["rules", "apply"],
    ["audit"],
    ["doctor"],
    ["backup"],
    ["restore"],
    ["keyring", "adopt"],
    ["slack", "manifest"],
    ["teams", "package"],
)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "var")


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_every_word_explains_itself_and_takes_a_directory(
    terminal: Terminal, words: list[str]
) -> None:
    told = terminal.bare(*words, "--help")
    assert told.exit_code == 0
    assert "--data DIR" in told.stdout
    assert not terminal.folder.exists()


def test_help_lists_every_first_word_without_cutting_its_sentence(terminal: Terminal) -> None:
    told = terminal.bare("--help").stdout
    for first, *_ in WORDS:
        assert f"  {first} " in told
    assert "..." not in told.partition("Commands:")[2]


def test_help_is_quick_because_nothing_heavy_is_loaded() -> None:
    code = (
        "import sys\n"
        "from adapters.terminal import main\n"
        "sys.argv = ['itpulse', '--help']\n"
        "try: main(None)\n"
        "except SystemExit: pass\n"
        "heavy = {'rich', 'sqlalchemy', 'aiohttp', 'textblob', 'cryptography', 'pydantic',\n"
        "         'dateutil', 'xlsxwriter', 'asyncio'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stderr.strip() == "[]"
    assert "Usage: itpulse" in told.stdout


@pytest.mark.parametrize(
    "words",
    [[], ["dance"], ["people"], ["people", "import"], ["summary", "--format", "pdf"], ["--colour"]],
    ids=" ".join,
)
def test_a_word_used_wrongly_is_told_how_it_is_used(terminal: Terminal, words: list[str]) -> None:
    told = terminal.bare(*words)
    assert told.exit_code == 2
    assert "Usage: itpulse" in told.stdout + told.stderr
    assert "Traceback" not in told.stderr


def test_the_directory_may_stand_before_within_or_after_the_word(terminal: Terminal) -> None:
    here = str(terminal.folder)
    terminal.hire(1)
    file = terminal.file("again.csv", "email,name\nfinance1@example.com,Finance 1\n")
    for words in (
        ["--data", here, "people", "import", file],
        ["people", "--data", here, "import", file],
        ["people", "import", file, "--data", here],
        ["--data", "elsewhere", "people", "import", file, "--data", here],
    ):
        told = terminal.bare(*words)
        assert told.stdout == "again.csv: 0 added, 0 changed, 1 unchanged\n", told.stderr
    assert not Path("elsewhere").exists()


def test_a_file_is_no_directory(terminal: Terminal) -> None:
    told = terminal.bare("migrate", "--data", terminal.file("var.txt", "x"))
    assert told.exit_code == 2
    assert "is a file" in told.stderr


def test_migrate_says_what_it_did(terminal: Terminal) -> None:
    assert terminal("migrate").stdout == "The tables are up to date now.\n"
    assert terminal.calls == [("migrate", terminal.folder)]


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (Fault(["line 1: bad", "line 2: worse"]), 2, "line 1: bad\nline 2: worse\n"),
        (UnknownPulse("There is no pulse “x”."), 2, "There is no pulse “x”.\n"),
        (NoSpreadsheets(), 1, "xlsx needs the library xlsxwriter; install it"),
        (FileNotFoundError(errno.ENOENT, "No such file", "a.csv"), 1, "a.csv: No such file. Check"),
        (OSError(errno.EADDRINUSE, "address in use"), 1, "address in use. Check the disk, the"),
        (ValueError("somebody's answer"), 1, "Something went wrong on our side (number "),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_leaves_as_a_sentence_and_a_number(
    error: Exception, code: int, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = typer.Typer(cls=Door)

    @app.callback()
    def before() -> None:
        pass

    @app.command()
    def fail() -> None:
        raise error

    with caplog.at_level(logging.ERROR):
        told = CliRunner().invoke(app, ["fail"])
    assert told.exit_code == code
    assert told.stderr.startswith(sentence)
    assert told.stdout == ""
    assert "Traceback" not in told.stderr
    assert "somebody's answer" not in told.stderr + caplog.text
