"""`people import` and `roles grant`."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests.contract.terminal import HEADER, Terminal

ANN = "ann@example.com,Ann,Finance,Business,Staff,HQ,Europe/Berlin\n"
BO = "bo@example.com,Bo,Legal,Business,Staff,HQ,\n"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "var")


def test_an_import_adds_people_once_and_says_so_in_the_audit(terminal: Terminal) -> None:
    file = terminal.file("people.csv", HEADER + ANN + BO)
    told = terminal("people", "import", file)
    assert told.exit_code == 0, told.stderr
    assert told.stdout.splitlines() == [
        "people.csv: 2 added, 0 changed, 0 unchanged",
        "+ ann@example.com  Ann (Finance)",
        "+ bo@example.com  Bo (Legal)",
    ]
    again = terminal("people", "import", file)
    assert again.stdout == "people.csv: 0 added, 0 changed, 2 unchanged\n"
    assert terminal.audit() == ["terminal: people import: 2 added, 0 changed"]


def test_newcomers_to_a_demo_can_be_talked_to_at_once(terminal: Terminal) -> None:
    terminal("people", "import", terminal.file("people.csv", HEADER + ANN))
    person = terminal.read(lambda tx: tx.people.by_email("ann@example.com"))
    assert person
    [address] = terminal.read(lambda tx: tx.people.addresses([person.id]))[person.id]
    assert address.platform == "simulator"


def test_an_import_changes_what_is_in_the_file_and_leaves_the_rest(terminal: Terminal) -> None:
    terminal("people", "import", terminal.file("people.csv", HEADER + ANN + BO))
    told = terminal("people", "import", terminal.file("new.csv", HEADER + ANN.replace("HQ", "")))
    assert told.stdout.splitlines() == [
        "new.csv: 0 added, 1 changed, 0 unchanged",
        "~ ann@example.com  site: HQ → –",
        "Not in the file, left as they are: 1",
        "  bo@example.com",
    ]
    assert len(terminal.read(lambda tx: tx.people.all())) == 2


def test_a_dry_run_shows_everything_and_writes_nothing(terminal: Terminal) -> None:
    rows = "".join(f"p{i}@example.com,P,Finance,,,,\n" for i in range(30))
    file = terminal.file("people.csv", HEADER + rows)
    told = terminal("people", "import", file, "--dry-run")
    assert told.stdout.startswith("people.csv: 30 added, 0 changed, 0 unchanged (nothing was")
    assert len(told.stdout.splitlines()) == 31
    assert terminal.read(lambda tx: tx.people.all()) == []
    assert terminal.audit() == []
    assert terminal("people", "import", file).stdout.splitlines()[-1] == (
        "  and 10 more; --dry-run lists everybody"
    )


def test_one_fault_refuses_the_whole_file(terminal: Terminal) -> None:
    bad = BO.replace("Bo,Legal", ",Legal").replace("HQ,", "HQ,Mars/Base")
    told = terminal("people", "import", terminal.file("people.csv", HEADER + ANN + bad))
    assert told.exit_code == 2
    assert told.stderr.splitlines() == [
        "people.csv cannot be taken, and nothing was changed:",
        "  line 3, name: is empty; everybody needs a name",
        "  line 3, timezone: “Mars/Base” is not a time zone; use a name like Europe/Berlin",
    ]
    assert terminal.read(lambda tx: tx.people.all()) == []


def test_a_file_that_is_not_utf_8_is_told_how_to_be_saved(terminal: Terminal) -> None:
    file = terminal.file("people.csv", HEADER.encode() + "ann@example.com,Jürgen".encode("cp1252"))
    told = terminal("people", "import", file)
    assert told.exit_code == 2
    assert "line 2: is not UTF-8; save the file as UTF-8" in told.stderr


def test_a_file_that_is_not_there_is_named(terminal: Terminal) -> None:
    told = terminal("people", "import", "nowhere.csv")
    assert told.exit_code == 2
    assert "nowhere.csv" in told.stderr


def test_the_first_admin_is_made_from_the_terminal(terminal: Terminal) -> None:
    terminal("people", "import", terminal.file("people.csv", HEADER + ANN))
    assert terminal("roles", "grant", "Ann@Example.com", "admin").exit_code == 0
    told = terminal("roles", "grant", "ann@example.com", "lead")
    assert told.stdout == "ann@example.com is lead now.\n"
    again = terminal("roles", "grant", "ann@example.com", "lead")
    assert (again.exit_code, again.stdout) == (0, "ann@example.com is lead already.\n")
    person = terminal.read(lambda tx: tx.people.by_email("ann@example.com"))
    assert person
    assert person.grants == {"admin", "lead"}
    assert terminal.audit()[:2] == [
        "terminal: role lead given to ann@example.com",
        "terminal: role admin given to ann@example.com",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["nobody@example.com", "admin"],
            "Nobody has the e-mail nobody@example.com; add them with",
        ),
        (["nobody@example.com", "king"], "'king' is not one of 'admin', 'lead', 'editor'"),
        (["nobody@example.com", "admin", "--units", "IT"], "Only a lead is limited to units"),
        (["ann@example.com", "lead", "--units", "Nowhere"], "Nobody is in the unit “Nowhere”"),
    ],
)
def test_a_role_that_cannot_be_given_is_refused(
    terminal: Terminal, words: list[str], sentence: str
) -> None:
    terminal("people", "import", terminal.file("people.csv", HEADER + ANN))
    told = terminal("roles", "grant", *words)
    assert told.exit_code == 2
    assert sentence in told.stderr


def test_a_lead_sees_the_units_that_are_named(terminal: Terminal) -> None:
    terminal("people", "import", terminal.file("people.csv", HEADER + ANN + BO))
    told = terminal("roles", "grant", "ann@example.com", "lead", "--units", "Legal, Finance")
    assert (told.exit_code, told.stdout) == (0, "ann@example.com is lead now.\n")
    person = terminal.read(lambda tx: tx.people.by_email("ann@example.com"))
    assert person
    assert person.sees_only == ("Finance", "Legal")
    assert terminal.audit()[0] == "terminal: role lead of Finance, Legal given to ann@example.com"


def test_who_cannot_be_reached_is_shown_with_what_to_do(terminal: Terminal) -> None:
    assert terminal("people", "unreached").stdout == "Everybody can be reached.\n"
    terminal("people", "import", terminal.file("people.csv", HEADER + ANN + BO))
    asyncio.run(without_addresses(terminal))
    names, why = terminal("people", "unreached").stdout.splitlines()
    assert names == "ann@example.com, bo@example.com"
    assert "install the app for them" in why
    told = json.loads(terminal("people", "unreached", "--format", "json").stdout)
    assert [row["email"] for row in told] == ["ann@example.com", "bo@example.com"]


async def without_addresses(terminal: Terminal) -> None:
    """The apps were taken away from everybody."""
    async with terminal.roof.open_house(terminal.folder) as house:
        people = await house.store.read(lambda tx: tx.people.all())
        known = await house.store.read(lambda tx: tx.people.addresses([p.id for p in people]))
        gone = [address for addresses in known.values() for address in addresses]
        await house.store.run(lambda tx: tx.people.detach(gone))
