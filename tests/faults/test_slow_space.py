"""A space that asks to wait keeps its own people waiting, and nobody else."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import Busy
from bot.events import Address
from bot.ports import Receipt, Transaction
from schedules.deliver import CHUNK
from tests.faults.crashes import OPENS, check_delivered, deliveries
from tests.faults.ports import rewire
from tests.stories.company import WEEKLY, Company, staff

pytestmark = pytest.mark.fault

#: So many in the slow space come first, for more than one claim.
SLOW = CHUNK + 20
PEOPLE = SLOW + 30
#: Seconds; longer than anybody would sleep with a claim in hand.
PAUSE = 1_200.0


class Slow:
    """A platform of two spaces, of which one asks to wait until somebody says that it is over."""

    def __init__(self, company: Company) -> None:
        self._inner = company.simulator
        self.is_over = False
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def deliver(self, to: Address, *given: Any) -> Receipt:
        if to.space == "slow" and not self.is_over:
            self.asked += 1
            raise Busy(PAUSE)
        here = Address(to.platform, "demo", to.user)
        return await self._inner.deliver(here, *given)


def _move(tx: Transaction) -> None:
    """The first ones into the slow space, where they are also reached first."""
    people = tx.people.all()[:SLOW]
    known = tx.people.addresses([person.id for person in people])
    tx.people.detach([address for person in people for address in known[person.id]])
    tx.people.attach({Address("simulator", "slow", known[p.id][0].user): p.email for p in people})


async def test_a_slow_space_holds_up_nobody_else_and_is_asked_again_when_it_said(
    company: Company,
) -> None:
    await company.hire(*staff(PEOPLE))
    await company.house.store.run(_move)
    await company.ask(WEEKLY)
    slow = Slow(company)
    rewire(company, platform=slow, alone=False)
    await company.at(OPENS)
    states = Counter(d.state for d in await deliveries(company))
    assert states == {"sent": PEOPLE - SLOW, "waiting": SLOW}
    # Those under way when the first heard it, and no more.
    assert 1 <= slow.asked <= slow.pace("slow").at_once
    before = slow.asked
    await company.house.metronome.run_due()
    assert slow.asked == before
    assert await company.house.store.read(lambda tx: tx.deliveries.claimed("", None)) == []
    slow.is_over = True
    await company.house.push(company.house.clock.now() + timedelta(seconds=PAUSE + 1))
    await check_delivered(company)
