"""A word that somebody answers is sung out nowhere: no log, no table, no file says it."""

from __future__ import annotations

import json
import secrets
import signal
from pathlib import Path

import pytest

from tests.faults.conftest import Open
from tests.faults.crashes import BEFORE_CLOSING, DAY_AFTER, OPENS, play
from tests.faults.events import answer, press
from tests.faults.saying import ROUND
from tests.faults.search import checkpoint, is_within_reach, lies_in, places
from tests.faults.talking import BREAKING, LOG, TOLD, go_on, leave_undone, talk
from tests.stories.company import WEEKLY, staff

pytestmark = pytest.mark.fault

#: Stored where everybody may read it, so that we know it would have been found.
CONTROL = "quillwort" + secrets.token_hex(4)


def canary() -> list[str]:
    """Words that nobody has said before; several, since a compressed file may split one."""
    letters = "bcdfghjklmnpqrstvwxz"
    return ["".join(secrets.choice(letters) for _ in range(9)) for _ in range(12)]


@pytest.mark.parametrize(
    ("others", "becomes"),
    [(0, "discarded"), (5, "released")],
    ids=["too few to publish anything", "too few to publish comments"],
)
async def test_what_somebody_answered_is_nowhere_to_be_read(
    house: Open, tmp_path: Path, database_url: str, others: int, becomes: str
) -> None:
    words = canary()
    async with house() as company:
        await company.hire(*staff(40))
        await company.ask(WEEKLY)
        await company.at(OPENS)
        await company.house.store.run(lambda tx: tx.notes.put("control", CONTROL))
        for number in range(11, 11 + others):
            await press(company, number, answer("overall"), 4)
    ended = play(talk, tmp_path, database_url, " ".join(words), BEFORE_CLOSING)
    assert ended == -signal.SIGKILL, (tmp_path / LOG).read_text()
    check_nothing_is_read(tmp_path, database_url, words)
    check_everything_was_said(tmp_path)
    (tmp_path / TOLD).unlink()

    assert play(go_on, tmp_path, database_url, DAY_AFTER) == 0
    check_nothing_is_read(tmp_path, database_url, words)
    async with house() as company:
        round = await company.house.store.read(lambda tx: tx.rounds.get(ROUND))
        assert round
        assert (round.state, round.cleared) == (becomes, True)
    if not is_within_reach(database_url):
        pytest.skip("the rest was checked; PostgreSQL's files are not ours to read")


def test_a_task_that_nobody_waited_for_is_logged_without_what_it_held(tmp_path: Path) -> None:
    (word, *_) = canary()
    assert play(leave_undone, tmp_path, word) == 0
    log = (tmp_path / LOG).read_text()
    assert "Task exception was never retrieved" in log
    assert "Exception in callback" in log
    assert log.count("KeyError at talking.py") == 2
    assert "DEBUG itpulse.test: we are heard" in log
    assert word not in log


def check_nothing_is_read(folder: Path, database_url: str, words: list[str]) -> None:
    checkpoint(database_url)
    files = places(folder, database_url)
    if is_within_reach(database_url):
        assert lies_in(files, CONTROL)
    assert not lies_in(files, *words)


def check_everything_was_said(folder: Path) -> None:
    """The answers were taken, the rest refused, what broke was owned up to and logged."""
    told = json.loads((folder / TOLD).read_text())
    taken, refused, broken = told[:6], told[6 : -len(BREAKING)], told[-len(BREAKING) :]
    for said in map(json.loads, taken):
        assert (said["refusal"], said["errors"]) == (None, {})
    for said in map(json.loads, refused):
        assert said.get("refusal") or said.get("errors") or said.get("error")
    for said in map(json.loads, broken):
        assert "went wrong on our side" in said["error"]
    assert (folder / LOG).read_text().count("itpulse.web: bug") == len(broken)
