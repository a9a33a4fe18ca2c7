"""`pulse close` and `audit`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.files.pulse_text import write_pulse
from tests.contract.terminal import WEEKLY, Terminal

ROUND = "it-weekly@2026-11-24"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "var")


def until(terminal: Terminal, iso: str) -> None:
    told = terminal("replay", terminal.file("nothing.jsonl", ""), "--until", iso)
    assert told.exit_code == 0, told.stderr


def state(terminal: Terminal) -> str:
    found = terminal.read(lambda tx: tx.rounds.get(ROUND))
    assert found
    return found.state


def test_a_round_closes_early_when_asked_and_the_audit_says_who_asked(terminal: Terminal) -> None:
    terminal.hire(20)
    terminal.ask()
    until(terminal, "2026-11-24T12:00")
    told = terminal("pulse", "close", "it-weekly")
    assert told.exit_code == 0, told.stderr
    assert told.stdout.startswith(f"Round {ROUND} closes with the next beat of the clock. It is ")
    assert "only if half of its time has passed and at least 20 people" in told.stdout
    assert terminal.audit()[0] == f"terminal: round {ROUND}: asked to close early"
    again = terminal("pulse", "close", "it-weekly")
    assert (again.exit_code, again.stdout) == (1, "")
    assert "Somebody has asked for that already" in again.stderr
    assert state(terminal) == "open"
    until(terminal, "2026-11-24T12:01")
    assert state(terminal) == "discarded"


def test_what_has_names_on_it_is_kept_when_it_closes_early(terminal: Terminal) -> None:
    terminal.hire(3)
    named = write_pulse(replace(WEEKLY, manner="named"))
    terminal("pulse", "apply", terminal.file("weekly.toml", named))
    until(terminal, "2026-11-24T12:00")
    told = terminal("pulse", "close", "it-weekly", "--yes")
    assert "kept with the names" in told.stdout
    until(terminal, "2026-11-24T12:01")
    assert state(terminal) == "released"


@pytest.mark.parametrize(
    ("pulse", "code", "sentence"),
    [
        ("nothing", 2, "There is no pulse “nothing”."),
        ("it-weekly", 1, "No round of “it-weekly” is open"),
        ("grumbles", 1, "The box for grumbles is opened by itself"),
    ],
)
def test_what_cannot_be_closed_is_said(
    terminal: Terminal, pulse: str, code: int, sentence: str
) -> None:
    terminal.ask()
    before = terminal.audit()
    told = terminal("pulse", "close", pulse)
    assert (told.exit_code, told.stdout) == (code, "")
    assert sentence in told.stderr
    assert terminal.audit() == before


def test_the_audit_is_read_newest_first(terminal: Terminal) -> None:
    empty = terminal("audit")
    assert (empty.exit_code, empty.stdout, empty.stderr) == (0, "", "Nothing has been done yet.\n")
    terminal.hire(2)
    terminal("roles", "grant", "finance1@example.com", "admin")
    assert terminal("audit").stdout.splitlines() == [
        "2026-11-23 08:00 UTC  terminal: role admin given to finance1@example.com",
        "2026-11-23 08:00 UTC  terminal: people import: 2 added, 0 changed",
    ]
    assert terminal("audit", "--limit", "1").stdout.count("\n") == 1
    assert terminal("audit", "--limit", "0").exit_code == 2
    wire = json.loads(terminal("audit", "--format", "json").stdout)
    assert wire[0] == {
        "at": "2026-11-23T08:00:00+00:00",
        "who": "terminal",
        "what": "role admin given to finance1@example.com",
    }
