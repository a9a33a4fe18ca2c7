"""`replay`, and reading what came of it: `summary` and `export`."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from adapters.terminal.tables import cell
from tests.contract.terminal import Terminal

TUESDAY = "2026-11-24T10:00:00+00:00"
CLOSED = "2026-11-30T00:00:00+00:00"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    opened = Terminal(tmp_path / "var")
    opened.hire(20)
    opened.ask()
    return opened


def line(person: str, at: str = TUESDAY, **more: Any) -> dict[str, Any]:
    answered = {"at": at, "person": f"{person}@example.com", "pulse": "it-weekly"}
    return answered | {"answers": {"overall": 4}} | more


def grumble(person: str, text: str, manner: str) -> dict[str, Any]:
    who = {"at": TUESDAY, "person": f"{person}@example.com"}
    return who | {"grumble": text, "manner": manner}


def replay(terminal: Terminal, *lines: dict[str, Any], until: str | None = None) -> dict[str, Any]:
    file = terminal.file("lines.jsonl", "\n".join(map(json.dumps, lines)))
    told = terminal("replay", file, *(["--until", until] if until else []))
    assert told.exit_code == 0, told.stderr
    wire: dict[str, Any] = json.loads(told.stdout)
    return wire


def everybody(**answers: Any) -> list[dict[str, Any]]:
    return [line(f"finance{i}", answers=answers) for i in range(1, 21)]


def test_every_line_is_counted_by_what_became_of_it(terminal: Terminal) -> None:
    terminal("people", "import", terminal.file("p.csv", "email,name\nlate@example.com,L\n"))
    played = replay(
        terminal,
        line("finance1", "2026-11-24T08:00:00+00:00"),
        line("finance1"),
        line("Finance1", answers={"overall": 2, "why": ["speed"]}),
        line("nobody"),
        line("finance2", pulse="other"),
        line("finance2", answers={"colour": 1}),
        line("finance2", answers={"overall": 9}),
        line("finance2", answers={"overall": "4"}),
        line("finance2", answers={"words": "x" * 1001}),
        line("finance2", "2026-11-24T09:59:59+00:00"),
        line("finance2", "2026-11-24T11:00:00+01:00"),
    )
    assert played == {
        "accepted": 2,
        "corrected": 1,
        "refused": {
            "bad_value": 2,
            "not_open": 1,
            "out_of_order": 1,
            "too_long": 1,
            "unknown_person": 1,
            "unknown_pulse": 1,
            "unknown_question": 1,
        },
    }


def test_whoever_joined_after_the_opening_was_not_invited(terminal: Terminal) -> None:
    replay(terminal, until=TUESDAY)
    terminal("people", "import", terminal.file("p.csv", "email,name\nlate@example.com,L\n"))
    assert replay(terminal, line("late"))["refused"] == {"not_invited": 1}


def test_the_clock_is_pushed_to_the_last_line_or_on_to_until(terminal: Terminal) -> None:
    replay(terminal, line("finance1"))
    early = replay(terminal, line("finance1", "2026-11-24T09:59:59+00:00"))
    assert early["refused"] == {"out_of_order": 1}
    replay(terminal, until=CLOSED)
    assert replay(terminal, line("finance1"))["refused"] == {"out_of_order": 1}
    assert replay(terminal, line("finance1", CLOSED))["refused"] == {"not_open": 1}


def test_rounds_open_and_close_between_lines(terminal: Terminal) -> None:
    second = [line(f"finance{i}", "2026-12-01T10:00:00+00:00") for i in range(1, 21)]
    played = replay(terminal, *everybody(overall=2), *second, until="2026-12-06T00:00:00+00:00")
    assert played == {"accepted": 40, "corrected": 0, "refused": {}}
    rounds = terminal.read(lambda tx: [r.round for r in tx.releases.rounds("it-weekly")])
    assert rounds == ["it-weekly@2026-12-01", "it-weekly@2026-11-24"]


def test_grumbles_go_where_they_are_meant_to(terminal: Terminal) -> None:
    played = replay(
        terminal,
        grumble("finance1", "The VPN drops", "named"),
        grumble("finance1", "x" * 1001, "named"),
        grumble("nobody", "Hello", "named"),
    )
    assert played == {
        "accepted": 1,
        "corrected": 0,
        "refused": {"too_long": 1, "unknown_person": 1},
    }


def test_a_malformed_line_refuses_the_file_before_anything_is_played(terminal: Terminal) -> None:
    file = terminal.file("lines.jsonl", f"{json.dumps(line('finance1'))}\n{{}}\n")
    told = terminal("replay", file)
    assert (told.exit_code, told.stdout) == (2, "")
    assert "line 2, at: is missing" in told.stderr
    assert replay(terminal, line("finance1"))["accepted"] == 1


def test_until_may_not_lie_before_what_is_played(terminal: Terminal) -> None:
    file = terminal.file("lines.jsonl", json.dumps(line("finance1")))
    for until in ("2026-11-24T09:00", "2020-01-01"):
        told = terminal("replay", file, "--until", until)
        assert told.exit_code == 2
        assert "--until lies before" in told.stderr
    told = terminal("replay", file, "--until", "tomorrow")
    assert told.exit_code == 2
    assert "--until tomorrow: is no instant" in told.stderr


def test_nothing_is_played_into_a_real_company(terminal: Terminal) -> None:
    real = Terminal(terminal.folder, is_demo=False)
    told = real("replay", real.file("lines.jsonl", json.dumps(line("finance1"))))
    assert (told.exit_code, told.stdout) == (2, "")
    assert "make one with `itpulse demo --empty --prepare" in told.stderr


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A closed round of 20 people; the tests only read it."""
    opened = Terminal(tmp_path_factory.mktemp("released") / "var")
    opened.hire(20)
    opened.ask()
    replay(opened, *everybody(overall=4, words="=cmd|' /C calc'!A0"), until=CLOSED)
    return opened


def test_a_unit_too_small_to_be_shown_says_where_it_is(terminal: Terminal) -> None:
    terminal.hire(3, "Legal")
    legal = [line(f"legal{i}") for i in range(1, 4)]
    replay(terminal, *everybody(overall=2), *legal, until=CLOSED)
    told = terminal("summary", "--unit", "Legal")
    assert told.exit_code == 0
    assert "It is shown only as part of Business." in told.stdout
    [row] = csv.DictReader(
        io.StringIO(terminal("summary", "--unit", "Legal", "--format", "csv").stdout)
    )
    assert (row["shown_only_as"], row["n"], row["answered"]) == ("Business", "", "")


def test_a_summary_is_pure_json(released: Terminal) -> None:
    told = released("summary", "--format", "json")
    wire = json.loads(told.stdout)
    assert (wire["pulse"], wire["invited"], wire["answered"]) == ("it-weekly", 20, 20)
    assert told.stderr == ""


def test_a_summary_can_be_read_aloud(released: Terminal) -> None:
    lines = released("summary", "--unit", "finance").stdout.splitlines()
    assert lines[0] == "it-weekly: finance, 2026-11-24 to 2026-11-27"
    assert lines[1] == "20 of 20 answered (100%)"
    assert lines[3].startswith("overall (satisfaction): 4.0 (likely ")


def test_a_summary_as_csv_has_a_row_a_question(released: Terminal) -> None:
    told = released("summary", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(told)))
    assert {row["question"] for row in rows} >= {"overall"}
    assert sum(json.loads(rows[0]["hist"]).values()) == 20


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--pulse", "other"], 2, "There is no pulse “other”."),
        (["--unit", "Marketing"], 2, "I know no group “Marketing”"),
        (["--rounds", "0"], 2, "--rounds"),
    ],
)
def test_a_summary_of_something_unknown_is_refused(
    released: Terminal, words: list[str], code: int, sentence: str
) -> None:
    told = released("summary", *words)
    assert (told.exit_code, told.stdout) == (code, "")
    assert sentence in told.stderr


def test_there_is_no_summary_before_a_round_has_closed(terminal: Terminal) -> None:
    told = terminal("summary")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "There is nothing to show yet" in told.stderr
    assert json.loads(terminal("export", "cells").stdout) == []


def test_cells_are_exported_as_json_and_csv(released: Terminal) -> None:
    cells = json.loads(released("export", "cells").stdout)
    told = released("export", "cells", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(told)))
    assert len(rows) == len(cells)
    assert json.loads(rows[0]["hist"]) == cells[0]["hist"]
    assert json.loads(rows[0]["cell"]) == cells[0]["cell"]
    assert rows[0]["n"] == str(cells[0]["n"])


def test_no_comment_becomes_a_formula_in_a_spreadsheet(released: Terminal) -> None:
    texts = json.loads(released("export", "texts").stdout)
    assert len(texts) == 20
    assert {text["text"][0] for text in texts} == {"="}
    told = released("export", "texts", "--format", "csv").stdout
    assert {row["text"][:2] for row in csv.DictReader(io.StringIO(told))} == {"'="}
    out = released.folder.parent / "texts.xlsx"
    assert released("export", "texts", "--format", "xlsx", "--out", str(out)).exit_code == 0
    with zipfile.ZipFile(out) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
        assert "<t>'=" in book.read("xl/sharedStrings.xml").decode()


def test_a_spreadsheet_can_go_through_a_pipe(released: Terminal) -> None:
    told = released("export", "cells", "--format", "xlsx")
    assert told.stdout_bytes.startswith(b"PK")
    assert zipfile.ZipFile(io.BytesIO(told.stdout_bytes)).testzip() is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("fine", "fine"),
        (-1.5, -1.5),
        (None, None),
        (True, "true"),
        (["a", 1], '["a", 1]'),
    ],
)
def test_a_cell_holds_a_number_or_a_harmless_text(value: object, shown: object) -> None:
    assert cell(value) == shown
