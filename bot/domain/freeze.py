"""A pulse and its people become the round they will be: everything frozen before it opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from bot.domain.ballot import body_size
from bot.domain.bank import asking
from bot.domain.cadence import PLAIN, again_days, closes_at, last_day, opens_at, reminder_days
from bot.domain.people import Person
from bot.domain.pulse import FEWEST_INVITED, K, Pulse, Question, every_step
from bot.domain.rounds import Plan, Round, roll_of, round_id
from bot.domain.snooze import hours
from bot.domain.workdays import Workdays
from bot.questions import KINDS


def freeze(
    pulse: Pulse,
    invited: Collection[Person],
    day: date,
    viewers: Iterable[str] = (),
    notice: str = "",
    came_of: str = "",
    work: Workdays = PLAIN,
) -> Round:
    """The round of a date, still preparing. `invited` may not be empty.

    `viewers` are the e-mails of those who may read the answers if they carry names.
    """
    zones = {person.zone for person in invited}
    plan = plan_of(pulse, invited, day, work=work)
    if plan.manner == "named":
        plan = replace(plan, viewers=tuple(sorted(viewers)))
    return Round(
        id=round_id(pulse.id, day),
        pulse=pulse.id,
        version=pulse.version,
        day=day,
        opens_at=opens_at(pulse.cadence, day, zones),
        closes_at=closes_at(pulse.cadence, day, zones, work),
        state="preparing",
        plan=replace(plan, notice=notice, came_of=came_of),
    )


def plan_of(
    pulse: Pulse,
    invited: Collection[Person],
    day: date,
    box: bool = False,
    work: Workdays = PLAIN,
) -> Plan:
    places = Counter(person.place for person in invited)
    countries = {"", *(person.country for person in invited)}
    comments = sum(q.kind == "comment" for q, _ in every_step(pulse.questions))
    return Plan(
        title=pulse.title,
        manner=pulse.manner,
        smallest_group=max(K, pulse.smallest_group),
        questions=pulse.questions,
        size=body_size(_worst_answers(pulse.questions), places, comments),
        places=places,
        at=pulse.cadence.at,
        reminder_days={
            country: tuple(reminder_days(pulse.cadence, day, work, country))
            for country in countries
        },
        last_day=last_day(pulse.cadence, day, work),
        roll=roll_of(invited),
        box=box,
        above_cap=pulse.above_cap,
        bank=tuple(question.id for question in pulse.bank),
        again_days={
            country: tuple(again_days(pulse.cadence, day, work, country)) for country in countries
        },
        again_at=() if box else hours(pulse.cadence.at, work.evening),
    )


def too_few(plan: Plan) -> bool:
    """A confidential round of so few would say too much about each."""
    return plan.manner == "confidential" and not plan.box and plan.invited < FEWEST_INVITED


def at_its_longest(pulse: Pulse) -> Pulse:
    """The same where a round asks those of its bank whose answers take most room."""
    longest = sorted(pulse.bank, key=lambda question: -_worst_answers((question,)))
    return asking(pulse, longest[: pulse.rotate])


def _worst_answers(questions: tuple[Question, ...]) -> int:
    """Bytes of the longest JSON the answers can make: `"id":value,` each."""
    return sum(len(q.id) + 4 + KINDS[q.kind].worst(q) for q, _ in every_step(questions))
