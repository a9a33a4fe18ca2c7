"""What people do, as the engine hears it, and what it left in their ballots."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from bot.cards import Reply
from bot.domain.ballot import Ballot
from bot.domain.pulse import Question
from bot.events import Address, Pressed, Submitted
from bot.ports import Transaction
from bot.questions import KINDS
from bot.refs import Ref
from bot.turn import Shelf, Turn
from tests.faults.saying import ROUND
from tests.stories.company import WEEKLY, WHY, Company

#: A question of every kind, its id that of the kind.
EVERYTHING: Final = replace(
    WEEKLY,
    above_cap=True,
    questions=tuple(
        Question(kind, kind, f"A question of kind {kind}", options=WHY.options)
        if kind in ("choice", "several")
        else Question(kind, kind, f"A question of kind {kind}")
        for kind in sorted(KINDS)
    ),
)


def address(number: int) -> Address:
    """Of the n-th person hired."""
    return Address("simulator", "demo", f"u{number}")


async def press(
    company: Company, number: int, ref: Ref, value: object, event_id: str = ""
) -> Reply:
    now = company.house.clock.now()
    return await company.house.handle(Pressed(event_id, address(number), now, ref, value))


async def submit(
    company: Company, number: int, ref: Ref, values: dict[str, Any], event_id: str = ""
) -> Reply:
    now = company.house.clock.now()
    return await company.house.handle(Submitted(event_id, address(number), now, ref, values))


def answer(question: str, round: str = ROUND) -> Ref:
    return Ref("answer", round, question)


def refused(reply: Reply) -> bool:
    """Said why, in words; and a reply that refuses does nothing else."""
    said = [reply.refusal, *reply.errors.values()]
    sentences = [str(refusal).strip() for refusal in said if refusal]
    nothing_else = not (reply.say or reply.redraw or reply.open)
    return bool(sentences) and all(sentences) and nothing_else


async def ballot(company: Company, number: int, round: str = ROUND) -> Ballot:
    house = company.house

    def peek(tx: Transaction) -> Ballot:
        person = tx.people.by_address(address(number))
        assert person
        turn = Turn(tx, house.ring, person, house.clock.now(), Shelf())
        return turn.peek(turn.round(round)).ballot

    return await house.store.read(peek)
