"""How a house is made to die, and what must be true of a company however it died."""

from __future__ import annotations

import multiprocessing
import signal
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any, Final

from bot.domain.rounds import Delivery, Round
from bot.ports import Transaction
from tests.faults.dying import SAVED, Crash, live
from tests.faults.saying import ROUND, published, score
from tests.stories.company import Company

#: Forks from a process without threads or connections that has imported all that takes long.
PROCESSES: Final = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.faults.warm"])

#: The week of the story: everybody lives in UTC.
BEFORE: Final = "2026-11-24T09:00:00+00:00"
OPENS: Final = "2026-11-24T10:00:00+00:00"
#: Past midnight, when all ballots are sealed again.
DAY_AFTER_OPENING: Final = "2026-11-25T00:30:00+00:00"
REMINDS: Final = "2026-11-26T10:00:00+00:00"
BEFORE_CLOSING: Final = "2026-11-27T09:59:00+00:00"
CLOSES: Final = "2026-11-27T10:00:00+00:00"
DAY_AFTER: Final = "2026-11-28T10:00:00+00:00"


def die(
    folder: Path, database_url: str, crash: Crash, until: str, answering: Collection[str] = ()
) -> list[str]:
    """Plays a company in a process of its own until its death; who was told “saved” before it."""
    ended = play(live, folder, database_url, crash, until, answering)
    assert ended == -signal.SIGKILL, "it lived on"
    saved = folder / SAVED
    return saved.read_text().split() if saved.exists() else []


def play(life: Callable[..., None], *given: Any) -> int | None:
    """Runs something in a process of its own; how that ended."""
    process = PROCESSES.Process(target=life, args=given)
    process.start()
    process.join(60)
    ended = process.exitcode
    process.kill()
    return ended


async def rounds(company: Company) -> list[Round]:
    """Of the one pulse there is, newest first."""
    return await company.house.store.read(lambda tx: tx.rounds.of_pulse("it-weekly"))


async def deliveries(company: Company, round: str = ROUND) -> list[Delivery]:
    return await company.house.store.read(lambda tx: tx.deliveries.of_round(round))


async def check_opened(company: Company, invited: int, everybody: int = 0) -> None:
    """One round, open, with a ballot and a delivery for each of the first `invited` people."""
    (round,) = await rounds(company)
    assert (round.id, round.state, round.plan.invited) == (ROUND, "open", invited)
    asked = [delivery.person for delivery in await deliveries(company)]
    people = await company.house.store.read(lambda tx: tx.people.all())
    assert len(people) == (everybody or invited)
    assert asked == sorted(person.id for person in people)[:invited]
    assert await company.house.store.read(lambda tx: tx.ballots.count(ROUND)) == invited
    assert ROUND in set(company.house.ring.names())


async def check_delivered(company: Company) -> None:
    """Everybody has one card, and it is where its receipt says."""
    assert {d.state for d in await deliveries(company)} == {"sent"}
    assert messages(company) == {1: len(await deliveries(company))}
    receipts = sorted(d.receipt for d in await deliveries(company))
    chats = (company.simulator.chats.of(a.user) for a in company.simulator.accounts.all())
    assert receipts == sorted(message.id for chat in chats for message in chat)


def messages(company: Company, emails: Iterable[str] | None = None) -> Counter[int]:
    """Number of messages in a chat -> how many chats hold so many; everybody's, or some people's.

    An answered card is the same message, drawn anew.
    """
    wanted = None if emails is None else set(emails)
    return Counter(
        len(company.simulator.chats.of(account.user))
        for account in company.simulator.accounts.all()
        if wanted is None or account.email in wanted
    )


async def check_released(company: Company, answered: Collection[str]) -> None:
    """Each of these answers counted once, and nobody else's; nothing left to open a ballot with."""
    (round,) = await rounds(company)
    assert (round.state, round.cleared) == ("released", True)
    found = await company.house.store.read(_released)
    assert found["rounds"] == [(ROUND, len(answered))]
    assert found["overall"] == Counter(str(score(email)) for email in answered)
    assert found["comments"] == Counter(published(email) for email in answered)
    await check_cleared(company)


async def check_cleared(company: Company) -> None:
    assert ROUND not in set(company.house.ring.names())
    assert company.house.ring.get(ROUND) is None
    assert await company.house.store.read(lambda tx: tx.ballots.count(ROUND)) == 0


def _released(tx: Transaction) -> dict[str, object]:
    overall: Counter[str] = Counter()
    for block in tx.releases.blocks([ROUND]):
        if block.question == "overall":
            overall.update({step: count for step, count in block.hist.items() if count})
    return {
        "rounds": [(r.round, r.answered) for r in tx.releases.rounds("it-weekly")],
        "overall": overall,
        "comments": Counter(text.body for text in tx.releases.texts([ROUND])),
    }
