"""Opening, sending and closing a round of 10,000, beside AES-GCM alone and bare updates."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, TypeVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import bindparam, update

from benchmarks.crowd import LONG, SHORT, Company, company, connection
from benchmarks.ground import Ground, Site
from benchmarks.measure import Pair, aim, heading, rate, say, times_bare
from bot.domain.ballot import NONCE, Answer, Ballot, Box
from bot.domain.freeze import freeze
from bot.domain.people import Person
from bot.domain.pulse import Pulse
from bot.domain.rounds import round_id
from bot.ports import Transaction
from schedules import close_rounds, deliver, open_rounds
from storage.tables import delivery

T = TypeVar("T")

PEOPLE: Final = 10_000
#: A round each, after one that warms up.
WEEKS: Final = 5
#: Of ten people.
ANSWERING: Final = 7
#: Ballots a second, opened and closed.
FEWEST: Final = 10_000

UPDATE: Final = (
    update(delivery)
    .where(delivery.c.round == bindparam("of"), delivery.c.person == bindparam("to"))
    .values(why=bindparam("because"))
)


async def run(ground: Ground) -> None:
    for pulse, size in ((SHORT, "512 bytes"), (LONG, "4 KiB")):
        for site in ground.both():
            size_and_share = f"{size} a ballot, {ANSWERING} of 10 answer"
            heading(f"{site.name}: a round of {PEOPLE:,}, {size_and_share}")
            await _measure(site, pulse)


async def _measure(site: Site, pulse: Pulse) -> None:
    opening, sending, closing = Pair(), Pair(), Pair()
    async with company(site, PEOPLE, pulse) as asked:
        season = Season(asked, pulse)
        await season.week(0, Pair(), Pair(), Pair())
        for number in range(1, WEEKS + 1):
            await season.week(number, opening, sending, closing)
    _tell("opened", opening, "AES-GCM sealing", *_verdict(pulse, opening))
    _tell("sent by a silent platform", sending, "two bare updates")
    _tell("closed and cleared", closing, "AES-GCM opening", *_verdict(pulse, closing))


def _tell(what: str, pair: Pair, bare: str, *verdict: str) -> None:
    say(what, rate(PEOPLE, pair.ours.p50, "ballots"), times_bare(pair, bare), *verdict)
    say(f"    {bare}", rate(PEOPLE, pair.bare.p50, "ballots"))


def _verdict(pulse: Pulse, pair: Pair) -> list[str]:
    """Nothing is aimed at for the large ballots that comments need."""
    kept = PEOPLE / pair.ours.p50 >= FEWEST
    return [aim(kept, f"at least {FEWEST:,}/s")] if pulse is SHORT else []


class Season:
    """The weekly rounds of a pulse."""

    def __init__(self, asked: Company, pulse: Pulse) -> None:
        self._asked = asked
        self._pulse = pulse.id
        self._size = freeze(pulse, asked.people, asked.clock.at.date()).plan.size
        self._cipher = AESGCM(secrets.token_bytes(32))
        self._sealed = [self._lock(secrets.token_bytes(16)) for _ in range(PEOPLE)]

    async def week(self, number: int, opening: Pair, sending: Pair, closing: Pair) -> None:
        """From a round's opening hour to the next one's."""
        self._asked.week(number)
        self._round = round_id(self._pulse, self._asked.clock.at.date())
        await opening.take(self._open, self._seal, number)
        await sending.take(self._send, self._update, number)
        await self._answer()
        self._asked.week(number + 1)
        await closing.take(self._close, self._unseal, number)

    async def _open(self, _turn: int) -> None:
        await open_rounds.open_rounds(self._asked.rooms)

    async def _seal(self, _turn: int) -> None:
        for tag, _ in self._sealed:
            self._lock(tag)

    async def _send(self, _turn: int) -> None:
        await deliver.send_due(self._asked.rooms, {})

    async def _update(self, _turn: int) -> None:
        """Each delivery twice, in transactions of as many as are claimed together."""
        for because in ("claimed", ""):
            for people in _chunks(self._asked.people, deliver.CHUNK):
                rows = [{"of": self._round, "to": p.id, "because": because} for p in people]
                await self._asked.store.run(partial(_updated, rows=rows))

    async def _close(self, _turn: int) -> None:
        await close_rounds.close_rounds(self._asked.rooms)

    async def _unseal(self, _turn: int) -> None:
        for tag, body in self._sealed:
            self._cipher.decrypt(body[:NONCE], body[NONCE:], tag)

    async def _answer(self) -> None:
        """Leaves the ballots as the presses of those who answer would."""
        keys = self._asked.ring.get(self._round)
        assert keys
        box = Box(self._round, keys, self._size)
        answering = [person for person in self._asked.people if person.id % 10 < ANSWERING]
        for people in _chunks(answering, 500):
            ballots = sorted(_answered(box, person) for person in people)
            await self._asked.store.run(partial(_put, round=self._round, ballots=ballots))

    def _lock(self, tag: bytes) -> tuple[bytes, bytes]:
        nonce = secrets.token_bytes(NONCE)
        return tag, nonce + self._cipher.encrypt(nonce, bytes(self._size), tag)


def _answered(box: Box, person: Person) -> tuple[bytes, bytes]:
    tag = box.tag(person.id)
    answers: dict[str, Answer] = {
        "overall": person.id % 5 + 1,
        "why": ["speed", "help"][: person.id % 3],
    }
    return tag, box.seal(tag, Ballot(person.place).answered(answers))


def _updated(tx: Transaction, rows: list[dict[str, int | str]]) -> None:
    connection(tx).execute(UPDATE, rows)


def _put(tx: Transaction, round: str, ballots: list[tuple[bytes, bytes]]) -> None:
    tx.ballots.put_many(round, ballots)


def _chunks(many: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (many[start : start + size] for start in range(0, len(many), size))
