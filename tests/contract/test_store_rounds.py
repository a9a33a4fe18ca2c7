"""What every store promises about rounds and deliveries."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import pairwise

import pytest

from bot.domain.rounds import STATES, Delivery, State
from bot.ports import Transaction
from storage import SqlStore
from tests.contract.samples import AWKWARD, DAY, MINUTE, NOW, TODAY, a_round

pytestmark = pytest.mark.contract

ROUND = a_round()


def with_deliveries(tx: Transaction, number: int) -> list[Delivery]:
    """An open round with somebody due each minute."""
    tx.rounds.add(ROUND)
    due = [Delivery(ROUND.id, i, NOW + i * MINUTE) for i in range(1, number + 1)]
    tx.deliveries.add(due)
    return due


def turn(state: State, tx: Transaction) -> None:
    tx.rounds.set_state(ROUND.id, state)


def claim(by: str, tx: Transaction) -> list[Delivery]:
    return tx.deliveries.claim(NOW + DAY, by, 13)


async def test_a_round_comes_back_as_added(store: SqlStore) -> None:
    whole = replace(ROUND, reminded_through=NOW, cleared=True, again_through=NOW + DAY)
    assert await store.run(lambda tx: tx.rounds.add(whole))
    assert await store.read(lambda tx: tx.rounds.get(whole.id)) == whole
    assert await store.read(lambda tx: tx.rounds.get("grumbles@2026-11-24")) is None


async def test_a_date_holds_one_round_of_a_pulse(store: SqlStore) -> None:
    assert await store.run(lambda tx: tx.rounds.add(ROUND))
    again = replace(ROUND, state="preparing", version=9)
    assert not await store.run(lambda tx: tx.rounds.add(again))
    assert not await store.run(lambda tx: tx.rounds.add(replace(again, id="another")))
    assert await store.read(lambda tx: tx.rounds.get(ROUND.id)) == ROUND
    assert await store.run(lambda tx: tx.rounds.add(a_round(day=TODAY + DAY)))
    assert await store.run(lambda tx: tx.rounds.add(a_round("another")))


async def test_of_many_clocks_one_adds_the_round(store: SqlStore, neighbour: SqlStore) -> None:
    calls = [s.run(lambda tx: tx.rounds.add(ROUND)) for s in (store, neighbour) * 4]
    assert sorted(await asyncio.gather(*calls)) == [False] * 7 + [True]


async def test_rounds_are_found_by_state(store: SqlStore) -> None:
    late = replace(a_round("late"), opens_at=NOW + MINUTE)
    rounds = [late, a_round("b"), a_round("a"), a_round("c", state="closing")]
    await store.run(lambda tx: [tx.rounds.add(r) for r in rounds])
    found = await store.read(lambda tx: tx.rounds.in_state("open"))
    assert [r.pulse for r in found] == ["a", "b", "late"]
    found = await store.read(lambda tx: tx.rounds.in_state("closing", "preparing"))
    assert [r.pulse for r in found] == ["c"]
    assert await store.read(lambda tx: tx.rounds.in_state()) == []
    assert await store.read(lambda tx: tx.rounds.ids("open", "closing")) == [
        a_round(pulse).id for pulse in ("a", "b", "c", "late")
    ]
    assert await store.read(lambda tx: tx.rounds.ids("lost")) == []


async def test_ended_rounds_are_uncleared_until_said(store: SqlStore) -> None:
    await store.run(lambda tx: [tx.rounds.add(a_round(s, state=s)) for s in sorted(STATES)])
    found = await store.read(lambda tx: tx.rounds.uncleared())
    assert [r.state for r in found] == ["discarded", "lost", "released"]
    await store.run(lambda tx: tx.rounds.set_cleared(a_round("lost").id))
    found = await store.read(lambda tx: tx.rounds.uncleared())
    assert [r.state for r in found] == ["discarded", "released"]


async def test_the_rounds_of_a_pulse_come_newest_first(store: SqlStore) -> None:
    rounds = [a_round(day=TODAY + i * DAY, state="open" if i else "released") for i in (1, 0, 2)]
    await store.run(lambda tx: [tx.rounds.add(r) for r in (*rounds, a_round("other"))])
    found = await store.read(lambda tx: tx.rounds.of_pulse("it-weekly"))
    assert found == [rounds[2], rounds[0], rounds[1]]
    found = await store.read(lambda tx: tx.rounds.of_pulse("it-weekly", "released", "lost"))
    assert found == [rounds[1]]


async def test_a_round_changes_only_where_told(store: SqlStore) -> None:
    await store.run(lambda tx: tx.rounds.add(ROUND))
    await store.run(lambda tx: tx.rounds.add(a_round("other")))
    assert await store.run(lambda tx: tx.rounds.lock(ROUND.id)) == "open"
    assert await store.run(lambda tx: tx.rounds.lock("none")) is None
    await store.run(lambda tx: tx.rounds.set_state(ROUND.id, "closing"))
    await store.run(lambda tx: tx.rounds.set_reminded_through(ROUND.id, NOW + DAY))
    await store.run(lambda tx: tx.rounds.set_cleared(ROUND.id))
    changed = replace(ROUND, state="closing", reminded_through=NOW + DAY, cleared=True)
    assert await store.read(lambda tx: tx.rounds.get(ROUND.id)) == changed
    assert await store.read(lambda tx: tx.rounds.of_pulse("other")) == [a_round("other")]


async def test_of_many_clocks_one_asks_again(store: SqlStore, neighbour: SqlStore) -> None:
    await store.run(lambda tx: [tx.rounds.add(r) for r in (ROUND, a_round("other"))])

    async def claim_again(seen: datetime | None, through: datetime) -> int:
        calls = (
            each.run(lambda tx: tx.rounds.claim_again(ROUND.id, seen, through))
            for each in (store, neighbour) * 4
        )
        return sum(await asyncio.gather(*calls))

    assert await claim_again(NOW, NOW + DAY) == 0
    assert await claim_again(None, NOW) == 1
    assert await claim_again(NOW, NOW + DAY) == 1
    found = await store.read(lambda tx: tx.rounds.get(ROUND.id))
    assert found == replace(ROUND, again_through=NOW + DAY)
    assert await store.read(lambda tx: tx.rounds.of_pulse("other")) == [a_round("other")]
    await store.run(partial(turn, "closing"))
    assert await claim_again(NOW + DAY, NOW + 2 * DAY) == 0


@pytest.mark.parametrize("state", ["preparing", "open"])
async def test_a_plan_can_be_made_anew_only_while_preparing(store: SqlStore, state: State) -> None:
    before = replace(ROUND, state=state)
    await store.run(lambda tx: tx.rounds.add(before))
    after = replace(
        before,
        opens_at=NOW + DAY,
        closes_at=NOW + 2 * DAY,
        plan=replace(ROUND.plan, size=8192, title=AWKWARD, roll="beef"),
    )
    await store.run(lambda tx: tx.rounds.replan(after))
    expected = after if state == "preparing" else before
    assert await store.read(lambda tx: tx.rounds.get(ROUND.id)) == expected


async def test_deliveries_come_back_as_added(store: SqlStore) -> None:
    due = [
        Delivery(ROUND.id, 2, NOW, "unreachable", "", AWKWARD),
        Delivery(ROUND.id, 1, NOW, "sent", AWKWARD),
    ]
    await store.run(lambda tx: tx.rounds.add(ROUND))
    await store.run(lambda tx: tx.deliveries.add(due))
    await store.run(lambda tx: tx.deliveries.add([]))
    assert await store.read(lambda tx: tx.deliveries.of_round(ROUND.id)) == [due[1], due[0]]
    assert await store.read(lambda tx: tx.deliveries.of_round("none")) == []


async def test_due_deliveries_are_claimed_oldest_first(store: SqlStore) -> None:
    due = await store.run(lambda tx: with_deliveries(tx, 5))
    claim = [replace(d, state="claimed") for d in due]
    now = NOW + 4 * MINUTE
    assert await store.run(lambda tx: tx.deliveries.claim(now, "w1", 3)) == claim[:3]
    assert await store.run(lambda tx: tx.deliveries.claim(now, "w2", 3)) == claim[3:4]
    assert await store.run(lambda tx: tx.deliveries.claim(now, "w1", 3)) == []
    assert await store.read(lambda tx: tx.deliveries.next_due()) == due[4].send_at


async def test_only_open_rounds_are_sent(store: SqlStore) -> None:
    await store.run(lambda tx: with_deliveries(tx, 2))
    for state in STATES - {"open"}:
        await store.run(partial(turn, state))
        assert await store.run(lambda tx: tx.deliveries.claim(NOW + DAY, "w1", 9)) == []
        assert await store.read(lambda tx: tx.deliveries.next_due()) is None
    await store.run(lambda tx: tx.rounds.set_state(ROUND.id, "open"))
    assert await store.read(lambda tx: tx.deliveries.next_due()) == NOW + MINUTE


async def test_what_others_left_claimed_is_found(store: SqlStore) -> None:
    due = await store.run(lambda tx: with_deliveries(tx, 2))
    await store.run(lambda tx: tx.deliveries.claim(NOW + MINUTE, "w1", 9))
    await store.run(lambda tx: tx.deliveries.claim(NOW + 5 * MINUTE, "w2", 9))
    first, second = (replace(d, state="claimed") for d in due)
    claimed = [
        await store.read(lambda tx: tx.deliveries.claimed("w1", None)),
        await store.read(lambda tx: tx.deliveries.claimed("w3", None)),
        await store.read(lambda tx: tx.deliveries.claimed("w3", NOW + 5 * MINUTE)),
        await store.read(lambda tx: tx.deliveries.claimed("w1", NOW + 5 * MINUTE)),
    ]
    assert claimed == [[second], [first, second], [first], []]


async def test_a_settled_delivery_is_nobodys(store: SqlStore) -> None:
    due = await store.run(lambda tx: with_deliveries(tx, 2))
    await store.run(lambda tx: tx.deliveries.claim(NOW + DAY, "w1", 9))
    await store.run(lambda tx: tx.deliveries.settle(ROUND.id, 1, "sent", "D1/17", ""))
    await store.run(lambda tx: tx.deliveries.settle(ROUND.id, 2, "waiting", "", "asked to wait"))
    settled = [
        replace(due[0], state="sent", receipt="D1/17"),
        replace(due[1], why="asked to wait"),
    ]
    assert await store.read(lambda tx: tx.deliveries.of_round(ROUND.id)) == settled
    assert await store.read(lambda tx: tx.deliveries.claimed("w2", None)) == []
    again = await store.run(lambda tx: tx.deliveries.claim(NOW + DAY, "w2", 9))
    assert again == [replace(settled[1], state="claimed")]


async def test_workers_at_once_never_share_a_delivery(store: SqlStore, neighbour: SqlStore) -> None:
    await store.run(lambda tx: with_deliveries(tx, 200))
    claims = await asyncio.gather(
        *(s.run(partial(claim, f"w{n}")) for n, s in enumerate([store, neighbour] * 16))
    )
    people = [delivery.person for claim in claims for delivery in claim]
    assert sorted(people) == list(range(1, 201))
    assert all(a.send_at < b.send_at for claim in claims for a, b in pairwise(claim))


async def test_a_postponed_delivery_is_not_due_before(store: SqlStore) -> None:
    due = await store.run(lambda tx: with_deliveries(tx, 3))
    await store.run(partial(claim, "one"))
    await store.run(lambda tx: tx.deliveries.postpone(ROUND.id, 1, NOW + 2 * DAY))
    found = await store.read(lambda tx: tx.deliveries.of_round(ROUND.id))
    assert found[0] == replace(due[0], send_at=NOW + 2 * DAY)
    assert await store.run(partial(claim, "another")) == []
    later = await store.run(lambda tx: tx.deliveries.claim(NOW + 2 * DAY, "another", 13))
    assert [d.person for d in later] == [1]
