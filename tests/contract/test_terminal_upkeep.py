"""`doctor`, `backup` and `restore`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.health import Finding
from bot.hold import held_since
from tests.contract.terminal import Terminal

FOUND = [
    Finding("ok", "settings: complete"),
    Finding("warn", "key ring: a backup takes it along", "name another place"),
]
BAD = Finding("bad", "overdue rounds: a@1", "see whether serve runs")


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "var")


def test_the_doctor_says_what_to_do_and_does_not_open_the_house(terminal: Terminal) -> None:
    terminal.found = FOUND
    told = terminal("doctor")
    assert told.exit_code == 0
    assert told.stdout.splitlines() == [
        "ok    settings: complete",
        "warn  key ring: a backup takes it along",
        "      → name another place",
    ]
    assert not terminal.folder.exists()


def test_the_doctor_ends_with_1_where_anything_is_bad(terminal: Terminal) -> None:
    terminal.found = [*FOUND, BAD]
    assert terminal("doctor").exit_code == 1
    told = terminal("doctor", "--format", "json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)[2] == {
        "verdict": "bad",
        "what": "overdue rounds: a@1",
        "todo": "see whether serve runs",
    }


def test_a_backup_is_asked_of_the_roof(terminal: Terminal) -> None:
    told = terminal("backup", "copy.backup")
    assert told.stdout.startswith("copy.backup is written.")
    assert terminal.calls == [("back_up", terminal.folder, Path("copy.backup"))]


def test_a_restore_says_what_is_to_be_seen_to(terminal: Terminal) -> None:
    file = terminal.file("copy.backup", "x")
    told = terminal("restore", file)
    assert told.exit_code == 0, told.stderr
    assert "Nothing is sent, opened or closed now." in told.stdout
    assert "asked to be forgotten" in told.stdout
    assert told.stdout.splitlines()[-1].endswith("itpulse restore --release")
    terminal("restore", file, "--replace")
    assert terminal.calls == [
        ("restore", terminal.folder, Path(file), False),
        ("restore", terminal.folder, Path(file), True),
    ]


def test_what_is_held_is_released_once(terminal: Terminal) -> None:
    assert terminal("restore", "--hold").exit_code == 0
    assert terminal.read(held_since)
    assert terminal("restore", "--release").stdout == "Everything goes on.\n"
    assert terminal.read(held_since) is None
    assert terminal.audit()[0].startswith("terminal: released after the restore of 2026-11-23")
    assert terminal("restore", "--release").stdout.startswith("Nothing was held")


@pytest.mark.parametrize("words", [[], ["--release", "--hold"], ["FILE", "--release"]])
def test_a_restore_asked_for_wrongly_does_nothing(terminal: Terminal, words: list[str]) -> None:
    file = terminal.file("copy.backup", "x")
    told = terminal("restore", *(file if word == "FILE" else word for word in words))
    assert told.exit_code == 2
    assert "one of them" in told.stderr
    assert terminal.calls == []


def test_a_backup_that_is_not_there_is_named(terminal: Terminal) -> None:
    told = terminal("restore", "nowhere.backup")
    assert told.exit_code == 2
    assert "nowhere.backup" in told.stderr
