"""`people show`, and what `people import` does about whoever asked to be forgotten."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.files.pulse_text import write_pulse
from bot.events import Pressed
from bot.refs import Ref
from tests.contract.terminal import HEADER, WEEKLY, Terminal
from tests.stories.company import MONDAY

ANN = "ann@example.com,Ann,Finance,Business,Staff,HQ,Europe/Berlin\n"
BO = "bo@example.com,Bo,Legal,Business,Staff,HQ,\n"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "var")


def forget(terminal: Terminal, email: str) -> None:
    async def visit() -> None:
        async with terminal.roof.open_house(terminal.folder) as house:
            person = await house.store.read(lambda tx: tx.people.by_email(email))
            assert person
            found = await house.store.read(lambda tx: tx.people.addresses([person.id]))
            done = await house.handle(Pressed("", found[person.id][0], MONDAY, Ref("forget"), None))
            assert done.refusal is None

    asyncio.run(visit())


def test_an_import_brings_nobody_back_who_asked_to_be_forgotten(terminal: Terminal) -> None:
    file = terminal.file("people.csv", HEADER + ANN + BO)
    terminal("people", "import", file)
    forget(terminal, "bo@example.com")
    for more in (["--dry-run"], []):
        told = terminal("people", "import", file, *more).stdout
        assert told.startswith("people.csv: 0 added, 0 changed, 1 unchanged")
        assert told.endswith("Left out, because they asked to be forgotten: 1\n")
        assert "bo" not in told.replace("forgotten", "")
    assert [p.name for p in terminal.read(lambda tx: tx.people.all())] == ["Ann"]


def test_everything_kept_about_a_person_is_shown(terminal: Terminal) -> None:
    terminal("people", "import", terminal.file("people.csv", HEADER + ANN + BO))
    terminal("roles", "grant", "ann@example.com", "lead")
    named = write_pulse(replace(WEEKLY, manner="named"))
    terminal("pulse", "apply", terminal.file("weekly.toml", named))
    lines: list[dict[str, object]] = [
        {"at": "2026-11-24T12:00Z", "grumble": "The VPN is slow.", "manner": "named"},
        {"at": "2026-11-24T12:01Z", "pulse": "it-weekly", "answers": {"overall": 2}},
    ]
    text = "".join(f"{json.dumps(line | {'person': 'ann@example.com'})}\n" for line in lines)
    replayed = terminal("replay", terminal.file("said.jsonl", text), "--until", "2026-11-28T00:00Z")
    assert json.loads(replayed.stdout)["refused"] == {}
    told = terminal("people", "show", "Ann@Example.com", "--format", "json")
    assert told.exit_code == 0, told.stderr
    kept = json.loads(told.stdout)
    assert kept["profile"] == {
        "email": "ann@example.com",
        "name": "Ann",
        "unit": "Finance",
        "division": "Business",
        "role": "Staff",
        "site": "HQ",
        "zone": "Europe/Berlin",
        "country": "",
        "language": "",
        "leader_email": "",
        "gone_on": None,
    }
    assert kept["grants"] == ["lead"]
    assert kept["sees_only"] == []
    assert [address["platform"] for address in kept["addresses"]] == ["simulator"]
    [asked] = kept["rounds"]
    assert (asked["round"], asked["reached"]) == ("it-weekly@2026-11-24", "reached")
    assert kept["named_answers"] == [
        {"round": "it-weekly@2026-11-24", "question": "overall", "value": 2}
    ]
    assert [grumble["text"] for grumble in kept["named_grumbles"]] == ["The VPN is slow."]
    assert kept["mentioned"]["may_read"] == ["it-weekly@2026-11-24"]
    assert kept["mentioned"]["audit"] == [
        "2026-11-23T08:00:00+00:00 terminal: role lead given to ann@example.com"
    ]
    read = terminal("people", "show", "ann@example.com").stdout
    for line in (
        "  name: Ann",
        "  it-weekly@2026-11-24, overall: 2",
        "Turn in pulses that rotate:\n  nothing",
    ):
        assert line in read
    assert read.splitlines()[-1] == kept["sealed"]
    assert "cannot be looked up by anybody" in kept["sealed"]


def test_what_is_kept_is_the_same_whether_somebody_answered_or_not(terminal: Terminal) -> None:
    """Of a confidential round, while it is open and after it."""
    terminal.hire(25)
    terminal.ask()
    text = "".join(
        json.dumps(
            {
                "at": "2026-11-24T12:00Z",
                "person": f"finance{number}@example.com",
                "pulse": "it-weekly",
                "answers": {"overall": 1, "words": "Slow."},
            }
        )
        + "\n"
        for number in range(1, 25)
    )
    for until in ("2026-11-24T13:00Z", "2026-11-28T00:00Z"):
        file = terminal.file("said.jsonl", text)
        assert terminal("replay", file, "--until", until).exit_code == 0
        text = ""
        spoke, silent = (
            terminal("people", "show", f"finance{number}@example.com").stdout for number in (2, 25)
        )
        assert alike(spoke, "2") == alike(silent, "25")


def alike(told: str, number: str) -> list[str]:
    """Without what tells two people apart anyway: name, e-mail, address and message."""
    bare = told.replace(f"finance{number}@", "@").replace(f"Finance {number}", "")
    lines = re.sub(r"message \S+", "message", bare).splitlines()
    return [line for line in lines if not line.startswith("  simulator")]


def test_nothing_is_kept_about_a_stranger(terminal: Terminal) -> None:
    told = terminal("people", "show", "nobody@example.com")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "Nobody has the e-mail nobody@example.com" in told.stderr
