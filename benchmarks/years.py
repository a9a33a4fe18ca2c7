"""`summary` and `trend` from five years of weekly releases for 200 units, on SQLite."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random
from typing import Final

from benchmarks.crowd import FIRST, LONG, Company, address, company
from benchmarks.ground import Ground
from benchmarks.measure import Times, aim, heading, say
from bot.domain.ballot import Answer, Ballot
from bot.domain.counting import Count
from bot.domain.freeze import freeze
from bot.domain.people import Person
from bot.domain.publishing import Release, release
from bot.domain.rounds import Round, round_id
from bot.domain.words import Heard
from bot.events import Commanded
from bot.ports import Transaction

WEEKS: Final = 260
UNITS: Final = 200
PEOPLE: Final = 4_000
TURNS: Final = 200
#: Seconds.
LONGEST: Final = 0.010


async def run(ground: Ground) -> None:
    heading(f"SQLite: {WEEKS} weekly releases for {UNITS} units")
    with ground.sqlite() as site:
        async with company(site, PEOPLE, LONG) as asked:
            people = [_moved(person) for person in asked.people]
            await asked.store.run(lambda tx: tx.people.put(people))
            await asked.store.run(lambda tx: tx.people.set_grants(people[0].id, ["lead"]))
            await _publish(asked, people)
            gc.freeze()  # as `itpulse serve` does when all is loaded
            for words in ("summary", "summary Unit 007", "trend Unit 007"):
                await _measure(asked, words)
    gc.unfreeze()


def _moved(person: Person) -> Person:
    unit = person.id % UNITS
    return replace(person, unit=f"Unit {unit:03}", division=f"Division {unit % 10}")


async def _measure(asked: Company, words: str) -> None:
    times = Times()

    async def ask(_turn: int) -> None:
        who, at = address(asked.people[0]), asked.clock.now()
        reply = await asked.engine.handle(Commanded("", who, at, words))
        assert reply.say, reply.refusal

    for turn in range(TURNS + 5):
        await (times if turn >= 5 else Times()).take(ask, turn)
    verdict = aim(times.p99 <= LONGEST, "p99 at most 10 ms") if words.startswith("summary") else ""
    say(words, times.told(), verdict)


async def _publish(asked: Company, people: list[Person]) -> None:
    """One release under the name of every week: reading does not mind that they are alike."""
    frozen = freeze(LONG, people, FIRST)
    found = release(frozen, _count(frozen, people), lambda t: Heard(t, "negative", ("network",)))
    assert found
    for week in range(WEEKS):
        day = FIRST + timedelta(weeks=week)
        round = replace(frozen, id=round_id(LONG.id, day), day=day, state="released", cleared=True)
        await asked.store.run(partial(_publish_week, round=round, found=found, week=week))


def _publish_week(tx: Transaction, round: Round, found: Release, week: int) -> None:
    tx.rounds.add(round)
    tx.releases.publish(
        replace(found.round, round=round.id, opens_on=round.day, closes_on=round.day),
        [replace(block, round=round.id) for block in found.blocks],
        [replace(group, round=round.id) for group in found.groups],
        [replace(text, round=round.id, id=f"{week:04}{text.id[4:]}") for text in found.texts],
        [replace(theme, round=round.id) for theme in found.themes],
    )


def _count(round: Round, people: list[Person]) -> Count:
    count, chance = Count(), Random(7)
    for person in people:
        if chance.random() < 0.6:
            score = chance.choice((1, 2, 3, 4, 4, 5))
            answers: dict[str, Answer] = {
                "overall": score,
                "why": ["speed"],
                "recommend": 2 * score,
            }
            if chance.random() < 0.03:
                answers["words"] = "The VPN was slow."
            count.add(round.plan, Ballot(person.place).answered(answers))
    return count
