"""The verbs that set how much and when people are asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.files.pulse_text import write_pulse
from bot.domain.pulse import Question
from tests.contract.terminal import HEADER, WEEKLY, Terminal

PEOPLE = "".join(f"p{n}@example.com,P {n},Finance,Business,Staff,HQ,\n" for n in range(25))
SMALL = "".join(f"s{n}@example.com,S {n},Legal,Business,Staff,HQ,\n" for n in range(3))
MORE = replace(WEEKLY, questions=(*WEEKLY.questions, Question("more", "agree", "IT listens.")))


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path / "var")
    terminal("people", "import", terminal.file("people.csv", HEADER + PEOPLE + SMALL))
    return terminal


def test_a_pulse_rests_and_goes_on(terminal: Terminal) -> None:
    terminal("pulse", "apply", terminal.file("weekly.toml", write_pulse(WEEKLY)))
    assert "paused" in terminal("pulse", "pause", "it-weekly").stdout
    assert "paused" in terminal("pulse", "list").stdout
    again = terminal("pulse", "pause", "it-weekly")
    assert (again.exit_code, again.stderr) == (1, "“it-weekly” is paused already.\n")
    assert terminal("pulse", "resume", "it-weekly").exit_code == 0
    assert terminal("pulse", "archive", "it-weekly").exit_code == 0
    assert terminal("pulse", "list").stdout == ""
    assert terminal("pulse", "pause", "nothing").exit_code == 2


def test_a_copy_is_paused(terminal: Terminal) -> None:
    terminal("pulse", "apply", terminal.file("weekly.toml", write_pulse(WEEKLY)))
    told = terminal("pulse", "duplicate", "it-weekly", "copy", "--title", "Again?")
    assert told.stdout.startswith("copy: a copy of it-weekly, paused")
    assert terminal("pulse", "duplicate", "it-weekly", "copy").exit_code == 2
    listed = terminal("pulse", "list").stdout.splitlines()
    assert ["paused" in line for line in listed] == [True, False]


def test_nothing_is_taken_back_where_nothing_is_open(terminal: Terminal) -> None:
    terminal("pulse", "apply", terminal.file("weekly.toml", write_pulse(WEEKLY)))
    told = terminal("pulse", "recall", "it-weekly")
    assert (told.exit_code, "nothing to take back" in told.stderr) == (1, True)


def test_whoever_applies_a_pulse_above_the_cap_says_yes_to_it(terminal: Terminal) -> None:
    told = terminal("pulse", "apply", terminal.file("more.toml", write_pulse(MORE)))
    assert told.exit_code == 0
    assert "sent no other pulse for 4 weeks" in told.stderr
    again = terminal("pulse", "apply", terminal.file("more.toml", write_pulse(MORE)))
    assert "unchanged" in again.stdout
    assert "above_cap = true" in terminal("pulse", "export").stdout


def test_the_load_is_told_without_anything_being_stored(terminal: Terminal) -> None:
    told = terminal("pulse", "load", terminal.file("weekly.toml", write_pulse(WEEKLY))).stdout
    assert "opens on 2026-11-24 and closes on 2026-11-27. It asks 28 of 28 people." in told
    assert "asked 3.0 questions a week over the next four weeks; without this one it is 0.0" in told
    assert "because too few are in them or beside them: Finance (25)" in told
    assert terminal("pulse", "list").stdout == ""


def test_house_rules_are_set_once_and_shown_as_they_were_set(terminal: Terminal) -> None:
    shown = terminal("rules", "show").stdout
    assert "questions_a_week = 3" in shown
    file = terminal.file("rules.toml", 'country = "DE"\nquestions_a_week = 4\n')
    told = terminal("rules", "apply", file).stdout
    assert told.startswith("house rules: changed\n  - questions_a_week = 3\n")
    assert terminal("rules", "apply", file).stdout == "house rules: unchanged\n"
    shown = terminal("rules", "show").stdout
    again = terminal.file("again.toml", shown)
    assert terminal("rules", "apply", again).stdout == "house rules: unchanged\n"
    assert "house rules: " in terminal("audit").stdout
    wrong = terminal("rules", "apply", terminal.file("rules.toml", "questions_a_week = 0\n"))
    assert (wrong.exit_code, "questions_a_week: 0 is out of range" in wrong.stderr) == (2, True)
    assert terminal("rules", "show").stdout == shown
