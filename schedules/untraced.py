"""Cards that go out again without a trace of to whom: no row, claim, receipt or log line."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime
from random import SystemRandom
from secrets import token_hex

from bot.cards import Card
from bot.domain.cadence import local_day
from bot.domain.people import Home
from bot.domain.rounds import Delivery, Round
from bot.events import Address
from bot.faults import told
from bot.ports import Transaction
from schedules.deliver import patiently, reachable
from schedules.rooms import Rooms

log = logging.getLogger("itpulse.untraced")


def listening(tx: Transaction, round: Round, now: datetime) -> dict[int, tuple[Delivery, Home]]:
    """Everybody asked in a round who may be written to: neither pausing, nor recalled, nor
    unwilling to be asked by anything or by this pulse."""
    homes = tx.deliveries.homes(round.id)
    unwilling = {
        wish.person
        for wish in tx.wishes.all()
        if wish.person in homes and wish.holds(round.pulse, local_day(now, homes[wish.person].zone))
    }
    hearing = homes.keys() - tx.pauses.running(now) - unwilling
    return {
        card.person: (card, homes[card.person])
        for card in tx.deliveries.of_round(round.id)
        if card.state != "recalled" and card.person in hearing
    }


async def write_to(rooms: Rooms, people: Collection[int], card: Card) -> None:
    """At most once, in random order."""
    if not people:
        return
    addresses = list((await reachable(rooms, list(people))).values())
    SystemRandom().shuffle(addresses)
    for to in addresses:
        await _write(rooms, to, card)


async def _write(rooms: Rooms, to: Address, card: Card) -> None:
    try:
        # A key nobody keeps: such a card is never looked for again.
        await patiently(rooms.platforms[to.platform], to, card, token_hex(16))
    except Exception as error:
        log.warning("a card was not sent again: %s", told(error))
