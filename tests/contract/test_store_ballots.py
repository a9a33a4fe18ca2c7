"""What every store promises about ballots and releases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.release import ReleasedRound
from bot.ports import Taken, Transaction
from storage import SqlStore, StoreError
from tests.contract.samples import (
    BLOCKS,
    CONNECTIONS,
    GROUPS,
    RELEASED,
    TEXTS,
    THEMES,
    a_round,
    ballots,
    tag,
    with_ballots,
)

pytestmark = pytest.mark.contract

ROUND = a_round().id
NOWHERE = tag(10**9)


async def test_ballots_are_read_back_in_tag_order(store: SqlStore) -> None:
    await store.run(lambda tx: with_ballots(tx, 1_200))
    first = await store.read(lambda tx: tx.ballots.after(ROUND, b"", 1_000))
    rest = await store.read(lambda tx: tx.ballots.after(ROUND, first[-1][0], 1_000))
    assert first + rest == ballots(1_200)
    assert await store.read(lambda tx: tx.ballots.after(ROUND, rest[-1][0], 1_000)) == []
    assert await store.read(lambda tx: tx.ballots.count(ROUND)) == 1_200
    assert await store.read(lambda tx: tx.ballots.count("another")) == 0


async def test_ballots_already_there_are_left_as_they_are(store: SqlStore) -> None:
    await store.run(lambda tx: with_ballots(tx, 2))
    again = [(tag, b"empty") for tag, _ in ballots(4)]
    await store.run(lambda tx: tx.ballots.add(ROUND, again))
    await store.run(lambda tx: tx.ballots.add(ROUND, []))
    found = await store.read(lambda tx: tx.ballots.after(ROUND, b"", 9))
    assert found == ballots(2) + again[2:]


async def test_a_ballot_is_taken_with_the_state_of_its_round(store: SqlStore) -> None:
    await store.run(lambda tx: with_ballots(tx, 2))
    taken = await store.run(lambda tx: tx.ballots.take(ROUND, tag(1)))
    assert taken == Taken(b"\0sealed 1", "open")
    await store.run(lambda tx: tx.rounds.set_state(ROUND, "closing"))
    closing = Taken(b"\0sealed 1", "closing")
    assert await store.run(lambda tx: tx.ballots.take(ROUND, tag(1))) == closing
    assert await store.read(lambda tx: tx.ballots.peek(ROUND, tag(1))) == closing
    assert await store.run(lambda tx: tx.ballots.take(ROUND, NOWHERE)) is None
    assert await store.read(lambda tx: tx.ballots.peek("another", tag(1))) is None


async def test_a_ballot_is_overwritten_and_no_other(store: SqlStore) -> None:
    await store.run(lambda tx: with_ballots(tx, 3))
    await store.run(lambda tx: tx.ballots.put(ROUND, tag(1), b"new"))
    found = await store.read(lambda tx: tx.ballots.after(ROUND, b"", 9))
    assert [body for _, body in found] == [b"\0sealed 0", b"new", b"\0sealed 2"]


async def test_overwriting_what_is_not_there_is_not_silent(store: SqlStore) -> None:
    await store.run(lambda tx: with_ballots(tx, 3))
    with pytest.raises(LookupError):
        await store.run(lambda tx: tx.ballots.put(ROUND, NOWHERE, b"new"))
    some = [(tag(0), b"new"), (NOWHERE, b"new")]
    with pytest.raises(LookupError):
        await store.run(lambda tx: tx.ballots.put_many(ROUND, some))
    assert await store.read(lambda tx: tx.ballots.after(ROUND, b"", 9)) == ballots(3)


async def test_many_are_taken_in_tag_order_and_put_back(store: SqlStore) -> None:
    await store.run(lambda tx: with_ballots(tx, 1_200))

    def seal_again(tx: Transaction) -> list[bytes]:
        taken = tx.ballots.take_many(ROUND, [NOWHERE, *(tag(i) for i in range(1_100, -1, -1))])
        tx.ballots.put_many(ROUND, [(tag, body + b"!") for tag, body in taken.items()])
        tx.ballots.put_many(ROUND, [])
        return list(taken)

    assert await store.run(seal_again) == [tag(i) for i in range(1_101)]
    after = await store.read(lambda tx: tx.ballots.after(ROUND, tag(1_099), 2))
    assert after == [(tag(1_100), b"\0sealed 1100!"), (tag(1_101), b"\0sealed 1101")]
    assert await store.run(lambda tx: tx.ballots.take_many(ROUND, [])) == {}


async def test_ballots_are_removed_in_chunks(store: SqlStore) -> None:
    await store.run(lambda tx: with_ballots(tx, 5))
    await store.run(lambda tx: tx.ballots.add("another", ballots(1)))
    removed = [await store.run(lambda tx: tx.ballots.remove(ROUND, 3)) for _ in range(3)]
    assert removed == [3, 2, 0]
    assert await store.read(lambda tx: tx.ballots.count("another")) == 1


async def test_presses_at_once_on_one_ballot_come_one_after_another(
    store: SqlStore, neighbour: SqlStore
) -> None:
    await store.run(lambda tx: with_ballots(tx, 1))
    await store.run(lambda tx: tx.ballots.put(ROUND, tag(0), b""))

    def press(tx: Transaction) -> None:
        taken = tx.ballots.take(ROUND, tag(0))
        assert taken is not None
        tx.ballots.put(ROUND, tag(0), taken.body + b".")

    await asyncio.gather(*(s.run(press) for s in [store, neighbour] * 15))
    assert await store.read(lambda tx: tx.ballots.peek(ROUND, tag(0))) == Taken(b"." * 30, "open")


async def test_no_press_gets_in_after_the_close_has_looked(
    store: SqlStore, neighbour: SqlStore
) -> None:
    await store.run(lambda tx: with_ballots(tx, 60))

    def press(number: int, tx: Transaction) -> bool:
        taken = tx.ballots.take(ROUND, tag(number))
        if taken is None or taken.state != "open":
            return False
        tx.ballots.put(ROUND, tag(number), b"answered")
        return True

    def close(tx: Transaction) -> int:
        assert tx.rounds.lock(ROUND) == "open"
        tx.rounds.set_state(ROUND, "closing")
        return sum(body == b"answered" for _, body in tx.ballots.after(ROUND, b"", 99))

    def pressing(numbers: range) -> list[asyncio.Future[bool]]:
        return [
            asyncio.ensure_future(s.run(partial(press, n)))
            for n, s in zip(numbers, [store, neighbour] * 15, strict=True)
        ]

    before = pressing(range(30))
    closing = asyncio.ensure_future(neighbour.run(close))
    after = pressing(range(30, 60))
    pressed = await asyncio.gather(*before, *after)
    assert await closing == sum(pressed)
    found = await store.read(lambda tx: tx.ballots.after(ROUND, b"", 99))
    assert [body == b"answered" for _, body in found] == pressed


#: Comments of another round under the ids of those that are gone.
LATER = replace(RELEASED, round="it-weekly@2026-12-01")
TEXTS_LATER = [replace(text, round=LATER.round) for text in TEXTS]


async def test_a_release_comes_back_as_published(store: SqlStore) -> None:
    everything = (BLOCKS, GROUPS, TEXTS, THEMES, CONNECTIONS)
    await store.run(lambda tx: tx.releases.publish(RELEASED, *everything))
    named = [RELEASED.round, RELEASED.round]
    assert await store.read(lambda tx: tx.releases.rounds("it-weekly")) == [RELEASED]
    blocks = await store.read(lambda tx: tx.releases.blocks(named))
    assert blocks == BLOCKS
    assert [list(b.hist) for b in blocks] == [list(b.hist) for b in BLOCKS]
    assert await store.read(lambda tx: tx.releases.groups(named)) == GROUPS
    texts = await store.read(lambda tx: tx.releases.texts(named))
    assert texts == sorted(TEXTS, key=lambda text: text.id)
    assert await store.read(lambda tx: tx.releases.themes(named)) == THEMES
    connections = await store.read(lambda tx: tx.releases.connections(RELEASED.round))
    assert connections == CONNECTIONS
    assert list(connections.weights) == list(CONNECTIONS.weights)


async def test_a_correction_is_read_beside_its_comment_until_it_is_taken_back(
    store: SqlStore,
) -> None:
    await store.run(lambda tx: tx.releases.publish(RELEASED, [], [], TEXTS, []))
    one = TEXTS[0]
    for tone in ("positive", "neutral"):
        await store.run(lambda tx, tone=tone: tx.releases.correct(one.id, tone))  # type: ignore[misc]
    found = await store.read(lambda tx: tx.releases.text(one.id))
    assert found == replace(one, corrected="neutral")
    texts = await store.read(lambda tx: tx.releases.texts([RELEASED.round]))
    assert [text.corrected for text in texts if text.id == one.id] == ["neutral"]
    await store.run(lambda tx: tx.releases.take_back(one.id))
    assert await store.read(lambda tx: tx.releases.text(one.id)) == one


async def test_a_correction_goes_with_its_comment_and_has_none_to_stand_on_without(
    store: SqlStore,
) -> None:
    await store.run(lambda tx: tx.releases.publish(RELEASED, [], [], TEXTS, []))
    for text in TEXTS:
        await store.run(lambda tx, id=text.id: tx.releases.correct(id, "neutral"))  # type: ignore[misc]
    await store.run(lambda tx: tx.releases.drop_text(TEXTS[0].id))
    await store.run(lambda tx: tx.releases.drop_texts_before(RELEASED.closes_on + timedelta(1)))
    with pytest.raises(StoreError):
        await store.run(lambda tx: tx.releases.correct(TEXTS[0].id, "neutral"))
    await store.run(lambda tx: tx.releases.publish(LATER, [], [], TEXTS_LATER, []))
    texts = await store.read(lambda tx: tx.releases.texts([LATER.round]))
    assert [text.corrected for text in texts] == ["", ""]


async def test_a_round_with_too_few_answers_is_released_empty(store: SqlStore) -> None:
    await store.run(lambda tx: tx.releases.publish(RELEASED, [], [], [], []))
    assert await store.read(lambda tx: tx.releases.rounds("it-weekly")) == [RELEASED]

    def everything(tx: Transaction) -> list[object]:
        here, of = tx.releases, [RELEASED.round]
        assert here.connections(RELEASED.round) is None
        return [*here.blocks(of), *here.groups(of), *here.texts(of), *here.themes(of)]

    assert await store.read(everything) == []


async def test_a_round_is_published_once(store: SqlStore) -> None:
    await store.run(lambda tx: tx.releases.publish(RELEASED, BLOCKS, GROUPS, TEXTS, THEMES))
    with pytest.raises(StoreError):
        await store.run(lambda tx: tx.releases.publish(RELEASED, [], [], [], []))
    assert await store.read(lambda tx: tx.releases.blocks([RELEASED.round])) == BLOCKS


def publish(round: ReleasedRound, tx: Transaction) -> None:
    blocks = [replace(block, round=round.round) for block in BLOCKS]
    tx.releases.publish(round, blocks, [], [], [])


async def test_released_rounds_come_newest_first_and_each_by_itself(store: SqlStore) -> None:
    weeks = [
        replace(RELEASED, round=f"it-weekly@{day}", opens_on=day, closes_on=day)
        for day in (RELEASED.opens_on + timedelta(weeks=w) for w in (1, 0, 2))
    ]
    for week in weeks:
        await store.run(partial(publish, week))
    newest = [weeks[2], weeks[0], weeks[1]]
    assert await store.read(lambda tx: tx.releases.rounds("it-weekly")) == newest
    assert await store.read(lambda tx: tx.releases.rounds("it-weekly", 2)) == newest[:2]
    assert await store.read(lambda tx: tx.releases.rounds("another")) == []
    two = [week.round for week in newest[:2]]
    blocks = await store.read(lambda tx: tx.releases.blocks(two))
    assert [b.round for b in blocks] == [round for round in sorted(two) for _ in BLOCKS]
    assert await store.read(lambda tx: tx.releases.blocks([])) == []


async def test_how_far_answers_lie_apart_is_added_up_over_a_year(store: SqlStore) -> None:
    opened = RELEASED.opens_on
    days = (opened, opened - timedelta(days=365), opened - timedelta(days=366))
    for day in days:
        week = replace(RELEASED, round=f"it-weekly@{day}", opens_on=day)
        await store.run(partial(publish, week))
    later = replace(RELEASED, round="it-weekly@later", opens_on=opened + timedelta(days=1))
    await store.run(partial(publish, later))
    await store.run(partial(publish, replace(RELEASED, round="another@1", pulse="another")))
    found = await store.read(lambda tx: tx.releases.apart(RELEASED.round))
    # Two blocks with three answers of 2 and four of 3, in two rounds; words have no distance.
    assert list(found) == [("overall", "satisfaction")]
    assert found["overall", "satisfaction"] == pytest.approx((4 * 12 / 7, 4 * 6))
    assert await store.read(lambda tx: tx.releases.apart(RELEASED.round)) == found
    assert await store.read(lambda tx: tx.releases.apart("nowhere")) == {}


async def test_many_are_looked_at_without_being_held(store: SqlStore) -> None:
    await store.run(lambda tx: with_ballots(tx, 700))
    wanted = [NOWHERE, *(tag(i) for i in range(699, -1, -1))]
    found = await store.read(lambda tx: tx.ballots.peek_many(ROUND, wanted))
    assert found == dict(ballots(700))
    assert await store.read(lambda tx: tx.ballots.peek_many(ROUND, [])) == {}
    assert await store.read(lambda tx: tx.ballots.peek_many("another", wanted)) == {}
