"""What holds for every pulse of an installation: when people work, and how much they are asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import Final

from bot.domain.pulse import Cadence
from bot.domain.workdays import EVENING, MONDAY_TO_FRIDAY, Blackout, Workdays

QUESTIONS_A_WEEK: Final = 3
COOLDOWN: Final = 6
LAST_MINUTE: Final = time(23, 59)


@dataclass(frozen=True, slots=True)
class HouseRules:
    #: Whose public holidays hold for people without a country; empty: none.
    country: str = ""
    #: As `date.weekday` counts them; never empty.
    working_days: frozenset[int] = MONDAY_TO_FRIDAY
    #: Local hours between which cards and reminders go out.
    earliest: time = time()
    latest: time = LAST_MINUTE
    blackouts: tuple[Blackout, ...] = ()
    #: Questions a person is asked in a calendar week, all pulses together.
    questions_a_week: int = QUESTIONS_A_WEEK
    #: Days from one first card to the next, whatever pulse they are of.
    cooldown_days: int = COOLDOWN

    @property
    def work(self) -> Workdays:
        evening = EVENING if self.latest == LAST_MINUTE else self.latest
        return Workdays(self.working_days, self.country, self.blackouts, evening=evening)

    def within_hours(self, cadence: Cadence) -> Cadence:
        """The same cadence, at the nearest hour at which people work."""
        return replace(cadence, at=min(max(cadence.at, self.earliest), self.latest))
