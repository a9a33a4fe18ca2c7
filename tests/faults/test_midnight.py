"""The keys under which events are remembered change at midnight; nobody is to notice."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta

import pytest

from bot.cards import Reply
from bot.engine import Engine
from bot.events import Submitted
from bot.refs import Ref
from tests.faults.crashes import OPENS
from tests.faults.events import address, answer, ballot
from tests.faults.ports import OverheardStore
from tests.faults.saying import ROUND
from tests.stories.company import WEEKLY, Company, staff

pytestmark = pytest.mark.fault

MIDNIGHT = datetime(2026, 11, 25, tzinfo=UTC)
MOMENT = timedelta(milliseconds=1)


def grumble(text: str, at: datetime) -> Submitted:
    """Words for the box, of which each event adds one more."""
    return Submitted("e", address(1), at, Ref("grumble", item="confidential"), {"text": text})


def score(value: int, at: datetime, name: str = "e") -> Submitted:
    return Submitted(name, address(1), at, Ref("answers", ROUND), {"overall": value})


async def test_an_event_said_again_after_midnight_has_no_second_effect(company: Company) -> None:
    await opened(company)
    handle = company.house.handle
    assert (await handle(score(4, MIDNIGHT - MOMENT))).redraw
    assert (await handle(score(2, MIDNIGHT + MOMENT, "another"))).redraw
    assert await handle(score(4, MIDNIGHT + MOMENT)) == Reply()
    assert await handle(score(4, MIDNIGHT + timedelta(hours=23))) == Reply()
    assert (await ballot(company, 1)).answers["overall"] == 2


async def test_an_event_of_after_midnight_is_remembered_as_any_other(company: Company) -> None:
    await opened(company)
    handle = company.house.handle
    assert (await handle(score(4, MIDNIGHT + MOMENT))).redraw
    assert (await handle(score(2, MIDNIGHT + MOMENT, "another"))).redraw
    assert await handle(score(4, MIDNIGHT + 2 * MOMENT)) == Reply()
    assert await handle(score(4, MIDNIGHT + timedelta(hours=36))) == Reply()
    assert (await ballot(company, 1)).answers["overall"] == 2


async def test_an_event_said_on_both_sides_of_midnight_at_once_has_one_effect(
    company: Company,
) -> None:
    await opened(company)
    both = Rendezvous()
    handles = [Engine(both.heard(company), company.house.ring).handle for _ in range(2)]
    replies = await asyncio.gather(
        handles[0](grumble("Before midnight.", MIDNIGHT - MOMENT)),
        handles[1](grumble("After midnight.", MIDNIGHT + MOMENT)),
    )
    assert sorted(bool(reply.redraw) for reply in replies) == [False, True]
    (box,) = await company.house.store.read(lambda tx: tx.rounds.of_pulse("grumbles"))
    assert len((await ballot(company, 1, box.id)).answers) == 1


async def opened(company: Company) -> None:
    await company.hire(*staff(20))
    await company.ask(WEEKLY)
    await company.at(OPENS)
    assert answer("overall").round == ROUND


class Rendezvous:
    """Lets a transaction that has left its mark wait a moment for another one that does too."""

    def __init__(self) -> None:
        self._met = threading.Barrier(2)

    def heard(self, company: Company) -> OverheardStore:
        return OverheardStore(company.house.store, self._told)

    def _told(self, what: str) -> None:
        if what == "after marks.add":
            try:
                self._met.wait(0.3)
            except threading.BrokenBarrierError:
                return
