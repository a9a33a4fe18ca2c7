"""One thing goes wrong: everything else goes on, and what failed is done when it can be."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.cards import Reply
from bot.domain.pulse import Audience
from bot.domain.rounds import Round
from bot.errors import Leaving, UnknownPerson
from bot.events import Address
from bot.ports import Platform, Receipt, Transaction
from bot.refs import Ref
from tests.faults.conftest import Open
from tests.faults.crashes import (
    BEFORE_CLOSING,
    CLOSES,
    DAY_AFTER,
    DAY_AFTER_OPENING,
    OPENS,
    check_delivered,
    check_released,
    deliveries,
    die,
    messages,
)
from tests.faults.dying import Crash
from tests.faults.events import answer, press
from tests.faults.ports import overhear, rewire
from tests.faults.saying import ROUND, say_something
from tests.stories.company import WEEKLY, Company, staff

pytestmark = pytest.mark.fault

ANSWERED = [f"p{number:03}@example.com" for number in range(1, 31)]
#: Of the same people on the same days.
OTHER = replace(WEEKLY, id="a-first", title="Another one", audience=Audience(units=("Legal",)))
OTHER_ROUND = "a-first@2026-11-24"


class Broken(Exception):
    """Something that nobody thought of."""


@pytest.mark.parametrize("moment", ["before people.addresses", "before deliveries.settle"])
async def test_cards_whose_sending_failed_in_between_are_seen_to_by_the_next_tick(
    company: Company, moment: str
) -> None:
    await company.hire(*staff(70))
    await company.ask(WEEKLY)
    failure = Failure(moment)
    overhear(company, failure)
    await company.at(OPENS)
    await company.house.metronome.run_due()
    assert failure.has_been
    await check_delivered(company)


async def test_a_platform_that_fails_over_one_card_does_not_keep_the_others(
    house: Open, tmp_path: Path, database_url: str
) -> None:
    async with house() as company:
        await company.hire(*staff(70))
        await company.ask(WEEKLY)
    die(tmp_path, database_url, Crash("after platform.deliver", 20), until=OPENS)
    async with house() as company:
        rewire(company, platform=FailsOver(company, "u7"))
        await company.house.metronome.run_due()
        states = {d.person: d.state for d in await deliveries(company)}
        assert list(states.values()).count("claimed") == 1
        assert messages(company) == {1: 70}
        rewire(company)
        await company.house.metronome.run_due()
        await check_delivered(company)


async def test_a_round_with_damaged_keys_does_not_keep_the_others(
    house: Open, tmp_path: Path
) -> None:
    async with house() as company:
        # Nobody has two rounds open, so they ask different people.
        await company.hire(*staff(40), *staff(40, "Legal", first=101))
        await company.ask(OTHER, replace(WEEKLY, audience=Audience(units=("Finance",))))
        await company.at(OPENS)
        for email in ANSWERED:
            await say_something(company, email.replace("p0", "p1"), OTHER_ROUND)
            await say_something(company, email)
    keys = tmp_path / "keys" / OTHER_ROUND
    whole = keys.read_bytes()
    keys.write_bytes(whole[:50])
    async with house() as company:
        await company.at(BEFORE_CLOSING)
        assert messages(company, ANSWERED) == {1: 30}
        await company.at(CLOSES)
        await check_released(company, ANSWERED)
        assert await state_of(company, OTHER_ROUND) in ("open", "closing")
    keys.write_bytes(whole)
    async with house() as company:
        await company.at(DAY_AFTER)
        assert await state_of(company, OTHER_ROUND) == "released"


async def test_everybody_is_told_of_a_lost_round_but_whom_the_platform_fails_over(
    house: Open,
) -> None:
    async with house() as company:
        await company.hire(*staff(40))
        await company.ask(WEEKLY)
        await company.at(OPENS)
        company.house.ring.destroy(ROUND)
        rewire(company, platform=FailsOver(company, "u7"))
        await company.at(BEFORE_CLOSING)
        assert await state_of(company, ROUND) == "lost"
        assert messages(company) == {2: 39, 1: 1}


@pytest.mark.parametrize("moment", ["after ballots.put_many", "before people.remove"])
async def test_a_forgetting_that_was_cut_off_is_finished_by_a_later_tick(
    company: Company, moment: str
) -> None:
    await company.hire(*staff(40))
    await company.ask(WEEKLY)
    await company.at(OPENS)
    for number in range(1, 31):
        await press(company, number, answer("overall"), number % 5 + 1)
    assert (await press(company, 1, Ref("forget"), None, "e")).redraw
    assert (await press(company, 1, Ref("forget"), None, "e")) == Reply()
    failure = Failure(moment)
    overhear(company, failure)
    await company.at(DAY_AFTER_OPENING)
    assert failure.has_been
    again = await press(company, 1, Ref("forget"), None, "f")
    assert isinstance(again.refusal, Leaving)
    await company.at(CLOSES)
    (found,) = await company.house.store.read(lambda tx: tx.releases.rounds("it-weekly"))
    assert (found.invited, found.answered) == (40, 29)
    again = await press(company, 1, Ref("forget"), None, "g")
    assert isinstance(again.refusal, UnknownPerson)
    said = await company.house.store.read(lambda tx: [line.what for line in tx.audit.newest(9)])
    assert len([what for what in said if "own wish" in what]) == 1


async def test_nobody_is_removed_while_a_ballot_of_theirs_cannot_be_emptied(
    house: Open, tmp_path: Path
) -> None:
    async with house() as company:
        await company.hire(*staff(40))
        await company.ask(WEEKLY)
        await company.at(OPENS)
        for email in ANSWERED:
            await say_something(company, email)
        # Their other ballot lies in the box for grumbles.
        (box,) = [r for r in await company.house.store.read(_open) if r.plan.box]
    keys = tmp_path / "keys" / box.id
    whole = keys.read_bytes()
    keys.write_bytes(whole[:50])
    async with house() as company:
        await press(company, 1, Ref("forget"), None, "e")
        await company.at(DAY_AFTER_OPENING)
        assert isinstance((await press(company, 1, Ref("forget"), None, "f")).refusal, Leaving)
    keys.write_bytes(whole)
    async with house() as company:
        await company.at(CLOSES)
        assert isinstance(
            (await press(company, 1, Ref("forget"), None, "g")).refusal, UnknownPerson
        )
        told = await company.house.store.read(partial(_answered, pulse=WEEKLY.id))
        assert told == [29]


def _open(tx: Transaction) -> list[Round]:
    return tx.rounds.in_state("open")


def _answered(tx: Transaction, pulse: str) -> list[int]:
    return [round.answered for round in tx.releases.rounds(pulse)]


async def state_of(company: Company, round: str) -> str | None:
    found = await company.house.store.read(lambda tx: tx.rounds.get(round))
    return found.state if found else None


class Failure:
    """Comes once: the first time that its moment is told."""

    def __init__(self, moment: str) -> None:
        self._moment, self.has_been = moment, False

    def __call__(self, told: str) -> None:
        if told == self._moment and not self.has_been:
            self.has_been = True
            raise Broken(told)


class FailsOver:
    """A platform that has trouble with one user, in a way that nobody has planned for."""

    def __init__(self, company: Company, user: str) -> None:
        self._inner: Platform = company.simulator
        self._user = user

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def deliver(self, to: Address, *given: Any) -> Receipt:
        if to.user == self._user:
            raise Broken
        return await self._inner.deliver(to, *given)

    async def was_delivered(self, to: Address, key: str) -> Receipt | None:
        if to.user == self._user:
            raise Broken
        return await self._inner.was_delivered(to, key)
