"""“Pause 2 weeks”: until when somebody wants to hear nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from bot.domain.cadence import local_instant
from bot.errors import BadValue
from bot.wording import DAYS, MONTHS

#: How long a pause lasts of which no length was said.
USUAL: Final = relativedelta(weeks=4)
LONGEST: Final = relativedelta(years=1)
#: Its local hour of its last day: nobody is written to at midnight.
ENDS: Final = time(9)

NUMBERS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve")  # fmt: skip
_LENGTH = re.compile(r"(\d{1,3}|[a-z]+) ?(day|week|fortnight|month|year)s?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}))?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)(?: (\d{4}))?")
_MONTH_FIRST = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")
_FILLERS = re.compile(r"^(?:me |it )?(?:for |until |till |til |to |up to )?(?:the )?")


class NotUnderstood(BadValue):
    """I did not understand for how long. Say it like “pause 2 weeks” or “pause until 15 January”;
    “pause” alone is four weeks."""


class TooLongAPause(BadValue):
    """I can be quiet for a year at most. If you want to hear nothing from me ever again, type
    “forget me”."""


class Over(BadValue):
    """That day is not in the future. Say it like “pause until 15 January” or “pause 2 weeks”."""


def last_day(words: str, today: date) -> date:
    """The day on which a pause ends, from what follows the word; raises BadValue kindly."""
    said = _FILLERS.sub("", " ".join(words.lower().replace(",", " ").split()).rstrip("!? "))
    if said in ("ever", "forever", "always", "good"):
        raise TooLongAPause
    found = _day(said, today) if said else today + USUAL
    if found is None:
        raise NotUnderstood
    if found <= today:
        raise Over
    if found > today + LONGEST:
        raise TooLongAPause
    return found


def ends_at(day: date, zone: str) -> datetime:
    """UTC."""
    return local_instant(day, ENDS, zone)


def _day(said: str, today: date) -> date | None:
    if said == "tomorrow":
        return today + timedelta(days=1)
    if said in ("week", "next week"):
        return today + timedelta(days=7 - today.weekday())
    if said in ("month", "next month"):
        return today + relativedelta(months=1, day=1)
    if (weekday := _place(said, DAYS)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if (month := _month(said)) is not None:
        return _coming(1, month, None, today)
    return _length(said, today) or _written(said, today)


def _length(said: str, today: date) -> date | None:
    found = _LENGTH.fullmatch(said)
    if found is None:
        return today + timedelta(days=14) if said in ("fortnight", "a fortnight") else None
    number, unit = found.groups()
    if number.isdigit():
        count = int(number)
    elif number in ("a", "an", "another"):
        count = 1
    elif number in NUMBERS:
        count = NUMBERS.index(number)
    else:
        return None
    days = {"day": 1, "week": 7, "fortnight": 14}
    if unit in days:
        return today + timedelta(days=count * days[unit])
    return today + relativedelta(months=count * (12 if unit == "year" else 1))


def _written(said: str, today: date) -> date | None:
    """A date in one of the ways people write it; without a year the next such day is meant."""
    if found := _ISO.fullmatch(said):
        year, month, day = map(int, found.groups())
        return _coming(day, month, year, today)
    if found := _DOTTED.fullmatch(said):
        return _coming(int(found[1]), int(found[2]), _number(found[3]), today)
    if found := _DAY_FIRST.fullmatch(said):
        return _coming(int(found[1]), _month(found[2]), _number(found[3]), today)
    if found := _MONTH_FIRST.fullmatch(said):
        return _coming(int(found[2]), _month(found[1]), _number(found[3]), today)
    return None


def _coming(day: int, month: int | None, year: int | None, today: date) -> date | None:
    if month is None:
        return None
    found = [when for each in _years(year, today) if (when := _date(each, month, day))]
    return next((when for when in found if year or when > today), None)


def _years(year: int | None, today: date) -> Iterator[int]:
    yield from [year] if year else [today.year, today.year + 1]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int | None:
    place = _place(word, MONTHS)
    return None if place is None else place + 1


def _place(word: str, names: Sequence[str]) -> int | None:
    """Which of the names is meant, from its first three letters on."""
    if len(word) < 3:
        return None
    return next((at for at, name in enumerate(names) if name.lower().startswith(word)), None)


def _number(said: str | None) -> int | None:
    return int(said) if said else None
