"""Whole worlds of people, pulses and house rules, and how their rounds would open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any, Final, NamedTuple

from hypothesis import strategies as st

from bot.agenda import Agenda
from bot.domain.bank import after, ids_of, in_round
from bot.domain.fatigue import Asked, Wish
from bot.domain.freeze import too_few
from bot.domain.house_rules import HouseRules
from bot.domain.people import Person
from bot.domain.pulse import Audience, Cadence, Pulse, Question, load_of
from bot.domain.rounds import Held
from bot.domain.slices import slots
from bot.domain.workdays import Blackout
from bot.timetable import Timetable, fitted

TUESDAY: Final = date(2026, 11, 24)
AHEAD: Final = timedelta(weeks=10)
BELIEF: Final = Question("belief", "agree", "I expect something good to change.")


def questions(number: int) -> tuple[Question, ...]:
    asked = tuple(Question(f"q{n}", "satisfaction", "How was it?") for n in range(number))
    return (*asked, BELIEF)


def statements(number: int) -> tuple[Question, ...]:
    return tuple(Question(f"b{n}", "agree", "IT listens.") for n in range(number))


def days_ago(days: int, questions: int = 3, **more: Any) -> Asked:
    return Asked(TUESDAY - timedelta(days=days), questions, **more)


class Sent(NamedTuple):
    """A card somebody was sent."""

    pulse: str
    asked: Asked
    #: Of the pulse's bank, and the bank then.
    some: frozenset[str]
    bank: frozenset[str]


def opened(world: Agenda) -> dict[int, list[Sent]]:
    """Person -> every card, where each round is opened as the clock opens it."""
    sent: dict[int, list[Sent]] = defaultdict(list)
    held = {pulse: list(rounds) for pulse, rounds in world.times.held.items()}
    seen: dict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
    # Whatever is open when this begins is over by its last day.
    asked = {who: [replace(a, open=False) for a in cards] for who, cards in world.asked.items()}
    now = replace(world, times=replace(world.times, held=held), seen=seen, asked=asked)
    for day, pulses in world.times.calendar(TUESDAY, TUESDAY + AHEAD):
        for pulse in sorted(pulses, key=now.times.waits_since):
            cards = dict(_cards(now, pulse, day))
            held[pulse.id].append(Held(day, bool(cards)))
            for who, card in cards.items():
                sent[who].append(card)
                asked.setdefault(who, []).append(card.asked)
    return sent


def _cards(now: Agenda, pulse: Pulse, day: date) -> Iterator[tuple[int, Sent]]:
    round = now.round(pulse, day)
    if round is None or too_few(round.plan):
        assert round or None not in now.why_not(pulse, day).values()
        return
    plan, walks = round.plan, now.seen[pulse.id]
    some = in_round(plan.questions, plan.bank)
    for person in now.invited(round):
        on = now.times.send_day(pulse, person.country, day)
        assert on
        walks[person.id] = after(walks.get(person.id, ()), some)  # type: ignore[index]
        load = load_of(plan.questions)
        card = Asked(on, load, plan.above_cap, until=plan.last_day, pulse=pulse.id)
        yield person.id, Sent(pulse.id, card, frozenset(some), frozenset(ids_of(pulse)))


@st.composite
def worlds(draw: st.DrawFn) -> Agenda:
    """A few people in several countries, or many like each of them, and pulses of every kind of
    schedule.
    """
    alike = draw(st.sampled_from([1, 1, 1, 10]))
    people = [
        replace(one, id=n * alike + again, email=f"p{n * alike + again}@example.org")
        for n, one in enumerate(draw(st.lists(persons(), min_size=1, max_size=5)))
        for again in range(1, alike + 1)
    ]
    rules = HouseRules(
        country=draw(st.sampled_from(["", "DE"])),
        blackouts=draw(
            st.sampled_from([(), (Blackout(date(2026, 12, 24), date(2027, 1, 1), "Quiet"),)])
        ),
        questions_a_week=draw(st.integers(1, 4)),
        cooldown_days=draw(st.sampled_from([0, 1, 6, 13])),
    )
    pulses = [fitted(draw(pulses_of(number)), rules) for number in range(draw(st.integers(1, 4)))]
    wishes = [Wish(1, draw(st.sampled_from(["", "pulse-0"])))] if draw(st.booleans()) else []
    times = Timetable({}, {}, {}, {}, rules)
    for pulse in pulses:
        audience = [person for person in people if pulse.audience.invites(person)]
        times = times.adding(pulse, audience, [Held(TUESDAY - timedelta(days=30))])
    return Agenda(
        everybody=people,
        times=times,
        slots={p.id: slots(people, {}) for p in pulses if p.rotation == "slices"},
        viewers=(),
        answered=(),
        wishes={1: wishes},
        asked={person.id: [days_ago(4, open=True)] for person in people[:1]},
    )


@st.composite
def persons(draw: st.DrawFn) -> Person:
    return Person(
        "p@example.org",
        "P",
        draw(st.sampled_from(["Legal", "Sales"])),
        zone=draw(st.sampled_from(["Europe/Berlin", "Asia/Kolkata", "America/New_York"])),
        country=draw(st.sampled_from(["", "DE", "US", "IL"])),
    )


@st.composite
def pulses_of(draw: st.DrawFn, number: int) -> Pulse:
    rule = draw(
        st.sampled_from(
            [
                "FREQ=DAILY",
                "FREQ=WEEKLY;BYDAY=TU",
                "FREQ=WEEKLY;BYDAY=MO,TH,SA",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
                "FREQ=MONTHLY;BYDAY=1WE",
                "DATES=20261130,20261201,20261224",
            ]
        )
    )
    bank = statements(draw(st.sampled_from([0, 0, 2, 3, 5])))
    return Pulse(
        id=f"pulse-{number}",
        title="How is IT?",
        questions=questions(draw(st.integers(0 if bank else 1, 6 - min(4, len(bank))))),
        bank=bank,
        rotate=draw(st.integers(1, min(4, len(bank)))) if bank else 0,
        audience=draw(st.sampled_from([Audience(everyone=True), Audience(units=("Legal",))])),
        cadence=Cadence(
            rule,
            TUESDAY + timedelta(days=draw(st.integers(0, 9))),
            time(10),
            draw(st.integers(1, 8)),
        ),
        manner=draw(st.sampled_from(["named", "named", "confidential"])),
        rotation=draw(st.sampled_from(["none", "slices"])),
    )
