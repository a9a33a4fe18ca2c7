"""`summary` from a year of releases, beside a bare select of the rows that it stands on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random
from typing import Final

from sqlalchemy import Connection, Select, Table, select

from benchmarks.crowd import FIRST, LONG, UNITS, Company, address, company, connection
from benchmarks.ground import Ground
from benchmarks.measure import Pair, heading, in_turns, say, times_bare
from bot.domain.ballot import Answer, Ballot
from bot.domain.counting import Count
from bot.domain.exports import summary_wire
from bot.domain.freeze import freeze
from bot.domain.publishing import release
from bot.domain.rounds import Round, round_id
from bot.domain.words import Heard
from bot.events import Commanded
from bot.ports import Transaction
from storage.tables import release_block, release_group, release_text, release_theme

WEEKS: Final = 52
PEOPLE: Final = 1_500
#: People who would write something in a week if all answered.
COMMENTS: Final = 100
#: Turns of a round's summary, and of a whole year's.
TURNS: Final = 40
YEARS: Final = 3

TABLES: Final = (release_block, release_group, release_text, release_theme)


async def run(ground: Ground) -> None:
    heading(f"SQLite: summary from {WEEKS} weekly rounds x {UNITS} units")
    with ground.sqlite() as site:
        async with company(site, PEOPLE, LONG) as asked:
            await _publish_a_year(asked)
            for unit in ("", "Unit 07"):
                await _measure(Reader(asked, unit), unit or "everybody")


async def _measure(reader: Reader, whose: str) -> None:
    for what, ours, bare, turns in (
        ("in chat, the newest round", reader.chat, reader.select_newest, TURNS),
        ("voices in chat", reader.voices, reader.select_newest, TURNS),
        ("as JSON, the newest round", reader.newest, reader.select_newest, TURNS),
        ("as JSON, the whole year", reader.year, reader.select_year, YEARS),
    ):
        await in_turns(range(2), ours, bare)
        _tell(f"{what}, {whose}", await in_turns(range(turns), ours, bare))


def _tell(what: str, pair: Pair) -> None:
    say(what, pair.ours.told(), times_bare(pair, "bare"))
    say("    bare select", pair.bare.told())


class Reader:
    """An IT lead who asks about a unit, or (empty) about everybody."""

    def __init__(self, asked: Company, unit: str) -> None:
        self._asked = asked
        self._unit = unit

    async def chat(self, _turn: int) -> None:
        await self._says("summary")

    async def voices(self, _turn: int) -> None:
        await self._says("voices")

    async def _says(self, word: str) -> None:
        who, at = address(self._asked.people[0]), self._asked.clock.now()
        reply = await self._asked.engine.handle(Commanded("", who, at, f"{word} {self._unit}"))
        assert reply.say, reply.refusal

    async def newest(self, _turn: int) -> None:
        await self._read(1)

    async def year(self, _turn: int) -> None:
        await self._read(WEEKS)

    async def select_newest(self, _turn: int) -> None:
        """And the one before it, against which it is compared."""
        await self._select(2)

    async def select_year(self, _turn: int) -> None:
        await self._select(WEEKS)

    async def _select(self, rounds: int) -> None:
        ids = [_round_id(week) for week in range(WEEKS - rounds, WEEKS)]
        statements = [_of(table, ids) for table in TABLES]
        await self._asked.store.read(lambda tx: _fetch(connection(tx), statements))

    async def _read(self, rounds: int) -> None:
        unit = self._unit or None
        wire = await self._asked.store.read(lambda tx: summary_wire(tx, LONG.id, unit, rounds))
        assert wire["questions"]


def _of(table: Table, rounds: list[str]) -> Select[tuple[object, ...]]:
    return select(table).where(table.c.round.in_(rounds))


def _fetch(connection: Connection, statements: list[Select[tuple[object, ...]]]) -> int:
    return sum(len(connection.execute(statement).all()) for statement in statements)


async def _publish_a_year(asked: Company) -> None:
    lead = asked.people[0].id
    await asked.store.run(lambda tx: tx.people.set_grants(lead, ["lead"]))
    chance = Random(7)
    for week in range(WEEKS):
        round = freeze(LONG, asked.people, FIRST + timedelta(weeks=week))
        count = _answers(asked, round, chance)
        await asked.store.run(partial(_publish, round=round, count=count))


def _answers(asked: Company, round: Round, chance: Random) -> Count:
    count = Count()
    for person in asked.people:
        if chance.random() < 0.6:
            score = chance.choice((1, 2, 3, 4, 4, 5))
            answers: dict[str, Answer] = {
                "overall": score,
                "why": ["speed"],
                "recommend": 2 * score,
            }
            if chance.random() < COMMENTS / PEOPLE:
                answers["words"] = "It was slow."
            count.add(round.plan, Ballot(person.place).answered(answers))
    return count


def _publish(tx: Transaction, round: Round, count: Count) -> None:
    found = release(round, count, lambda text: Heard(text, "negative", ("speed",)))
    assert found
    tx.rounds.add(replace(round, state="released", cleared=True))
    tx.releases.publish(found.round, found.blocks, found.groups, found.texts, found.themes)


def _round_id(week: int) -> str:
    return round_id(LONG.id, FIRST + timedelta(weeks=week))
