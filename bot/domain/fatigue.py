"""How much one person is asked, whatever the pulses: decided when a round opens, by first cards
alone. Who answered plays no part in it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from bot.domain.house_rules import HouseRules

#: After more questions than the cap allows nothing else is asked for so long.
ALONE: Final = timedelta(weeks=4)
#: Rounds so far back are looked at: a card can be sent some days after its round opened.
LOOK_BACK: Final = timedelta(weeks=6)

#: wish: they do not want to be asked · away: they do not work on any day of the round · open:
#: another round of theirs is open · alone: they were asked much within four weeks · cooldown: a
#: card was sent a few days ago · week: the week's questions are used up · bank: what is asked of
#: the bank is not what they have next.
Reason = Literal["wish", "away", "open", "alone", "cooldown", "week", "bank"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The first card of a round that somebody was sent, or is about to be."""

    #: Their own local date.
    day: date
    questions: int
    above_cap: bool = False
    #: Whether the round is open still; one that is yet to open is until this day.
    open: bool = False
    until: date | None = None
    #: Whose round it is.
    pulse: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody does not want to be asked, by one pulse or (empty) by any, for a while or ever."""

    person: int
    pulse: str = ""
    #: The last day of it; None: until they take it back.
    until: date | None = None

    def holds(self, pulse: str, day: date) -> bool:
        return self.pulse in ("", pulse) and (self.until is None or day <= self.until)


def spared(
    history: Collection[Asked], day: date, questions: int, rules: HouseRules, pulse: str = ""
) -> Reason | None:
    """Why somebody is not sent a card of so many questions on a day; None if they are.

    A card above the cap goes to whoever has had nothing else that week. Then no other pulse's
    comes for four weeks; an admin has said yes to how often its own does.
    """
    cooldown = timedelta(days=rules.cooldown_days)
    this_week = [asked.questions for asked in history if _week(asked.day) == _week(day)]
    if any(asked.open or (asked.until and day < asked.until) for asked in history):
        return "open"
    others = (asked for asked in history if not pulse or asked.pulse != pulse)
    if any(asked.above_cap and abs(asked.day - day) < ALONE for asked in others):
        return "alone"
    if any(abs(asked.day - day) < cooldown for asked in history):
        return "cooldown"
    if this_week and sum(this_week) + questions > rules.questions_a_week:
        return "week"
    return None


def _week(day: date) -> tuple[int, int]:
    """The calendar week, Monday to Sunday."""
    return day.isocalendar()[:2]
