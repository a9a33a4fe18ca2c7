"""`pulse apply`, `pulse list` and `pulse export`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.files.pulse_text import write_pulse
from bot.domain.pulse import Question
from tests.contract.terminal import WEEKLY, Terminal

TOML = write_pulse(WEEKLY)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "var")


def test_a_pulse_is_new_once_and_unchanged_after_that(terminal: Terminal) -> None:
    terminal.hire(20)
    file = terminal.file("weekly.toml", TOML)
    told = terminal("pulse", "apply", file)
    assert (told.stdout, told.stderr) == ("it-weekly: new (version 1)\n", "")
    assert terminal("pulse", "apply", file).stdout == "it-weekly: unchanged (version 1)\n"
    assert terminal.audit()[0] == "terminal: pulse it-weekly, version 1: new, " + WEEKLY.title
    assert len(terminal.audit()) == 2


def test_a_change_is_shown_and_audited_by_field(terminal: Terminal) -> None:
    terminal("pulse", "apply", terminal.file("weekly.toml", TOML))
    told = terminal(
        "pulse", "apply", terminal.file("7.toml", TOML.replace("group = 5", "group = 7"))
    )
    assert told.stdout == "it-weekly: changed (version 2)\n  smallest_group: 5 → 7\n"
    assert terminal.audit()[0] == "terminal: pulse it-weekly, version 2: smallest_group: 5 → 7"


def test_a_dry_run_writes_nothing(terminal: Terminal) -> None:
    told = terminal("pulse", "apply", terminal.file("weekly.toml", TOML), "--dry-run")
    assert told.stdout == "it-weekly: would be new (nothing was written)\n"
    assert terminal.read(lambda tx: tx.pulses.all()) == []
    assert terminal.audit() == []


def test_what_is_exported_is_unchanged_when_applied(terminal: Terminal) -> None:
    terminal.ask()
    exported = terminal("pulse", "export").stdout
    assert exported == TOML
    told = terminal("pulse", "apply", terminal.file("again.toml", exported))
    assert told.stdout == "it-weekly: unchanged (version 1)\n"


def test_a_pulse_that_would_never_open_is_taken_with_a_note(terminal: Terminal) -> None:
    file = terminal.file("weekly.toml", TOML)
    assert "It invites nobody yet" in terminal("pulse", "apply", file).stderr
    terminal.hire(7)
    told = terminal("pulse", "apply", file)
    assert told.exit_code == 0
    assert "It invites 7 people, and a confidential round takes at least 20" in told.stderr


def test_faults_are_told_under_the_file_s_name(terminal: Terminal) -> None:
    told = terminal("pulse", "apply", terminal.file("weekly.toml", TOML.replace("= 5", "= 3")))
    assert told.exit_code == 2
    assert told.stderr.splitlines() == [
        "weekly.toml cannot be taken, and nothing was changed:",
        "  smallest_group: 3 is out of range; use a whole number from 5 to 1000",
    ]


def test_pulses_are_listed_with_their_state(terminal: Terminal) -> None:
    empty = terminal("pulse", "list")
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "There is no pulse yet" in empty.stderr
    terminal.ask()
    told = terminal("pulse", "list").stdout
    assert told.startswith("it-weekly  version 1  confidential  FREQ=WEEKLY;BYDAY=TU")
    assert "not open" in told


def test_an_export_asks_which_pulse_is_meant(terminal: Terminal) -> None:
    none = terminal("pulse", "export")
    assert (none.exit_code, none.stdout) == (2, "")
    terminal.ask()
    other = write_pulse(replace(WEEKLY, id="other"))
    terminal("pulse", "apply", terminal.file("other.toml", other))
    assert "name one of it-weekly, other" in terminal("pulse", "export").stderr
    assert terminal("pulse", "export", "other").stdout == other
    wrong = terminal("pulse", "export", "third")
    assert wrong.exit_code == 2
    assert "There is no pulse “third”; there are it-weekly, other." in wrong.stderr


def test_a_bank_is_listed_loaded_and_told_apart_like_the_rest(terminal: Terminal) -> None:
    terminal.hire(20)
    bank = tuple(Question(id, "agree", f"IT is {id}.") for id in ("kind", "quick", "near"))
    turns = replace(WEEKLY, questions=WEEKLY.questions[:1], bank=bank, rotate=2)
    file = terminal.file("turns.toml", write_pulse(turns))
    told = terminal("pulse", "load", file).stdout
    assert "all that takes turns within 2 rounds, by " in told
    # Three questions a week: its own and two of its bank.
    assert "these people are asked 3.0 questions a week" in told
    assert terminal("pulse", "apply", file).stderr == ""
    assert "  1 question and 2 of 3 in turns  " in terminal("pulse", "list").stdout
    fewer = replace(turns, bank=(*bank[1:], replace(bank[0], text="IT cares.")), rotate=1)
    changed = terminal("pulse", "apply", terminal.file("fewer.toml", write_pulse(fewer)))
    assert changed.stdout.splitlines() == [
        "it-weekly: changed (version 2)",
        "  rotate: 2 → 1",
        '  bank: ["kind", "quick", "near"] → ["quick", "near", "kind"]',
        '  bank.kind.text: "IT is kind." → "IT cares."',
    ]
    assert terminal("pulse", "export").stdout == write_pulse(fewer)
    more = terminal.file("more.toml", write_pulse(replace(turns, rotate=3)))
    assert "It asks 4 questions, more than the 3" in terminal("pulse", "apply", more).stderr
