"""`demo` and `serve`: who may be let in, and what the roof is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.terminal import MONDAY, Terminal, at


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "var")


def test_a_demo_is_made_and_served_on_loopback(terminal: Terminal) -> None:
    assert terminal("demo", "--empty").exit_code == 0
    assert terminal.calls == [
        ("make_demo", terminal.folder, None, MONDAY),
        ("serve", terminal.folder, "127.0.0.1", 8080, None),
    ]


def test_an_empty_demo_can_be_prepared_and_not_served(terminal: Terminal) -> None:
    told = terminal(
        "demo", "--empty", "--prepare", "--now", "2026-11-23T08:00", "--database", "sqlite:///x"
    )
    assert "is ready; open it with: itpulse demo --data" in told.stdout
    starts = at("2026-11-23T08:00:00+00:00")
    assert terminal.calls == [("make_demo", terminal.folder, "sqlite:///x", starts)]


def test_nobody_moves_in_where_somebody_lives(terminal: Terminal) -> None:
    terminal.hire(1)
    assert terminal("demo", "--prepare").exit_code == 0
    assert len(terminal.read(lambda tx: tx.people.all())) == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "demo.example.com"])
def test_others_get_into_a_demo_only_by_a_password(terminal: Terminal, host: str) -> None:
    told = terminal("demo", "--empty", "--host", host)
    assert told.exit_code == 2
    assert "add --password" in told.stderr
    assert terminal.calls == []
    assert (
        terminal("demo", "--empty", "--host", host, "--password", input="secret\n").exit_code == 0
    )
    assert terminal.calls[-1] == ("serve", terminal.folder, host, 8080, "secret")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_no_password_is_needed_at_home(terminal: Terminal, host: str) -> None:
    assert terminal("demo", "--empty", "--host", host, "--port", "0").exit_code == 0
    assert terminal.calls[-1] == ("serve", terminal.folder, host, 0, None)


def test_an_empty_password_is_none(terminal: Terminal) -> None:
    told = terminal("demo", "--empty", "--host", "0.0.0.0", "--password", input="\n")
    assert told.exit_code == 2
    assert "--password: nothing was typed" in told.stderr
    assert terminal.calls == []


def test_a_demo_is_not_served_to_others_by_the_other_word(terminal: Terminal) -> None:
    told = terminal("serve", "--host", "0.0.0.0")
    assert told.exit_code == 2
    assert "is a demo" in told.stderr
    assert terminal.calls == []


def test_a_real_company_is_served_to_whom_it_wants(terminal: Terminal) -> None:
    real = Terminal(terminal.folder, is_demo=False)
    assert real("serve", "--host", "0.0.0.0", "--port", "80").exit_code == 0
    assert real.calls == [("serve", real.folder, "0.0.0.0", 80, None)]


@pytest.mark.parametrize("words", [["--port", "70000"], ["--now", "soon"]])
def test_a_demo_asked_for_wrongly_is_not_made(terminal: Terminal, words: list[str]) -> None:
    assert terminal("demo", *words).exit_code == 2
    assert terminal.calls == []
