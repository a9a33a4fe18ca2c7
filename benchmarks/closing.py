"""Closing rounds of 10,000 and 100,000, with and without a comment each, and what it needs.

Each in a program of its own, so that one's memory is not another's; beside AES-GCM opening alone.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import time
from pathlib import Path
from random import Random
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks.crowd import LONG, SHORT, Company, company
from benchmarks.ground import Ground
from benchmarks.measure import aim, heading, rate, say
from benchmarks.voice.sets import corpus
from bot.domain.ballot import NONCE, Answer, Ballot, Box
from bot.domain.freeze import freeze
from bot.domain.rounds import round_id
from schedules import close_rounds, open_rounds

SIZES: Final = (10_000, 100_000)
#: Of ten people.
ANSWERING: Final = 7
#: Ballots a second.
FEWEST: Final = {"scores": 20_000, "comments": 3_000}
CHUNK: Final = 1_000
#: Two of them are a comment, so that few write the same.
WORDS: Final = [row.text for writer in corpus().values() for row in writer if len(row.text) <= 50]


async def run(ground: Ground) -> None:
    """The ground is not used: every case brings its own."""
    del ground
    heading("SQLite: closing a round, and the memory it takes above what stood before")
    for what in FEWEST:
        for people in SIZES:
            found = await _in_a_program_of_its_own(people, what)
            took = found["seconds"]
            verdict = aim(people / took >= FEWEST[what], f"at least {FEWEST[what]:,}/s")
            memory = f"{found['mib']:.0f} MiB more at the peak"
            times = f"{took / found['bare']:.1f} x AES-GCM opening"
            say(f"{people:,} with {what}", rate(people, took, "ballots"), times, memory, verdict)


async def _in_a_program_of_its_own(people: int, what: str) -> dict[str, float]:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __spec__.name, str(people), what, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await child.communicate()
    found: dict[str, float] = json.loads(told)
    return found


async def _measure(people: int, what: str) -> dict[str, float]:
    pulse = LONG if what == "comments" else SHORT
    with Ground() as ground, ground.sqlite() as site:
        async with company(site, people, pulse) as asked:
            await open_rounds.open_rounds(asked.rooms)
            round = round_id(pulse.id, asked.clock.at.date())
            size = freeze(pulse, asked.people, asked.clock.at.date()).plan.size
            await _answer(asked, round, size, what == "comments")
            bare = _bare(people, size)
            asked.week(1)
            before = _peak_from_here()
            began = time.perf_counter()
            await close_rounds.close_rounds(asked.rooms)
            took = time.perf_counter() - began
            return {"seconds": took, "bare": bare, "mib": (_peak() - before) / 1_024}


async def _answer(asked: Company, round: str, size: int, with_words: bool) -> None:
    keys = asked.ring.get(round)
    assert keys
    box, chance = Box(round, keys, size), Random(7)
    answering = [p for p in asked.people if p.id % 10 < ANSWERING]
    for start in range(0, len(answering), CHUNK):
        ballots = []
        for person in answering[start : start + CHUNK]:
            answers: dict[str, Answer] = {"overall": chance.randint(1, 5), "why": ["speed"]}
            if with_words:
                words = " ".join(chance.choices(WORDS, k=2))
                answers |= {"recommend": chance.randint(0, 10), "words": words}
            tag = box.tag(person.id)
            ballots.append((tag, box.seal(tag, Ballot(person.place).answered(answers))))
        ballots.sort()
        await asked.store.run(lambda tx, ballots=ballots: tx.ballots.put_many(round, ballots))  # type: ignore[misc]


def _bare(people: int, size: int) -> float:
    cipher, nonce = AESGCM(secrets.token_bytes(32)), secrets.token_bytes(NONCE)
    body = cipher.encrypt(nonce, bytes(size), b"")
    began = time.perf_counter()
    for _ in range(people):
        cipher.decrypt(nonce, body, b"")
    return time.perf_counter() - began


def _peak_from_here() -> int:
    """KiB in use now; the kernel begins a new peak (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_measure(int(sys.argv[1]), sys.argv[2]))))
