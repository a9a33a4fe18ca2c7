"""What somebody who holds the database files can learn of an open ballot: nothing."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from sqlalchemy import inspect

from bot.domain.ballot import Ballot, Box, Keys
from bot.ports import Transaction
from storage import SqlStore, migrate, open_store
from storage.engine import located, writing_engine
from storage.tables import ballot, correction, event_mark, metadata, release_text
from tests.contract.samples import AWKWARD, LEGAL, a_round

pytestmark = pytest.mark.contract

CANARY = f"canary {secrets.token_hex(8)} {AWKWARD}"
ROUND = a_round()


def pressed(box: Box, people: int) -> dict[bytes, bytes]:
    """tag -> body of ballots that hold the canary."""
    ballot = Ballot(LEGAL).answered({"more": CANARY, "overall": 1})
    return {tag: box.seal(tag, ballot) for tag in (box.tag(i) for i in range(people))}


def open_and_press(tx: Transaction, box: Box, answers: dict[bytes, bytes]) -> None:
    tx.rounds.add(ROUND)
    tx.ballots.add(ROUND.id, box.seal_empty((tag, LEGAL) for tag in sorted(answers)))
    for tag, body in answers.items():
        tx.ballots.put(ROUND.id, tag, body)


def lying_on_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def test_a_ballot_holds_nothing_but_its_seal(database_url: str) -> None:
    migrate(database_url)
    engine = writing_engine(located(database_url))
    with engine.connect() as connection:
        there = inspect(connection)
        columns = [column["name"] for column in there.get_columns("ballot")]
        assert columns == [c.name for c in ballot.c] == ["round", "tag", "body"]
        assert there.get_foreign_keys("ballot") == []
        assert there.get_indexes("ballot") == []
        assert not any(
            key["referred_table"] == "ballot"
            for table in there.get_table_names()
            for key in there.get_foreign_keys(table)
        )
    engine.dispose()


def test_neither_a_mark_nor_a_comment_says_who_or_when() -> None:
    assert [c.name for c in event_mark.c] == ["mark", "day"]
    told = {"id", "round", "question", "block", "body", "themes", "sentiment", "because"}
    assert {c.name for c in release_text.c} == told
    assert [c.name for c in correction.c] == ["text_id", "sentiment"]


def test_no_table_counts_answers_of_an_open_round() -> None:
    released = {name for name in metadata.tables if name.startswith("release_")}
    words = {"answered", "n", "hist", "reminded", "reminders", "seen_at", "answered_at"}
    for name in metadata.tables.keys() - released:
        assert not words & {column.name for column in metadata.tables[name].c}


async def test_no_answer_is_in_the_files_of_an_open_round(tmp_path: Path) -> None:
    path = tmp_path / "itpulse.sqlite"
    migrate(f"sqlite:///{path}")
    store = open_store(f"sqlite:///{path}")
    box = Box(ROUND.id, Keys.draw(), 4096)
    answers = pressed(box, 50)
    await store.run(lambda tx: open_and_press(tx, box, answers))
    lying = lying_on_disk(path)
    await store.close()
    closed = lying_on_disk(path)
    body = next(iter(answers.values()))
    assert box.open(next(iter(answers)), body).answers["more"] == CANARY
    for word in (CANARY, CANARY[:16], AWKWARD):
        assert word.encode() not in lying + closed
    # The sealed body is there, so the right files were looked at.
    assert body[-100:] in lying


async def test_removed_ballots_are_zeros_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "itpulse.sqlite"
    migrate(f"sqlite:///{path}")
    store = open_store(f"sqlite:///{path}")
    box = Box(ROUND.id, Keys.draw(), 4096)
    answers = pressed(box, 50)
    await store.run(lambda tx: open_and_press(tx, box, answers))
    await store.run(lambda tx: tx.ballots.remove(ROUND.id, 99))
    # Closing the last connection moves the log into the database and removes it.
    await store.close()
    lying = lying_on_disk(path)
    for body in answers.values():
        assert body[20:52] not in lying
        assert body[-32:] not in lying


async def test_no_message_of_the_store_repeats_what_was_written(store: SqlStore) -> None:
    assert "canary" not in repr(store)
