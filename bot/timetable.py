"""Which pulses ask and when, as the tables stand now; whom they ask is the agenda's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile

from bot.domain.cadence import due, last_day, next_opening, openings
from bot.domain.house_rules import HouseRules
from bot.domain.people import Person
from bot.domain.pulse import Pulse
from bot.domain.rounds import Held, round_id
from bot.domain.workdays import Workdays
from bot.house_rules import rules_of
from bot.ports import Transaction


@dataclass(frozen=True, slots=True)
class Timetable:
    """Pulses that would ask somebody and may, each by its id."""

    pulses: Mapping[str, Pulse]
    #: Rounds there have been.
    held: Mapping[str, Sequence[Held]]
    #: Where those live who may be asked.
    zones: Mapping[str, frozenset[str]]
    #: A day is worked if it is for anybody of them.
    work: Mapping[str, Workdays]
    rules: HouseRules

    @classmethod
    def of(cls, tx: Transaction) -> Timetable:
        rules, held = rules_of(tx), tx.rounds.held()
        found = cls({}, {}, {}, {}, rules)
        running = _running(tx, rules)
        named = any(pulse.audience.names_people for pulse in running)
        people = tx.people.all() if named else tx.people.kinds()
        for pulse in running:
            audience = [person for person in people if pulse.audience.invites(person)]
            if audience:
                found = found.adding(pulse, audience, held.get(pulse.id, ()))
        return found

    def adding(
        self, pulse: Pulse, audience: Sequence[Person], held: Sequence[Held] = ()
    ) -> Timetable:
        """The same with a pulse, in place of one with its id."""
        id = pulse.id
        work = self.rules.work.of({person.country for person in audience})
        return replace(
            self,
            pulses={**self.pulses, id: pulse},
            held={**self.held, id: list(held)},
            zones={**self.zones, id: frozenset(person.zone for person in audience)},
            work={**self.work, id: work},
        )

    def without(self, pulse: str) -> Timetable:
        return replace(self, pulses={id: p for id, p in self.pulses.items() if id != pulse})

    def due(self, now: datetime) -> list[tuple[Pulse, date]]:
        """Whose round should be open now and is not; first who has waited longest, so that of two
        pulses that cannot ask the same people on one day each has its turn.
        """
        found = [(p, self._due(p, now)) for p in sorted(self.pulses.values(), key=self.waits_since)]
        return [(pulse, day) for pulse, day in found if day]

    def coming(self, now: datetime) -> list[datetime]:
        every = (
            next_opening(p.cadence, self.zones[p.id], self.last(p), now, self.work[p.id])
            for p in self.pulses.values()
        )
        return [at for at in every if at]

    def days(self, pulse: Pulse, today: date, end: date) -> Iterator[date]:
        """Dates of rounds yet to come, before a day."""
        last = self.last(pulse)
        since = today if last is None else max(today, last + timedelta(days=1))
        days = openings(pulse.cadence, since, self.work[pulse.id])
        return (day for day in takewhile(lambda day: day < end, days) if day >= since)

    def calendar(self, today: date, end: date) -> list[tuple[date, list[Pulse]]]:
        """The dates of all pulses, in order."""
        found: dict[date, list[Pulse]] = {}
        for pulse in self.pulses.values():
            for day in self.days(pulse, today, end):
                found.setdefault(day, []).append(pulse)
        return sorted(found.items())

    def last_day(self, pulse: Pulse, day: date) -> date:
        return last_day(pulse.cadence, day, self.work[pulse.id])

    def send_day(self, pulse: Pulse, country: str, day: date) -> date | None:
        """The first day of a round that is worked in a country."""
        return self.work[pulse.id].first_in(country, day, self.last_day(pulse, day))

    def waits_since(self, pulse: Pulse) -> tuple[date, str]:
        """By this pulses are sorted that are due at once."""
        opened = [held.day for held in self.held[pulse.id] if held.opened]
        return max(opened, default=date.min), pulse.id

    def last(self, pulse: Pulse) -> date | None:
        """The date of its newest round."""
        return max((held.day for held in self.held[pulse.id]), default=None)

    def opened(self, pulse: Pulse, before: date) -> list[bool]:
        """Whether each of its rounds before a day could open, oldest first."""
        return [held.opened for held in sorted(self.held[pulse.id]) if held.day < before]

    def _due(self, pulse: Pulse, now: datetime) -> date | None:
        zones, last = self.zones[pulse.id], self.last(pulse)
        return due(pulse.cadence, zones, last, now, self.work[pulse.id])


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
    above = pulse.load > rules.questions_a_week
    return replace(pulse, cadence=rules.within_hours(pulse.cadence), above_cap=above)


def unopened(tx: Transaction, now: datetime) -> list[str]:
    """Rounds that should be open and are not there, by id."""
    return [round_id(pulse.id, day) for pulse, day in Timetable.of(tx).due(now)]
