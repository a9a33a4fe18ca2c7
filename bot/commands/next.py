"""What is waiting for me?"""

from __future__ import annotations

from bot import compose
from bot.agenda import Agenda
from bot.cards import Card, Reply
from bot.commands.command import Command
from bot.controls.wishing import wishes_of
from bot.domain.cadence import local_day
from bot.domain.rounds import Round
from bot.errors import Refusal
from bot.load import next_card
from bot.turn import Turn


def run(turn: Turn, _rest: str) -> Reply:
    # The box for grumbles is always there, so it is nothing that waits.
    asked = [round for round in turn.tx.rounds.in_state("open") if not round.plan.box]
    cards = [card for round in asked if (card := _waiting(turn, round))]
    return Reply(say=tuple(cards) or (_later(turn),))


def _waiting(turn: Turn, round: Round) -> Card | None:
    try:
        answers = turn.peek(round).ballot.answers
    except Refusal:
        return None
    card = compose.waiting(round, answers)
    return card and compose.with_stop(card, round)


def _later(turn: Turn) -> Card:
    zone = turn.person.zone
    if until := turn.paused_until:
        return compose.paused(local_day(until, zone))
    if any(not wish.pulse for wish in wishes_of(turn.tx, turn.person.id, local_day(turn.at, zone))):
        return compose.asked_no_more("", "")
    agenda = Agenda.of_one(turn.tx, turn.person, turn.at)
    return compose.nothing_waits(next_card(agenda, local_day(turn.at, zone)))


COMMAND = Command("next", "what is waiting for you", run)
