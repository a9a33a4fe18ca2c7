"""A press through the engine, beside one row inserted by the same thread and connection."""

from __future__ import annotations

import secrets
from typing import Final

from sqlalchemy import Column, LargeBinary, MetaData, Table, insert

from benchmarks.crowd import LONG, Company, address, company, connection
from benchmarks.ground import Ground, Site
from benchmarks.measure import Pair, Times, aim, at_once, heading, in_turns, rate, say, times_bare
from bot.domain.rounds import round_id
from bot.events import Pressed
from bot.refs import Ref
from schedules.open_rounds import open_rounds

#: Turns of one press and one insert, after some that only warm up.
TURNS: Final = 1_000
WARM_UP: Final = 100
#: Presses under way at any moment, in so many batches of so many presses.
AT_ONCE: Final = 16
BATCHES: Final = 10
BATCH: Final = 160
PEOPLE: Final = WARM_UP + TURNS + BATCHES * BATCH
#: What a press may cost, in bare inserts.
MOST: Final = 3.0

ROW: Final = Table(
    "bare", MetaData(), Column("id", LargeBinary, primary_key=True), sqlite_with_rowid=False
)
INSERT: Final = insert(ROW)


class Crowd:
    """People of an open round, each pressing for themselves; a turn is a person's number."""

    def __init__(self, company: Company, round: str) -> None:
        self._company = company
        self._round = round

    async def score(self, turn: int) -> None:
        await self._press(turn, "overall", 3)

    async def why(self, turn: int) -> None:
        await self._press(turn, "why", ["speed"])

    async def insert(self, _turn: int) -> None:
        row = {"id": secrets.token_bytes(16)}
        await self._company.store.run(lambda tx: connection(tx).execute(INSERT, row))

    async def _press(self, turn: int, question: str, value: object) -> None:
        event = Pressed(
            id=f"{question}-{turn}",
            who=address(self._company.people[turn]),
            at=self._company.clock.now(),
            ref=Ref("answer", self._round, question),
            value=value,
        )
        reply = await self._company.engine.handle(event)
        assert reply.redraw, reply.refusal


async def run(ground: Ground) -> None:
    for site in ground.both():
        heading(f"{site.name}: a press (a ballot of 4 KiB) and a bare insert of one row")
        await _measure(site)


async def _measure(site: Site) -> None:
    async with company(site, PEOPLE, LONG) as asked:
        await open_rounds(asked.rooms)
        await asked.store.run(lambda tx: ROW.create(connection(tx)))
        crowd = Crowd(asked, round_id(LONG.id, asked.clock.at.date()))
        await in_turns(range(WARM_UP), crowd.score, crowd.insert)
        turns = range(WARM_UP, WARM_UP + TURNS)
        _tell("somebody's first press", await in_turns(turns, crowd.score, crowd.insert))
        _tell("their next press", await in_turns(turns, crowd.why, crowd.insert))
        await _many(crowd)


def _tell(what: str, pair: Pair) -> None:
    say(what, rate(1, pair.ours.p50, "presses"), pair.ours.told(), *_verdict(pair))
    say("    bare insert", rate(1, pair.bare.p50, "inserts"), pair.bare.told())


async def _many(crowd: Crowd) -> None:
    """First presses only, so many under way at any moment."""
    pressed, inserted = Times(), Times()

    async def presses(batch: int) -> None:
        pressed.seconds += (await at_once(AT_ONCE, crowd.score, _turns(batch))).seconds

    async def inserts(batch: int) -> None:
        inserted.seconds += (await at_once(AT_ONCE, crowd.insert, _turns(batch))).seconds

    pair = await in_turns(range(BATCHES), presses, inserts)
    what = f"first presses, {AT_ONCE} at once"
    say(what, rate(BATCH, pair.ours.p50, "presses"), pressed.told(), *_verdict(pair))
    say("    bare insert", rate(BATCH, pair.bare.p50, "inserts"), inserted.told())


def _turns(batch: int) -> range:
    start = WARM_UP + TURNS + batch * BATCH
    return range(start, start + BATCH)


def _verdict(pair: Pair) -> tuple[str, str]:
    return times_bare(pair, "bare"), aim(pair.ratio <= MOST, f"at most {MOST:g}")
