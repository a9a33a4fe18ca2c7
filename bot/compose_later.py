"""Cards about being asked later: when, and that it can be answered now all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot import compose, wording, wording_later
from bot.cards import Buttons, Card, Fineprint, Heading, Part, Prose
from bot.domain.ballot import Answers
from bot.domain.cadence import local_day
from bot.domain.dialogue import waiting_for
from bot.domain.rounds import Round
from bot.domain.snooze import Offer

#: What a button carries instead of a time.
NOW: Final = "now"


def choices(round: Round, offers: Sequence[Offer], zone: str, now: datetime) -> Card:
    """The times that fit; where none does, why."""
    until = compose.until(round.plan)
    said = wording_later.WHEN_AGAIN if offers else wording_later.no_time(until)
    times = [
        compose.later(round, _label(offer, zone, local_day(now, zone)), offer.at.isoformat())
        for offer in offers
    ]
    parts: list[Part] = [Heading(round.plan.title), Prose(said)]
    if times:
        parts += [Buttons(tuple(times)), Fineprint(wording_later.times_that_fit(until))]
    instead = compose.later(round, wording.ANSWER_NOW, NOW), compose.decline(round)
    return Card(said, (*parts, Buttons(instead)))


def put_off(round: Round, answers: Answers, at: datetime, zone: str, now: datetime) -> Card:
    """With the question, so that it can be answered now."""
    is_today = local_day(at, zone) == local_day(now, zone)
    when = f"today at {wording.clock(at, zone)}" if is_today else f"on {_moment(at, zone)}"
    said = wording_later.put_off(when)
    parts: list[Part] = [Heading(round.plan.title), Prose(said)]
    if step := waiting_for(round.plan.questions, answers):
        parts += [Prose(compose.promise(round.plan)), *compose.asked(round, compose.anew(step))]
    another = compose.later(round, wording_later.ANOTHER_TIME)
    return Card(said, (*parts, Buttons((another, compose.decline(round)))))


def going_on(round: Round, answers: Answers) -> Card:
    """Whoever has begun is not asked again, whenever they say they would like to be."""
    card = compose.waiting(round, answers)
    if card is None:
        return compose.thanks(round)
    said = wording_later.begun(compose.until(round.plan))
    return Card(said, (Prose(said), *card.parts))


def _label(offer: Offer, zone: str, today: date) -> str:
    day, hour = local_day(offer.at, zone), wording.clock(offer.at, zone)
    if day == today:
        return f"Later today, {hour}"
    return f"Tomorrow, {hour}" if (day - today).days == 1 else wording.moment(offer.at, zone)


def _moment(at: datetime, zone: str) -> str:
    return f"{wording.day(local_day(at, zone))} at {wording.clock(at, zone)}"
