"""What is to be asked of whom, as the tables stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple

from bot import wording
from bot.domain import grumbles
from bot.domain.cadence import due, last_day, local_day, next_opening
from bot.domain.fatigue import LOOK_BACK, Asked, Reason, Wish, spared
from bot.domain.freeze import freeze
from bot.domain.house_rules import HouseRules
from bot.domain.people import Person
from bot.domain.pulse import Pulse, load_of
from bot.domain.rounds import Round, round_id
from bot.domain.slices import CYCLE, slots
from bot.domain.workdays import Workdays
from bot.house_rules import rules_of
from bot.ports import Transaction
from bot.results import came_of

#: For how long the next cards say that IT has answered comments.
NOTICE: Final = timedelta(days=35)


class Held(NamedTuple):
    """A round there has been."""

    day: date
    #: Not where it could ask too few.
    opened: bool = True


@dataclass(frozen=True, slots=True)
class Agenda:
    everybody: list[Person]
    #: Those that would ask somebody and may, by id.
    pulses: Mapping[str, Pulse]
    #: Rounds there have been, by pulse.
    held: Mapping[str, Sequence[Held]]
    #: Person -> the round of a cycle they are asked in, of each pulse that rotates.
    slots: Mapping[str, Mapping[int, int]]
    viewers: tuple[str, ...]
    #: Rounds whose comments IT has answered of late.
    answered: tuple[str, ...]
    rules: HouseRules
    wishes: Mapping[int, list[Wish]]
    #: Person -> the first cards they were sent of late.
    asked: Mapping[int, list[Asked]]
    #: What came of the last round, of each pulse whose next one is opened now.
    came_of: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, tx: Transaction, now: datetime) -> Agenda:
        """Without what people were sent and told of late, which only an opening needs."""
        everybody, rules = tx.people.all(), rules_of(tx)
        pulses = {p.id: p for p in _running(tx, rules) if any(map(p.audience.invites, everybody))}
        wishes: dict[int, list[Wish]] = {}
        for wish in tx.wishes.all():
            wishes.setdefault(wish.person, []).append(wish)
        return cls(
            everybody=everybody,
            pulses=pulses,
            held={pulse: _held(tx, pulse) for pulse in pulses},
            slots={
                p.id: _slots(tx, p, everybody) for p in pulses.values() if p.rotation == "slices"
            },
            viewers=tuple(p.email for p in everybody if p.grants & {"admin", "lead"}),
            answered=tuple(tx.threads.answered(now.date())),
            rules=rules,
            wishes=wishes,
            asked={},
        )

    @classmethod
    def in_full(cls, tx: Transaction, now: datetime) -> Agenda:
        agenda = cls.of(tx, now)
        return replace(
            agenda,
            asked=asked_since(tx, agenda.everybody, now.date() - LOOK_BACK),
            came_of={pulse: came_of(tx, pulse) for pulse in agenda.opening(tx, now)},
        )

    def opening(self, tx: Transaction, now: datetime) -> set[str]:
        """Confidential pulses whose next round is opened now."""
        found = {pulse.id for pulse, _ in self.due(now)}
        found |= {round.pulse for round in tx.rounds.in_state("preparing")} & self.pulses.keys()
        return {pulse for pulse in found if self.pulses[pulse].manner == "confidential"}

    def due(self, now: datetime) -> list[tuple[Pulse, date]]:
        """Whose round should be open now and is not; first who has waited longest, so that of two
        pulses that cannot ask the same people on one day each has its turn.
        """
        found = [(p, self._due(p, now)) for p in sorted(self._every, key=self.waits_since)]
        return [(pulse, day) for pulse, day in found if day]

    def coming(self, now: datetime) -> list[datetime]:
        every = (
            next_opening(p.cadence, self._zones(p), self.last(p), now, self.work(p))
            for p in self._every
        )
        return [at for at in every if at]

    def needs_box(self, tx: Transaction) -> bool:
        live = tx.rounds.of_pulse(grumbles.PULSE, "preparing", "open", "closing")
        return bool(self.everybody) and not live

    def round(self, pulse: Pulse, day: date) -> Round | None:
        """None where nobody can be asked."""
        people = self._invited(pulse, day)
        if not people:
            return None
        told = self._notice(day), self.came_of.get(pulse.id, "")
        return freeze(pulse, people, day, self.viewers, *told, self.work(pulse))

    def empty(self, pulse: Pulse, day: date) -> Round:
        """The round of a date on which nobody can be asked."""
        return freeze(pulse, self._audience(pulse), day, work=self.work(pulse))

    def again(self, round: Round) -> Round | None:
        """What a half-prepared round would be now; None where nobody would be asked."""
        if round.plan.box:
            return grumbles.box(self.everybody, round.opens_at) if self.everybody else None
        pulse = self.pulses.get(round.pulse)
        return self.round(pulse, round.day) if pulse else None

    def invited(self, round: Round) -> list[Person]:
        if round.plan.box:
            return self.everybody
        return self._invited(self.pulses[round.pulse], round.day)

    def work(self, pulse: Pulse) -> Workdays:
        """A day is worked if it is for anybody of those who may be asked."""
        return self.rules.work.of({person.country for person in self._audience(pulse)})

    def send_day(self, pulse: Pulse, country: str, day: date) -> date | None:
        """The first day of a round that is worked in a country."""
        end = last_day(pulse.cadence, day, work := self.work(pulse))
        return work.first_in(country, day, end)

    def why_not(self, pulse: Pulse, day: date) -> dict[int, Reason | None]:
        """Everybody whose turn it is -> why they are not asked; None for those who are."""
        countries = {person.country for person in self._audience(pulse)}
        sent = {country: self.send_day(pulse, country, day) for country in countries}
        load = load_of(pulse.questions)
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
                    spared(history, on, load, self.rules, pulse.id) if history else None
                )
        return found

    def waits_since(self, pulse: Pulse) -> tuple[date, str]:
        """By this pulses are sorted that are due at once."""
        opened = [held.day for held in self.held[pulse.id] if held.opened]
        return max(opened, default=date.min), pulse.id

    def last(self, pulse: Pulse) -> date | None:
        """The date of its newest round."""
        return max((held.day for held in self.held[pulse.id]), default=None)

    def considering(self, tx: Transaction, pulse: Pulse) -> Agenda:
        """The same with a pulse that is not stored, or not so; an admin's yes is taken as given."""
        pulse = fitted(pulse, self.rules)
        found = replace(
            self,
            pulses={**self.pulses, pulse.id: pulse},
            held={**self.held, pulse.id: _held(tx, pulse.id)},
        )
        if pulse.rotation == "none":
            return found
        turns = _slots(tx, pulse, self.everybody)
        return replace(found, slots={**self.slots, pulse.id: turns})

    @property
    def _every(self) -> list[Pulse]:
        return list(self.pulses.values())

    def _due(self, pulse: Pulse, now: datetime) -> date | None:
        zones, last = self._zones(pulse), self.last(pulse)
        return due(pulse.cadence, zones, last, now, self.work(pulse))

    def _invited(self, pulse: Pulse, day: date) -> list[Person]:
        why_not = self.why_not(pulse, day)
        return [p for p in self.everybody if p.id in why_not and why_not[p.id] is None]

    def _audience(self, pulse: Pulse) -> list[Person]:
        return [person for person in self.everybody if pulse.audience.invites(person)]

    def _whose_turn(self, pulse: Pulse, day: date) -> list[Person]:
        people = self._audience(pulse)
        if pulse.id not in self.slots:
            return people
        turn = sum(earlier.day < day for earlier in self.held[pulse.id]) % CYCLE
        return [person for person in people if self.slots[pulse.id][person.id] == turn]

    def _zones(self, pulse: Pulse) -> set[str]:
        return {person.zone for person in self._audience(pulse)}

    def _notice(self, day: date) -> str:
        of = {date.fromisoformat(r.partition("@")[2]) for r in self.answered}
        recent = sorted(when for when in of if day - NOTICE <= when <= day)
        return wording.answered_comments(recent) if recent else ""


def _held(tx: Transaction, pulse: str) -> list[Held]:
    # Opening a round sets how far it is reminded; one that could not open never was.
    return [Held(r.day, r.reminded_through is not None) for r in tx.rounds.of_pulse(pulse)]


def _slots(tx: Transaction, pulse: Pulse, everybody: Sequence[Person]) -> dict[int, int]:
    return slots(filter(pulse.audience.invites, everybody), tx.people.slots(pulse.id))


def _running(tx: Transaction, rules: HouseRules) -> list[Pulse]:
    """Neither paused nor archived, and within the cap or with an admin's yes."""
    resting = tx.pulses.states()
    fits = ((pulse, fitted(pulse, rules)) for pulse in tx.pulses.all())
    return [
        mine
        for pulse, mine in fits
        if pulse.id not in resting and (pulse.above_cap or not mine.above_cap)
    ]


def fitted(pulse: Pulse, rules: HouseRules) -> Pulse:
    """At hours at which people work, and above the cap only if it is."""
    above = load_of(pulse.questions) > rules.questions_a_week
    return replace(pulse, cadence=rules.within_hours(pulse.cadence), above_cap=above)


def asked_since(tx: Transaction, everybody: Sequence[Person], day: date) -> dict[int, list[Asked]]:
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
    for card in tx.deliveries.reached(day):
        zone = zones.get(card.person, "UTC")
        found.setdefault(card.person, []).append(asked(card.round, card.send_at, zone))
    return found


def unopened(tx: Transaction, now: datetime) -> list[str]:
    """Rounds that should be open and are not there, by id."""
    return [round_id(pulse.id, day) for pulse, day in Agenda.of(tx, now).due(now)]
