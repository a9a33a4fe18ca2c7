"""What every store promises about who was asked of late, and who does not want to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.announcement import Announcement
from bot.domain.fatigue import Wish
from bot.domain.house_rules import HouseRules
from bot.domain.people import Home, Person
from bot.domain.rounds import Delivery, DeliveryState, Held, State
from bot.domain.workdays import Blackout
from bot.house_rules import rules_of, set_rules
from bot.ports import Transaction
from storage import SqlStore
from tests.contract.samples import NOW, TODAY, WEEKLY, a_round

pytestmark = pytest.mark.contract

ROUND = a_round()
ENDS = ("first", "last")
STATES: tuple[DeliveryState, ...] = (
    "waiting", "claimed", "sent", "perhaps", "unreachable", "recalled",
)  # fmt: skip


def sent(tx: Transaction, state: State) -> None:
    tx.rounds.add(replace(ROUND, state=state))
    tx.deliveries.add([Delivery(ROUND.id, n, NOW, s) for n, s in enumerate(STATES, start=1)])


@pytest.mark.parametrize(("state", "reached"), [("open", {1, 2, 3, 4}), ("released", {2, 3, 4})])
async def test_reached_are_those_a_card_was_sent_to_or_will_be(
    store: SqlStore, state: State, reached: set[int]
) -> None:
    await store.run(lambda tx: sent(tx, state))
    found = await store.read(lambda tx: tx.deliveries.reached(ROUND.day))
    assert {card.person for card in found} == reached
    assert {(card.round, card.send_at) for card in found} == {(ROUND.id, NOW)}
    later = ROUND.day + timedelta(days=1)
    assert await store.read(lambda tx: tx.deliveries.reached(later)) == []
    assert [r.id for r in await store.read(lambda tx: tx.rounds.since(ROUND.day))] == [ROUND.id]
    assert await store.read(lambda tx: tx.rounds.since(later)) == []


async def test_what_waits_is_taken_back_and_never_claimed(store: SqlStore) -> None:
    await store.run(lambda tx: sent(tx, "open"))
    assert await store.run(lambda tx: tx.deliveries.recall(ROUND.id)) == 1
    assert await store.run(lambda tx: tx.deliveries.recall(ROUND.id)) == 0
    assert await store.run(lambda tx: tx.deliveries.claim(NOW, "me", 9)) == []
    found = await store.read(lambda tx: tx.deliveries.of_round(ROUND.id))
    assert [d.state for d in found] == ["recalled", *STATES[1:]]


async def test_a_pulse_is_live_until_told_otherwise(store: SqlStore) -> None:
    await store.run(lambda tx: tx.pulses.put(WEEKLY))
    assert await store.read(lambda tx: tx.pulses.state(WEEKLY.id)) == "live"
    for state in ("paused", "archived"):
        await store.run(lambda tx, s=state: tx.pulses.set_state(WEEKLY.id, s))  # type: ignore[misc]
        assert await store.read(lambda tx: tx.pulses.states()) == {WEEKLY.id: state}
    await store.run(lambda tx: tx.pulses.set_state(WEEKLY.id, "live"))
    assert await store.read(lambda tx: tx.pulses.states()) == {}


async def test_a_wish_is_kept_until_it_is_taken_back(store: SqlStore) -> None:
    await store.run(lambda tx: tx.people.put([Person("ada@example.org", "Ada")]))
    ada = (await store.read(lambda tx: tx.people.all()))[0].id
    some = [Wish(ada, ""), Wish(ada, "it-weekly", TODAY)]
    for wish in (Wish(ada, "it-weekly"), *some):
        await store.run(lambda tx, w=wish: tx.wishes.put(w))  # type: ignore[misc]
    assert await store.read(lambda tx: tx.wishes.all()) == some
    assert await store.read(lambda tx: tx.wishes.of_person(ada)) == some
    assert await store.run(lambda tx: tx.wishes.drop_before(TODAY)) == 0
    assert await store.run(lambda tx: tx.wishes.drop_before(TODAY + timedelta(days=1))) == 1
    await store.run(lambda tx: tx.wishes.put(some[1]))
    assert await store.run(lambda tx: tx.wishes.drop(ada, "it-weekly"))
    assert await store.read(lambda tx: tx.wishes.all()) == some[:1]
    assert await store.run(lambda tx: tx.wishes.drop(ada, ""))
    assert not await store.run(lambda tx: tx.wishes.drop(ada, ""))


async def test_wishes_go_with_the_person(store: SqlStore) -> None:
    await store.run(lambda tx: tx.people.put([Person("ada@example.org", "Ada")]))
    ada = (await store.read(lambda tx: tx.people.all()))[0].id
    await store.run(lambda tx: tx.wishes.put(Wish(ada)))
    await store.run(lambda tx: tx.people.remove(ada))
    assert await store.read(lambda tx: tx.wishes.all()) == []


async def test_house_rules_are_kept_and_their_change_is_told(store: SqlStore) -> None:
    assert await store.read(rules_of) == HouseRules()
    fair = Blackout(TODAY, TODAY, "Fair")
    rules = HouseRules(country="DE", questions_a_week=2, blackouts=(fair,))
    changed = ["- questions_a_week = 3", '+ country = "DE"', "+ questions_a_week = 2"]
    changed += ["+ [[blackouts]]", '+ name = "Fair"', *(f'+ {k} = "{TODAY}"' for k in ENDS)]
    assert await store.run(lambda tx: set_rules(tx, rules, "ada@example.org", NOW)) == changed
    assert await store.run(lambda tx: set_rules(tx, rules, "ada@example.org", NOW)) == []
    assert await store.read(rules_of) == rules
    (line,) = await store.read(lambda tx: tx.audit.newest(9))
    assert line.what == (
        "house rules: public holidays: none → DE; questions a week: 3 → 2; "
        f"nobody is asked on {TODAY} (Fair)"
    )


async def test_what_was_seen_of_a_bank_goes_with_the_person(store: SqlStore) -> None:
    await store.run(lambda tx: tx.people.put([Person("a@example.com", "A", zone="Asia/Tokyo")]))
    await store.run(lambda tx: tx.people.set_seen("bank", {1: ("q2", "q1")}))
    await store.run(lambda tx: tx.people.set_seen("bank", {1: ("q1", "q2")}))
    assert await store.read(lambda tx: tx.people.seen("bank")) == {1: ("q1", "q2")}
    assert await store.read(lambda tx: tx.people.seen("other")) == {}
    await store.run(lambda tx: tx.people.remove(1))
    assert await store.read(lambda tx: tx.people.seen("bank")) == {}


async def test_who_lives_where_is_told_of_those_asked(store: SqlStore) -> None:
    people = [Person(f"p{n}@example.com", f"P {n}", country="DE") for n in (1, 2)]
    await store.run(lambda tx: tx.people.put(people))
    await store.run(lambda tx: tx.rounds.add(ROUND))
    await store.run(lambda tx: tx.deliveries.add([Delivery(ROUND.id, 2, NOW)]))
    assert await store.read(lambda tx: tx.deliveries.homes(ROUND.id)) == {2: Home("UTC", "DE")}
    assert await store.read(lambda tx: tx.deliveries.where(ROUND.id)) == {Home("UTC", "DE")}
    (kind,) = await store.read(lambda tx: tx.people.kinds())
    assert kind == Person("", "", country="DE")
    held = await store.read(lambda tx: tx.rounds.held())
    assert held == {ROUND.pulse: [Held(ROUND.day, opened=False)]}


async def test_whoever_is_to_be_told_is_taken_once_when_it_is_time(store: SqlStore) -> None:
    people = [Person(f"{name}@example.org", name) for name in ("Ada", "Ben")]
    await store.run(lambda tx: tx.people.put(people))
    ada, ben = (p.id for p in await store.read(lambda tx: tx.people.all()))
    later = NOW + timedelta(hours=1)
    both = [Announcement(ROUND.id, ada, later), Announcement(ROUND.id, ben, NOW)]
    await store.run(lambda tx: tx.announcements.add(both))
    assert await store.read(lambda tx: tx.announcements.next_at()) == NOW
    assert await store.run(lambda tx: tx.announcements.take(NOW)) == both[1]
    assert await store.run(lambda tx: tx.announcements.take(NOW)) is None
    await store.run(lambda tx: tx.people.remove(ada))
    assert await store.run(lambda tx: tx.announcements.take(later)) is None
    assert await store.read(lambda tx: tx.announcements.next_at()) is None
