"""What is to be asked of whom, as the tables stand now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot import wording
from bot.domain import grumbles
from bot.domain.cadence import due, next_opening
from bot.domain.freeze import freeze
from bot.domain.people import Person
from bot.domain.pulse import Pulse
from bot.domain.rounds import Round, round_id
from bot.domain.slices import CYCLE, slots
from bot.ports import Transaction
from bot.results import came_of

#: For how long the next cards say that IT has answered comments.
NOTICE: Final = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Agenda:
    everybody: list[Person]
    #: Those that would ask somebody, by id.
    pulses: Mapping[str, Pulse]
    #: Dates of the rounds there have been, by pulse, newest first.
    days: Mapping[str, list[date]]
    #: Person -> the round of a cycle they are asked in, of each pulse that rotates.
    slots: Mapping[str, Mapping[int, int]]
    viewers: tuple[str, ...]
    #: Rounds whose comments IT has answered of late.
    answered: tuple[str, ...]
    #: What came of the last round, of each pulse whose next one is opened now.
    came_of: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, tx: Transaction, now: datetime) -> Agenda:
        everybody = tx.people.all()
        pulses = {p.id: p for p in tx.pulses.all() if any(map(p.audience.invites, everybody))}
        found = cls(
            everybody=everybody,
            pulses=pulses,
            days={pulse: [r.day for r in tx.rounds.of_pulse(pulse)] for pulse in pulses},
            slots={
                p.id: slots(filter(p.audience.invites, everybody), tx.people.slots(p.id))
                for p in pulses.values()
                if p.rotation == "slices"
            },
            viewers=tuple(p.email for p in everybody if p.grants & {"admin", "lead"}),
            answered=tuple(tx.threads.answered(now.date())),
        )
        opening = {pulse.id for pulse, _ in found.due(now)}
        opening |= {round.pulse for round in tx.rounds.in_state("preparing")} & pulses.keys()
        confidential = (pulse for pulse in opening if pulses[pulse].manner == "confidential")
        return replace(found, came_of={pulse: came_of(tx, pulse) for pulse in confidential})

    def due(self, now: datetime) -> list[tuple[Pulse, date]]:
        """Whose round should be open now and is not."""
        found = ((p, due(p.cadence, self._zones(p), self._last(p), now)) for p in self._every)
        return [(pulse, day) for pulse, day in found if day and self._invited(pulse, day)]

    def coming(self, now: datetime) -> list[datetime]:
        every = (next_opening(p.cadence, self._zones(p), self._last(p), now) for p in self._every)
        return [at for at in every if at]

    def needs_box(self, tx: Transaction) -> bool:
        live = tx.rounds.of_pulse(grumbles.PULSE, "preparing", "open", "closing")
        return bool(self.everybody) and not live

    def round(self, pulse: Pulse, day: date) -> Round:
        invited, came_of = self._invited(pulse, day), self.came_of.get(pulse.id, "")
        return freeze(pulse, invited, day, self.viewers, self._notice(day), came_of)

    def again(self, round: Round) -> Round | None:
        """What a half-prepared round would be now; None where nobody would be asked."""
        if round.plan.box:
            return grumbles.box(self.everybody, round.opens_at) if self.everybody else None
        pulse = self.pulses.get(round.pulse)
        return self.round(pulse, round.day) if pulse and self._invited(pulse, round.day) else None

    def invited(self, round: Round) -> list[Person]:
        if round.plan.box:
            return self.everybody
        return self._invited(self.pulses[round.pulse], round.day)

    @property
    def _every(self) -> list[Pulse]:
        return list(self.pulses.values())

    def _invited(self, pulse: Pulse, day: date) -> list[Person]:
        people = [p for p in self.everybody if pulse.audience.invites(p)]
        if pulse.id not in self.slots:
            return people
        turn = sum(earlier < day for earlier in self.days[pulse.id]) % CYCLE
        return [person for person in people if self.slots[pulse.id][person.id] == turn]

    def _zones(self, pulse: Pulse) -> set[str]:
        return {person.zone for person in self.everybody if pulse.audience.invites(person)}

    def _last(self, pulse: Pulse) -> date | None:
        return max(self.days[pulse.id], default=None)

    def _notice(self, day: date) -> str:
        of = {date.fromisoformat(r.partition("@")[2]) for r in self.answered}
        recent = sorted(when for when in of if day - NOTICE <= when <= day)
        return wording.answered_comments(recent) if recent else ""


def unopened(tx: Transaction, now: datetime) -> list[str]:
    """Rounds that should be open and are not there, by id."""
    return [round_id(pulse.id, day) for pulse, day in Agenda.of(tx, now).due(now)]
