"""Saying no to a round, or not now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot import compose
from bot.cards import Reply
from bot.domain.cadence import local_instant
from bot.domain.rounds import Round
from bot.events import Pressed, Submitted
from bot.turn import Turn


def decline(turn: Turn, event: Pressed | Submitted) -> Reply:
    """No reminder any more; it lies in the ballot, where nobody sees it."""
    sheet = turn.take(turn.round(event.ref.round))
    turn.seal(sheet, replace(sheet.ballot, declined=True))
    return Reply(redraw=compose.declined(sheet.round))


def later(turn: Turn, event: Pressed | Submitted) -> Reply:
    """Kept nowhere: the reminder comes anyway to whoever has not begun."""
    round = turn.peek(turn.round(event.ref.round)).round
    return Reply(redraw=compose.put_off(round, _next_reminder(turn, round)))


def _next_reminder(turn: Turn, round: Round) -> date | None:
    at, zone = round.plan.at, turn.person.zone
    mine = round.plan.reminded_on(turn.person.country)
    days = (day for day in mine if local_instant(day, at, zone) > turn.at)
    return next(days, None)
