"""`export named`, and `summary` of a named pulse."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.files.pulse_text import write_pulse
from tests.contract.terminal import WEEKLY, Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "var")


@pytest.fixture
def closed(terminal: Terminal) -> Terminal:
    """One named round has closed; one of three people has answered it."""
    terminal.hire(3)
    named = write_pulse(replace(WEEKLY, manner="named"))
    terminal("pulse", "apply", terminal.file("weekly.toml", named))
    line = {
        "at": "2026-11-24T12:00:00Z",
        "person": "finance2@example.com",
        "pulse": "it-weekly",
        "answers": {"overall": 2, "why": ["speed", "other"], "recommend": None, "words": "=1+1"},
    }
    file = terminal.file("answers.jsonl", json.dumps(line))
    told = terminal("replay", file, "--until", "2026-11-28T00:00Z")
    assert json.loads(told.stdout)["accepted"] == 1
    return terminal


def test_named_answers_are_exported_as_json_and_csv(closed: Terminal) -> None:
    rows = json.loads(closed("export", "named").stdout)
    assert rows[0] == {
        "round": "it-weekly@2026-11-24",
        "pulse": "it-weekly",
        "person": "finance2@example.com",
        "question": "overall",
        "value": 2,
    }
    told = closed("export", "named", "--pulse", "it-weekly", "--format", "csv")
    head = "it-weekly@2026-11-24,it-weekly,finance2@example.com"
    assert told.stdout.splitlines() == [
        "round,pulse,person,question,value",
        f"{head},overall,2",
        f'{head},why,"[""speed"", ""other""]"',
        f"{head},recommend,",
        f"{head},words,'=1+1",
    ]


def test_the_summary_of_a_named_pulse_has_names_and_no_figures(closed: Terminal) -> None:
    wire = json.loads(closed("summary", "--pulse", "it-weekly", "--format", "json").stdout)
    assert wire["questions"] == []
    assert wire["shown_only_as"] is None
    assert (wire["answered"], wire["invited"], wire["response_rate"]) == (1, 3, 0.3333)
    [given] = wire["named"]
    assert given["person"] == "finance2@example.com"
    assert given["answers"]["why"] == ["speed", "other"]
    assert closed("summary", "--pulse", "it-weekly").stdout.splitlines() == [
        "it-weekly: 2026-11-24 to 2026-11-27, answers with names",
        "1 of 3 answered",
        "",
        "finance2@example.com",
        "  overall: 2",
        "  why: speed, other",
        "  recommend: –",
        "  words: =1+1",
    ]
    sheet = closed("summary", "--pulse", "it-weekly", "--format", "csv").stdout.splitlines()
    assert sheet[:2] == [
        "pulse,round,person,question,value",
        "it-weekly,it-weekly@2026-11-24,finance2@example.com,overall,2",
    ]


def test_a_named_pulse_is_never_what_the_summary_means_by_itself(closed: Terminal) -> None:
    told = closed("summary")
    assert told.exit_code == 1
    assert "There is nothing to show yet" in told.stderr


def test_a_named_round_is_shown_whole(closed: Terminal) -> None:
    for more in (["--unit", "Finance"], ["--rounds", "2"]):
        told = closed("summary", "--pulse", "it-weekly", *more)
        assert (told.exit_code, told.stdout) == (2, "")
        assert "leave unit and rounds out" in told.stderr


@pytest.mark.parametrize(
    ("pulse", "code", "sentence"),
    [("nothing", 2, "There is no pulse “nothing”."), ("it-weekly", 1, "nobody's answers are kept")],
)
def test_answers_that_have_no_names_are_not_exported(
    terminal: Terminal, pulse: str, code: int, sentence: str
) -> None:
    terminal.ask()
    told = terminal("export", "named", "--pulse", pulse)
    assert (told.exit_code, told.stdout) == (code, "")
    assert sentence in told.stderr
    assert terminal("export", "named").stdout == "[]\n"
