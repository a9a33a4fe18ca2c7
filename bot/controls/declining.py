"""Saying no to a round, or not now. It lies in the ballot, where nobody sees it."""

from __future__ import annotations

from datetime import datetime

from bot import compose, compose_later
from bot.cards import Reply
from bot.compose_later import NOW
from bot.domain.people import Home
from bot.domain.rounds import Round
from bot.domain.snooze import instants, may_be, offers
from bot.errors import UnknownControl
from bot.events import Pressed, Submitted
from bot.turn import Sheet, Turn


def decline(turn: Turn, event: Pressed | Submitted) -> Reply:
    """They are not asked again."""
    sheet = turn.take(turn.round(event.ref.round))
    turn.seal(sheet, sheet.ballot.refused(turn.at))
    return Reply(redraw=compose.declined(sheet.round))


def later(turn: Turn, event: Pressed | Submitted) -> Reply:
    """Asks when, or keeps the time that was chosen."""
    round, chosen = turn.round(event.ref.round), event.ref.item
    if chosen in ("", NOW):
        return _choose(turn, turn.peek(round), is_now=chosen == NOW)
    at = _instant(chosen)
    sheet = turn.take(round)
    if sheet.ballot.begun or not _fits(turn, round, at):
        return _choose(turn, sheet)
    turn.seal(sheet, sheet.ballot.put_off(at, turn.at))
    card = compose_later.put_off(round, sheet.ballot.answers, at, turn.person.zone, turn.at)
    return Reply(redraw=card)


def _choose(turn: Turn, sheet: Sheet, is_now: bool = False) -> Reply:
    """Also where the card is so old that its times have come."""
    round, ballot = sheet.round, sheet.ballot
    if is_now:
        return Reply(redraw=compose.waiting(round, ballot.answers) or compose.thanks(round))
    if ballot.begun:
        return Reply(redraw=compose_later.going_on(round, ballot.answers))
    offered = offers(round, _home(turn), turn.at)
    return Reply(redraw=compose_later.choices(round, offered, turn.person.zone, turn.at))


def _fits(turn: Turn, round: Round, at: datetime) -> bool:
    return may_be(at, turn.at) and at in instants(round, _home(turn))


def _home(turn: Turn) -> Home:
    return Home(turn.person.zone, turn.person.country)


def _instant(wire: str) -> datetime:
    try:
        at = datetime.fromisoformat(wire)
    except ValueError:
        raise UnknownControl from None
    if at.tzinfo is None:
        raise UnknownControl
    return at
