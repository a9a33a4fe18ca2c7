"""Asking again whoever asked for later, of 10,000: all ballots read, beside AES-GCM opening alone;
and, for comparison, all of them sealed again, as a reminder does, beside AES-GCM sealing."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import partial
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks.crowd import LONG, SHORT, Company, company
from benchmarks.ground import Ground, Site
from benchmarks.measure import Pair, heading, rate, say, times_bare
from bot.domain.ballot import NONCE, Ballot, Box
from bot.domain.pulse import Pulse
from bot.domain.rounds import Round
from bot.ports import Transaction
from schedules import ask_again, open_rounds
from schedules.sealing import seal_chunk

PEOPLE: Final = 10_000
#: Of a hundred people.
WISHING: Final = 2
#: Hours of the day after the card's own; the first warms up.
HOURS: Final = (3, 6, 24, 27)


async def run(ground: Ground) -> None:
    for pulse, size in ((SHORT, "512 bytes"), (LONG, "4 KiB")):
        for site in ground.both():
            heading(
                f"{site.name}: {PEOPLE:,} ballots of {size}, {WISHING} of 100 wish it each time"
            )
            await _measure(site, pulse)


async def _measure(site: Site, pulse: Pulse) -> None:
    reading, sealing = Pair(), Pair()
    async with company(site, PEOPLE, pulse) as asked:
        asked.week(0)
        await open_rounds.open_rounds(asked.rooms)
        (round,) = await asked.store.read(lambda tx: tx.rounds.of_pulse(pulse.id, "open"))
        hours = Hours(asked, round)
        for turn, hour in enumerate(HOURS):
            await hours.wish(hour)
            asked.clock.at = round.opens_at + timedelta(hours=hour)
            await (reading if turn else Pair()).take(hours.ask, hours.unseal, turn)
            await (sealing if turn else Pair()).take(hours.seal_again, hours.seal, turn)
    _tell("looked into, and written to who wished it", reading, "AES-GCM opening")
    _tell("all sealed again", sealing, "AES-GCM sealing")


def _tell(what: str, pair: Pair, bare: str) -> None:
    say(what, pair.ours.told(), rate(PEOPLE, pair.ours.p50, "ballots"), times_bare(pair, bare))


class Hours:
    """Of one round."""

    def __init__(self, asked: Company, round: Round) -> None:
        keys = asked.ring.get(round.id)
        assert keys
        self._asked, self._round = asked, round
        self._box = Box(round.id, keys, round.plan.size)
        self._cipher = AESGCM(secrets.token_bytes(32))
        self._sealed = [self._lock(secrets.token_bytes(16)) for _ in range(PEOPLE)]

    async def wish(self, hour: int) -> None:
        """Leaves the ballots as the presses of those who ask for later would."""
        at = self._round.opens_at + timedelta(hours=hour)
        step = 100 // WISHING
        people = [p for p in self._asked.people if p.id % step == hour % step]
        ballots = sorted(
            (tag, self._box.seal(tag, Ballot(p.place).put_off(at, self._round.opens_at)))
            for p in people
            if (tag := self._box.tag(p.id))
        )
        await self._asked.store.run(lambda tx: tx.ballots.put_many(self._round.id, ballots))

    async def ask(self, _turn: int) -> None:
        await ask_again.ask_round(self._asked.rooms, {"round": self._round.id})

    async def unseal(self, _turn: int) -> None:
        for tag, body in self._sealed:
            self._cipher.decrypt(body[:NONCE], body[NONCE:], tag)

    async def seal_again(self, _turn: int) -> None:
        last = b""
        while True:
            _, last = await self._asked.store.run(partial(_sealed, box=self._box, after=last))
            if not last:
                return

    async def seal(self, _turn: int) -> None:
        for tag, _ in self._sealed:
            self._lock(tag)

    def _lock(self, tag: bytes) -> tuple[bytes, bytes]:
        nonce = secrets.token_bytes(NONCE)
        return tag, nonce + self._cipher.encrypt(nonce, bytes(self._box.size), tag)


def _sealed(tx: Transaction, box: Box, after: bytes) -> tuple[list[Ballot], bytes]:
    return seal_chunk(tx, box, after)
