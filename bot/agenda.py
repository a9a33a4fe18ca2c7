"""What is to be asked of whom, as the tables stand now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from bot import wording
from bot.domain import grumbles
from bot.domain.bank import Seen, chosen, ids_of, in_round, may_be_asked
from bot.domain.cadence import local_day
from bot.domain.fatigue import LOOK_BACK, Asked, Reason, Wish, spared
from bot.domain.freeze import freeze
from bot.domain.people import Person
from bot.domain.pulse import Pulse, load_of
from bot.domain.rounds import Round
from bot.domain.slices import slots, turn
from bot.ports import Transaction
from bot.results import came_of
from bot.timetable import Timetable, fitted

#: For how long the next cards say that IT has answered comments.
NOTICE: Final = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Agenda:
    everybody: Sequence[Person]
    times: Timetable
    #: Person -> the round of a cycle they are asked in, of each pulse that rotates.
    slots: Mapping[str, Mapping[int, int]]
    viewers: tuple[str, ...]
    #: Rounds whose comments IT has answered of late.
    answered: tuple[str, ...]
    wishes: Mapping[int, list[Wish]]
    #: Person -> the first cards they were sent of late.
    asked: Mapping[int, list[Asked]]
    #: Person -> what they have seen of the bank, of each pulse that has one.
    seen: Mapping[str, Mapping[int, Seen]] = field(default_factory=dict)
    #: What came of the last round, of each pulse whose next one is opened now.
    came_of: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, tx: Transaction, now: datetime) -> Agenda:
        """Everything an opening needs."""
        everybody, times = tx.people.all(), Timetable.of(tx)
        pulses = times.pulses.values()
        wishes: dict[int, list[Wish]] = {}
        for wish in tx.wishes.all():
            wishes.setdefault(wish.person, []).append(wish)
        agenda = cls(
            everybody=everybody,
            times=times,
            slots={p.id: _slots(tx, p, everybody) for p in pulses if p.rotation == "slices"},
            seen={p.id: tx.people.seen(p.id) for p in pulses if p.bank},
            viewers=tuple(
                p.email for p in everybody if p.grants & {"admin", "lead"} and not p.sees_only
            ),
            answered=tuple(tx.threads.answered(now.date())),
            wishes=wishes,
            asked=asked_since(tx, everybody, now.date() - LOOK_BACK),
        )
        told = {pulse: came_of(tx, pulse) for pulse in agenda.opening(tx, now)}
        return replace(agenda, came_of=told)

    @classmethod
    def of_one(cls, tx: Transaction, person: Person, now: datetime) -> Agenda:
        """As if nobody else were there to be asked."""
        times = Timetable.of(tx)
        rotating = [p.id for p in times.pulses.values() if p.rotation == "slices"]
        slots = {pulse: tx.people.slots(pulse) for pulse in rotating}
        return cls(
            everybody=[person],
            times=times,
            # Whoever has no turn yet may be given any.
            slots={pulse: given for pulse, given in slots.items() if person.id in given},
            viewers=(),
            answered=(),
            wishes={person.id: tx.wishes.of_person(person.id)},
            asked=asked_since(tx, [person], now.date() - LOOK_BACK, person.id),
        )

    def opening(self, tx: Transaction, now: datetime) -> set[str]:
        """Confidential pulses whose next round is opened now."""
        found = {pulse.id for pulse, _ in self.times.due(now)}
        found |= {round.pulse for round in tx.rounds.in_state("preparing")} & self.pulses.keys()
        return {pulse for pulse in found if self.pulses[pulse].manner == "confidential"}

    @property
    def pulses(self) -> Mapping[str, Pulse]:
        return self.times.pulses

    def round(self, pulse: Pulse, day: date) -> Round | None:
        """None where nobody can be asked."""
        pulse, people = self._asks(pulse, day)
        if not people:
            return None
        told = self._notice(day), self.came_of.get(pulse.id, "")
        return freeze(pulse, people, day, self.viewers, *told, self.times.work[pulse.id])

    def empty(self, pulse: Pulse, day: date) -> Round:
        """The round of a date on which nobody can be asked."""
        return freeze(pulse, self.audience(pulse), day, work=self.times.work[pulse.id])

    def again(self, round: Round) -> Round | None:
        """What a half-prepared round would be now; None where nobody would be asked."""
        if round.plan.box:
            return grumbles.box(self.everybody, round.opens_at) if self.everybody else None
        pulse = self.pulses.get(round.pulse)
        return self.round(pulse, round.day) if pulse else None

    def invited(self, round: Round) -> list[Person]:
        if round.plan.box:
            return list(self.everybody)
        return self._asks(self.pulses[round.pulse], round.day)[1]

    def why_not(self, pulse: Pulse, day: date) -> dict[int, Reason | None]:
        """Everybody whose turn it is -> why they are not asked; None for those who are."""
        countries = {person.country for person in self.audience(pulse)}
        sent = {country: self.times.send_day(pulse, country, day) for country in countries}
        load = pulse.load
        found: dict[int, Reason | None] = {}
        for person in self._whose_turn(pulse, day):
            history, wishes = self.asked.get(person.id), self.wishes.get(person.id, ())
            on = sent[person.country]
            if any(wish.holds(pulse.id, day) for wish in wishes):
                found[person.id] = "wish"
            elif on is None:
                found[person.id] = "away"
            else:
                found[person.id] = (
                    spared(history, on, load, self.times.rules, pulse.id) if history else None
                )
        return found

    def considering(self, tx: Transaction, pulse: Pulse) -> Agenda:
        """The same with a pulse that is not stored, or not so; an admin's yes is taken as given."""
        pulse = fitted(pulse, self.times.rules)
        held = tx.rounds.held().get(pulse.id, ())
        found = replace(
            self,
            times=self.times.adding(pulse, self.audience(pulse), held),
            seen={**self.seen, pulse.id: tx.people.seen(pulse.id)} if pulse.bank else self.seen,
        )
        if pulse.rotation == "none":
            return found
        turns = _slots(tx, pulse, self.everybody)
        return replace(found, slots={**self.slots, pulse.id: turns})

    def _asks(self, pulse: Pulse, day: date) -> tuple[Pulse, list[Person]]:
        """With the questions of this round, and whom it asks."""
        why_not = self.why_not(pulse, day)
        people = [p for p in self.everybody if p.id in why_not and why_not[p.id] is None]
        return self.in_step(pulse, people)

    def in_step(
        self, pulse: Pulse, people: list[Person], many: Mapping[int, int] | None = None
    ) -> tuple[Pulse, list[Person]]:
        """With the questions of a round that could ask these, and those of them who have what it
        asks of the bank next. `many` are how many each stands for, one where it does not say.
        """
        if not pulse.bank:
            return pulse, people
        walks, of = self.seen.get(pulse.id, {}), many or {}
        each = (walks.get(p.id, ()) for p in people for _ in range(of.get(p.id, 1)))
        now = chosen(pulse, each)
        asked = in_round(now.questions, ids_of(pulse))
        ready = {seen for seen in {(), *walks.values()} if may_be_asked(pulse, seen, asked)}
        mine = [p for p in people if walks.get(p.id, ()) in ready]
        enough, left = (sum(of.get(p.id, 1) for p in some) for some in (people, mine))
        if left < pulse.fewest <= enough and pulse.questions:
            # Rather its own questions alone than no round.
            return pulse, people
        return now, mine

    def audience(self, pulse: Pulse) -> list[Person]:
        return [person for person in self.everybody if pulse.audience.invites(person)]

    def _whose_turn(self, pulse: Pulse, day: date) -> list[Person]:
        people = self.audience(pulse)
        if pulse.id not in self.slots:
            return people
        given = self.slots[pulse.id]
        sizes = Counter(given.values())
        able = {slot for slot in sizes if sizes[slot] >= pulse.fewest}
        now = turn(self.times.opened(pulse, day), able)
        return [person for person in people if given.get(person.id) == now]

    def _notice(self, day: date) -> str:
        of = {date.fromisoformat(r.partition("@")[2]) for r in self.answered}
        recent = sorted(when for when in of if day - NOTICE <= when <= day)
        return wording.answered_comments(recent) if recent else ""


def _slots(tx: Transaction, pulse: Pulse, everybody: Sequence[Person]) -> dict[int, int]:
    return slots(filter(pulse.audience.invites, everybody), tx.people.slots(pulse.id))


def asked_since(
    tx: Transaction, everybody: Sequence[Person], day: date, of: int | None = None
) -> dict[int, list[Asked]]:
    """Person -> the first cards of rounds since a day; who answered is not asked for."""
    rounds = {round.id: round for round in tx.rounds.since(day)}
    zones = {person.id: person.zone for person in everybody}

    @cache
    def asked(id: str, at: datetime, zone: str) -> Asked:
        round = rounds[id]
        live = round.state in ("open", "closing")
        load, until = load_of(round.plan.questions), round.plan.last_day if live else None
        return Asked(local_day(at, zone), load, round.plan.above_cap, live, until, round.pulse)

    found: dict[int, list[Asked]] = {}
    for card in tx.deliveries.reached(day, of):
        zone = zones.get(card.person, "UTC")
        found.setdefault(card.person, []).append(asked(card.round, card.send_at, zone))
    return found
