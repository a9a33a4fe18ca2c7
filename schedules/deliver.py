"""Sends the first card of open rounds, each at the person's own local hour.

Claimed before the post, a receipt after it, and no transaction open in between. What a crash left
claimed is looked for on the platform; where that cannot tell, the card is not sent again: the
first reminder carries it whole.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from math import inf
from typing import Any, Final

from bot import compose
from bot.cards import Card
from bot.controls.forgetting import leaving
from bot.domain.rounds import Delivery, DeliveryState, delivery_key
from bot.errors import Ambiguous, Busy, Unreachable
from bot.events import Address
from bot.faults import told
from bot.ports import Platform, Receipt, Transaction
from bot.turn import Shelf
from bot.walks import walk_on
from schedules.rooms import Rooms

log = logging.getLogger("itpulse.deliver")

#: Deliveries a claim.
CHUNK: Final = 50
#: How long another worker may hold a claim before it counts as left behind.
LEFT_BEHIND: Final = timedelta(minutes=10)
#: Times one post is tried again in a row when the platform asks us to wait.
PATIENCE: Final = 5
#: Seconds. Asked to wait for longer, a worker would hold its claims too long, and keep other spaces
#: waiting: the cards of that space are given back until then.
LONGEST_NAP: Final = 2.0

JOB: Final = "deliver"
#: No worker's name.
NOBODY: Final = ""
NOT_CONNECTED: Final = "no account on any connected platform"
#: Who has asked to be forgotten stands nowhere as such: their cards wait, as if their platform had
#: asked for it, until they are gone.
PUT_OFF: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    delivery: Delivery
    state: DeliveryState
    receipt: str = ""
    why: str = ""
    #: Where it is waiting again: not to be taken up before.
    until: datetime | None = None


#: Person -> where they are written to, if anywhere. Who has asked to be forgotten is not in it.
Whereabouts = dict[int, Address | None]
#: Space -> until when it asked not to be written to.
Resting = dict[str, datetime]


async def deliver(rooms: Rooms) -> None:
    """The tick: asks for the job wherever something is due."""
    await rooms.dispatcher.defer(JOB, {}, lock=JOB)


def coming(tx: Transaction, _now: datetime) -> list[datetime]:
    due = tx.deliveries.next_due()
    return [due] if due else []


async def send_due(rooms: Rooms, _payload: Mapping[str, Any]) -> None:
    """The job: everything that is due now, chunk by chunk."""
    await _take_up_what_was_left(rooms)
    cards: dict[str, Card] = {}
    outcomes: list[Outcome] = []
    resting: Resting = {}
    while chunk := await rooms.store.run(partial(_next, rooms=rooms, outcomes=outcomes)):
        outcomes = await _send(rooms, chunk, cards, resting)


def _next(tx: Transaction, rooms: Rooms, outcomes: list[Outcome]) -> list[Delivery]:
    """Settles a chunk and claims another one."""
    _settle(tx, outcomes)
    return tx.deliveries.claim(rooms.clock.now(), rooms.worker, CHUNK)


async def _take_up_what_was_left(rooms: Rooms) -> None:
    before = None if rooms.alone else rooms.clock.now() - LEFT_BEHIND
    # Our own claims too: these jobs run one after the other, so a failure has left them.
    left = await rooms.store.read(lambda tx: tx.deliveries.claimed(NOBODY, before))
    if left:
        addresses = await _addresses(rooms, [delivery.person for delivery in left])
        outcomes = [await _look_for(rooms, delivery, addresses) for delivery in left]
        await rooms.store.run(lambda tx: _settle(tx, [o for o in outcomes if o]))


async def _look_for(rooms: Rooms, delivery: Delivery, addresses: Whereabouts) -> Outcome | None:
    """What became of a card that was claimed when we crashed; None is “ask again later”."""
    to = addresses.get(delivery.person)
    if to is None:
        return _to_nobody(rooms, delivery, addresses)
    key = delivery_key(delivery.round, delivery.person)
    try:
        receipt = await rooms.platforms[to.platform].was_delivered(to, key)
    except Busy:
        return None
    except Unreachable as error:
        return Outcome(delivery, "unreachable", why=str(error))
    except Ambiguous:
        return Outcome(delivery, "perhaps")
    except Exception as error:
        log.error("a card could not be looked for: %s", told(error))
        return None
    return Outcome(delivery, "sent", receipt.where) if receipt else Outcome(delivery, "waiting")


async def _send(
    rooms: Rooms, chunk: list[Delivery], cards: dict[str, Card], resting: Resting
) -> list[Outcome]:
    """`cards` are those drawn so far, by round; an open round never changes its own."""
    addresses = await _addresses(rooms, [delivery.person for delivery in chunk])
    if undrawn := {delivery.round for delivery in chunk} - cards.keys():
        cards |= await _cards(rooms, undrawn)
    gates = {a.space: asyncio.Semaphore(_pace(rooms, a)) for a in addresses.values() if a}

    async def one(delivery: Delivery) -> Outcome:
        to = addresses.get(delivery.person)
        if to is None:
            return _to_nobody(rooms, delivery, addresses)
        async with gates[to.space]:
            if until := resting.get(to.space):
                return Outcome(delivery, "waiting", until=until)
            outcome = await _post(rooms, to, cards[delivery.round], delivery)
            if outcome.until:
                resting[to.space] = outcome.until
            return outcome

    return await asyncio.gather(*(one(delivery) for delivery in chunk))


def _to_nobody(rooms: Rooms, delivery: Delivery, addresses: Whereabouts) -> Outcome:
    if delivery.person in addresses:
        return Outcome(delivery, "unreachable", why=NOT_CONNECTED)
    return Outcome(delivery, "waiting", until=rooms.clock.now() + PUT_OFF)


def _pace(rooms: Rooms, to: Address) -> int:
    return rooms.platforms[to.platform].pace(to.space).at_once


async def _post(rooms: Rooms, to: Address, card: Card, delivery: Delivery) -> Outcome:
    """One card to one person; whatever happens to it, its neighbours go on."""
    platform, key = rooms.platforms[to.platform], delivery_key(delivery.round, delivery.person)
    try:
        receipt = await patiently(platform, to, card, key, LONGEST_NAP)
    except Busy as busy:
        pause = timedelta(seconds=max(busy.retry_after, LONGEST_NAP))
        return Outcome(delivery, "waiting", until=rooms.clock.now() + pause)
    except Unreachable as error:
        return Outcome(delivery, "unreachable", why=str(error))
    except Ambiguous:
        return Outcome(delivery, "perhaps")
    except Exception as error:
        # It may have left the house before it failed, so it is not sent again.
        log.error("a card may not have been sent: %s", told(error))
        return Outcome(delivery, "perhaps")
    return Outcome(delivery, "sent", receipt.where)


async def patiently(
    platform: Platform, to: Address, card: Card, key: str, longest: float = inf
) -> Receipt:
    """A post that waits as long as it is asked to, a few times; then raises Busy itself, or at
    once where it is to wait for more than `longest` seconds."""
    for attempt in range(PATIENCE):
        try:
            return await platform.deliver(to, card, key)
        except Busy as busy:
            if attempt == PATIENCE - 1 or busy.retry_after > longest:
                raise
            await asyncio.sleep(busy.retry_after)
    raise AssertionError("the last attempt returns or raises")


async def _addresses(rooms: Rooms, people: list[int]) -> Whereabouts:
    """The first address of each on a platform that is connected."""
    known = await rooms.store.read(lambda tx: _addresses_of(tx, rooms, people))
    connected = {p: [a for a in all_ if a.platform in rooms.platforms] for p, all_ in known.items()}
    return {person: next(iter(addresses), None) for person, addresses in connected.items()}


async def reachable(rooms: Rooms, people: list[int]) -> dict[int, Address]:
    """Nothing more goes to whoever has asked to be forgotten."""
    found = await _addresses(rooms, people)
    return {person: to for person, to in found.items() if to}


def _addresses_of(tx: Transaction, rooms: Rooms, people: list[int]) -> dict[int, list[Address]]:
    gone = leaving(tx, rooms.ring, Shelf(), people)
    return tx.people.addresses([person for person in people if person not in gone])


async def _cards(rooms: Rooms, rounds: set[str]) -> dict[str, Card]:
    found = await rooms.store.read(lambda tx: [tx.rounds.get(round) for round in rounds])
    return {round.id: compose.opening(round) for round in found if round}


def _settle(tx: Transaction, outcomes: Sequence[Outcome]) -> None:
    for o in outcomes:
        if o.until:
            tx.deliveries.postpone(o.delivery.round, o.delivery.person, o.until)
            continue
        tx.deliveries.settle(o.delivery.round, o.delivery.person, o.state, o.receipt, o.why)
    seen = [o.delivery for o in outcomes if o.state in ("sent", "perhaps")]
    for round in sorted({card.round for card in seen}):
        walk_on(tx, round, [card.person for card in seen if card.round == round])
