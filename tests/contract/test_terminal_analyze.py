"""`analyze`: texts in, findings out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.contract.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "var")


def found(told: Result) -> list[dict[str, Any]]:
    assert told.exit_code == 0, told.stderr
    return [json.loads(line) for line in told.stdout.splitlines()]


def test_every_line_is_one_object_in_the_promised_shape(terminal: Terminal) -> None:
    file = terminal.file("texts.txt", "\ufeffThe VPN is terribly slow\r\n\r\nqwerty\n")
    objects = found(terminal("analyze", file))
    assert [o["text"] for o in objects] == ["The VPN is terribly slow", "", "qwerty"]
    assert [o["sentiment"] for o in objects] == ["negative", "junk", "junk"]
    keys = ["text", "scrubbed", "sentiment", "score", "themes", "because"]
    assert all(list(o) == keys for o in objects)
    assert "network" in objects[0]["themes"]
    assert -1 <= objects[0]["score"] < 0
    assert not terminal.folder.exists()


def test_what_points_at_people_is_scrubbed(terminal: Terminal) -> None:
    [only] = found(terminal("analyze", "-", input="Ask ann@example.com about it\n"))
    assert only["scrubbed"] == "Ask [e-mail] about it"


def test_standard_input_is_read_where_no_file_is_named(terminal: Terminal) -> None:
    assert len(found(terminal("analyze", input="one\ntwo"))) == 2
    assert found(terminal("analyze", input="")) == []


@pytest.mark.parametrize("column", ["text", "Comment"])
def test_a_csv_is_read_by_its_column(terminal: Terminal, column: str) -> None:
    text = f'id;{column}\n1;"Slow; and\nloud"\n2;Great\n'
    objects = found(terminal("analyze", terminal.file("texts.csv", text)))
    assert [o["text"] for o in objects] == ["Slow; and\nloud", "Great"]


def test_text_is_for_reading(terminal: Terminal) -> None:
    told = terminal("analyze", "--format", "text", input="Great help\nwrite to ann@example.com\n")
    assert re.fullmatch(r"positive  \+[01]\.\d\d  –  Great help", told.stdout.splitlines()[0])
    assert "[e-mail]" in told.stdout
    assert "1 positive" in told.stderr


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "texts.csv",
            b"id,words\n1,x\n",
            "no column is named text or comment; the first line has “id”, “words”. Say which:",
        ),
        ("texts.csv", b'text\n"x\n', "texts.csv: line 2: the quotation marks do not match"),
        ("texts.txt", b"fine\n\xff\n", "texts.txt: line 2: is not UTF-8"),
        ("texts.csv", b"PK\x03\x04\x14\0\xff", "texts.csv: line 1: is no text; save the file as"),
        ("texts.csv", "text\nVPN slow".encode("utf-16"), "texts.csv: line 1: is no text"),
    ],
)
def test_what_cannot_be_read_is_refused(
    terminal: Terminal, name: str, text: bytes, sentence: str
) -> None:
    told = terminal("analyze", terminal.file(name, text))
    assert told.exit_code == 2
    assert sentence in told.stderr


def test_a_file_that_is_not_there_is_named(terminal: Terminal) -> None:
    told = terminal("analyze", "nowhere.txt")
    assert told.exit_code == 2
    assert "nowhere.txt: there is no such file" in told.stderr


@pytest.mark.parametrize("name", ["texts.txt", "texts.csv", "-"])
def test_where_there_is_no_text_that_is_said(terminal: Terminal, name: str) -> None:
    file = "-" if name == "-" else terminal.file(name, "")
    told = terminal("analyze", file, input="")
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr.endswith(" holds no text.\n")


def test_the_column_of_a_table_can_be_named(terminal: Terminal) -> None:
    table = "id,Words\n1,VPN slow\n2\n"
    objects = found(terminal("analyze", terminal.file("a.csv", table), "--column", "words"))
    assert [o["text"] for o in objects] == ["VPN slow", ""]
    assert found(terminal("analyze", "--column", "words", input=table)) == objects
    [only] = found(terminal("analyze", terminal.file("b.tsv", "Text\tid\nVPN slow\t1\n")))
    assert only["text"] == "VPN slow"
    wrong = terminal("analyze", "--column", "nothing", input=table)
    assert wrong.exit_code == 2
    assert "standard input: no column is named “nothing”" in wrong.stderr


def test_a_text_is_one_line_for_reading_and_nothing_a_terminal_obeys(terminal: Terminal) -> None:
    table = 'text\n"VPN slow\nand \x1b[31mred"\n'
    told = terminal("analyze", "--format", "text", terminal.file("a.csv", table))
    [line] = told.stdout.splitlines()
    assert line.endswith("VPN slow and  [31mred")


def test_the_house_s_own_themes_are_asked_for(terminal: Terminal) -> None:
    found(terminal("analyze", input="fine"))
    assert terminal.calls == [("use_themes",)]
